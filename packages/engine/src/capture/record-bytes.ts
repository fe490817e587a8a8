/** The bytes of a record as they are kept, and back. Pure but for compressing. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { KeptBytes } from '../space/stores/raw-records.ts';
import type { CanonicalConversation } from './canonical.ts';

/** A record as its source gave it. */
export const sourceRecord = (bytes: Buffer): KeptBytes => ({
  size: bytes.length,
  zstd: compressed(bytes),
  form: 'source',
});

/** A conversation as a record of its own. */
export function canonicalRecord(conversation: CanonicalConversation): KeptBytes {
  const bytes = Buffer.from(JSON.stringify(conversation));
  return { size: bytes.length, zstd: compressed(bytes), form: 'canonical' };
}

/** The bytes of a record. */
export const plainBytes = (zstd: Uint8Array): Buffer => zstdDecompressSync(zstd);

/** A record as text. */
export const plainRecord = (zstd: Uint8Array): string => plainBytes(zstd).toString('utf8');

/**
 * The fastest level: raw bytes are written once and hardly ever read. Where it is called and not in zlib's own
 * threads, because handing a conversation to those costs more than compressing it (measured: 290 MB/s here, 130 MB/s of processor time there).
 */
export const compressed = (bytes: Buffer): Buffer =>
  zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    // One piece: the default of 16 KiB copies the answer again and again.
    chunkSize: Math.max(1024, bytes.length),
  });
