/**
 * One file packed with gzip (RFC 1952), as `.json.gz` and `.jsonl.gz` are. Unpacked while it is read, never to a path; the limits of an
 * archive's entry hold. What lies in it is for others to say.
 */
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '@vivim/contract/errors';
import type { ByteFile } from '../space/spool.ts';
import { type ArchiveLimits, archiveLimits, assertUnpacked } from './archive.ts';

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;

/** Bytes it says it holds, of its last piece and modulo 4 GiB (RFC 1952, section 2.3.1): told, not trusted. */
export async function unpackedSize(file: ByteFile): Promise<number> {
  const end = await file.read(Math.max(0, file.size - 4), 4);
  return end.length === 4 ? end.readUInt32LE(0) : 0;
}

/** @throws AppError `import_too_large`, `import_archive_invalid` while it is read */
export async function* gunzipped(
  file: ByteFile,
  name: string,
  limits: ArchiveLimits = archiveLimits,
): AsyncGenerator<Buffer> {
  // What goes wrong with the file or in it is thrown where the pieces are read.
  const unpacker = pipeline(file.stream(), createGunzip({ chunkSize: 256 * 1024 }), () => {});
  let bytes = 0;
  try {
    for await (const chunk of unpacker as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      assertUnpacked({ name, bytes, packedBytes: file.size, limit: 'the limit' }, limits);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('import_archive_invalid', `${name} cannot be unpacked: it is damaged or was cut off.`, {
      cause: error,
    });
  } finally {
    unpacker.destroy();
  }
}
