/** The headers of resumable uploads as the server reads them; what a sender writes is in `tus.ts`. */
import { z } from 'zod';
import { AppError } from './errors.ts';
import { ImportSource } from './imports.ts';
import { inPlainWords } from './parse.ts';
import type { UploadMetadata } from './tus.ts';
import { WatchedKey } from './watched.ts';

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
  const said = Said.safeParse(Object.fromEntries(pairs), { error: inPlainWords });
  if (!said.success) {
    const [issue] = said.error.issues;
    throw new AppError('request_invalid', `${issue?.path.join('.')}: ${issue?.message}`, { field });
  }
  const { filename, source, head, watched } = said.data;
  return { fileName: filename, source: source ?? null, head: head ?? null, watched: watched ?? null };
}
