/** Reads what is new of a log, up to its last whole line: its writer may be in the middle of the next one. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { growBytes } from '@vivim/contract/watched';

const newline = 0x0a;

/**
 * Whole lines from a place on, as many as are sent at once.
 *
 * @returns none where no line is whole yet; `tooLong` where one line alone is more than is ever sent
 */
export async function wholeLines(file: FileHandle, from: number): Promise<{ bytes: Buffer; tooLong: boolean }> {
  const buffer = Buffer.allocUnsafe(growBytes);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  const end = buffer.subarray(0, filled).lastIndexOf(newline) + 1;
  return { bytes: buffer.subarray(0, end), tooLong: end === 0 && filled === buffer.length };
}

/** SHA-256 of a stretch of a file, hex; null where the file ends before. */
export async function hashOf(file: FileHandle, from: number, to: number): Promise<string | null> {
  const digest = createHash('sha256');
  const buffer = Buffer.allocUnsafe(1024 ** 2);
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at);
    if (bytesRead === 0) return null;
    digest.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return digest.digest('hex');
}
