/**
 * Resumable uploads in the words of the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload): core, creation,
 * creation-with-upload, termination, expiration. Both ends read and write its headers here; nothing here sends anything.
 */
import { z } from 'zod';
import { AppError } from './errors.ts';
import { ImportSource } from './imports.ts';
import { WatchedKey } from './watched.ts';

export const tus = {
  version: '1.0.0',
  extensions: 'creation,creation-with-upload,termination,expiration',
  mediaType: 'application/offset+octet-stream',
} as const;

/** An upload nobody went on with for so long is removed, milliseconds. */
export const uploadIdleMs = 7 * 24 * 3_600_000;

/** A file chosen again is known by its name, its size and the SHA-256 of so many bytes from its beginning. */
export const headBytes = 1024 ** 2;

const whole = z
  .string()
  .regex(/^\d{1,15}$/, 'A whole number of bytes is expected.')
  .transform(Number);
const version = z.string().optional();
export const TusHeaders = z.strictObject({ 'tus-resumable': version });
export const CreateUploadHeaders = z.strictObject({
  'tus-resumable': version,
  'upload-length': whole,
  'upload-metadata': z.string().max(8_192).optional(),
});
export const AppendUploadHeaders = z.strictObject({ 'tus-resumable': version, 'upload-offset': whole });

/** Headers of uploads that pass through the gateway: what a client says, and what it is answered. */
export const uploadHeaders = {
  asked: ['tus-resumable', 'upload-length', 'upload-offset', 'upload-metadata'],
  answered: ['upload-length', 'upload-offset', 'upload-metadata', 'upload-expires'],
} as const;

/** What an upload says of its file. */
export interface UploadMetadata {
  readonly fileName: string;
  /** Set to override what detection finds. */
  readonly source: ImportSource | null;
  /** SHA-256 of the first {@link headBytes}, in hex, where the client says it. */
  readonly head: string | null;
  /** Key of the watched file it is, where that is written anew each time: versions that say nothing more are not kept. */
  readonly watched: string | null;
}

const Said = z.object({
  filename: z.string().min(1).max(255).default('upload'),
  source: ImportSource.optional(),
  head: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  watched: WatchedKey.optional(),
});

const field = 'Upload-Metadata';
const encode = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

function decode(value: string): string {
  try {
    const bytes = Uint8Array.from(atob(value), (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('request_invalid', 'Each value is base64 of UTF-8 text.', { field });
  }
}

/**
 * The header `Upload-Metadata`: pairs of a key and a base64 value. Keys we do not know are other clients' own.
 *
 * @throws AppError `request_invalid`
 */
export function parseUploadMetadata(header: string | undefined): UploadMetadata {
  const pairs = (header ?? '').split(',').flatMap((pair): [string, string][] => {
    const [key = '', value = ''] = pair.trim().split(' ', 2);
    return ['filename', 'source', 'head', 'watched'].includes(key) ? [[key, decode(value)]] : [];
  });
  const said = Said.safeParse(Object.fromEntries(pairs));
  if (!said.success) {
    const [issue] = said.error.issues;
    throw new AppError('request_invalid', `${issue?.path.join('.')}: ${issue?.message}`, { field });
  }
  const { filename, source, head, watched } = said.data;
  return { fileName: filename, source: source ?? null, head: head ?? null, watched: watched ?? null };
}

/** The other way round. */
export const uploadMetadata = ({ fileName, source, head, watched }: UploadMetadata): string =>
  Object.entries({ filename: fileName, source, head, watched })
    .flatMap(([key, value]) => (value === null ? [] : [`${key} ${encode(value)}`]))
    .join(',');
