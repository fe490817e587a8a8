/**
 * One file of an export read to its end: small ones are held, larger ones are read once to know them and once more to store
 * them. Writes nothing; what is wrong with a file is told, never thrown, so that the others still come in.
 */
import { createHash } from 'node:crypto';
import { AppError } from '@vivim/contract/errors';
import type { Media } from '../../space/media-type.ts';
import type { CanonicalIssue } from '../canonical.ts';
import { type ExportFile, mostFileBytes } from './export-file.ts';

/** Up to here a file is held whole while it is stored. Bytes. */
export const heldBytes = 4 * 1024 ** 2;

export type Taken =
  | {
      readonly kind: 'read';
      readonly file: ExportFile;
      readonly sha256: string;
      readonly size: number;
      /** Null where it is too large to hold: it has to be read again. */
      readonly bytes: Buffer | null;
      /** Where its pieces wait to be seen, once they are stored. */
      readonly pieces?: { readonly pk: number; readonly media: Media };
      readonly issue: CanonicalIssue | null;
    }
  | { readonly kind: 'left'; readonly file: ExportFile; readonly issue: CanonicalIssue };

export const left = (file: ExportFile, code: string, detail: string): Taken => ({
  kind: 'left',
  file,
  issue: { severity: 'skipped', code, path: file.path, detail },
});

/** @throws what is no fault of the file */
export async function takeFile(file: ExportFile): Promise<Taken> {
  if (file.bytes > mostFileBytes) return tooLarge(file);
  const digest = createHash('sha256');
  const held: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of file.open()) {
      size += chunk.length;
      if (size > mostFileBytes) return tooLarge(file);
      digest.update(chunk);
      // A chunk is a view of memory that is used again.
      if (size <= heldBytes) held.push(Buffer.from(chunk));
    }
  } catch (error) {
    if (error instanceof AppError) return left(file, 'file_not_readable', error.message);
    throw error;
  }
  if (size === 0) return left(file, 'file_empty', 'The file in the export is empty.');
  const sha256 = digest.digest('hex');
  const bytes = size <= heldBytes ? Buffer.concat(held) : null;
  return { kind: 'read', file, sha256, size, bytes, issue: changed(file, sha256) };
}

const tooLarge = (file: ExportFile): Taken =>
  left(file, 'file_too_large', `The file is larger than ${mostFileBytes / 1024 ** 2} MiB, the limit of one file.`);

/** Some exports say what the bytes should be. They are kept either way: they are what there is. */
const changed = (file: ExportFile, sha256: string): CanonicalIssue | null =>
  file.sha256 === null || file.sha256.toLowerCase() === sha256
    ? null
    : {
        severity: 'degraded',
        code: 'file_differs',
        path: file.path,
        detail: 'The file is not the one the list of files in the export describes; it was kept as it is.',
      };
