/**
 * Resumable uploads in the words of the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload): core, creation,
 * creation-with-upload, termination, expiration. What a sender needs, without a schema; nothing here sends anything.
 */
import type { ImportSource } from './imports.ts';

export const tus = {
  version: '1.0.0',
  extensions: 'creation,creation-with-upload,termination,expiration',
  mediaType: 'application/offset+octet-stream',
} as const;

/** An upload nobody went on with for so long is removed, milliseconds. */
export const uploadIdleMs = 7 * 24 * 3_600_000;

/** A file chosen again is known by its name, its size and the SHA-256 of so many bytes from its beginning. */
export const headBytes = 1024 ** 2;

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

const encode = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

/** The header `Upload-Metadata`: pairs of a key and a base64 value. */
export const uploadMetadata = ({ fileName, source, head, watched }: UploadMetadata): string =>
  Object.entries({ filename: fileName, source, head, watched })
    .flatMap(([key, value]) => (value === null ? [] : [`${key} ${encode(value)}`]))
    .join(',');
