/**
 * The key-encryption key (KEK): 32 bytes in a file of its own that wrap the key of every space.
 * Never stands in master, in a log, in argv or in an environment variable, and is never written twice.
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomBytes } from '@vivim/contract/random';
import { readSecret, writeDurably } from './durable-file.ts';

export interface Kek {
  /** Names the key in the wraps it made, so that a wrong file is told from a damaged wrap. Reveals nothing of it. */
  readonly id: string;
  readonly key: Uint8Array;
}

export const kekLength = 32;

/**
 * Read the KEK, or make one where the file does not exist yet.
 *
 * @throws Error when the file is open to group or world, or is not exactly 32 bytes
 */
export async function loadKek(path: string): Promise<Kek> {
  const existing = await readSecret(path);
  const key = existing ?? (await makeKek(path));
  if (key.length !== kekLength) throw new Error(`${path} must hold exactly ${kekLength} bytes, it holds ${key.length}`);
  return { id: createHash('sha256').update('vivim-kek-id\n').update(key).digest('hex').slice(0, 16), key };
}

async function makeKek(path: string): Promise<Uint8Array> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const key = randomBytes(kekLength);
  await writeDurably(path, key);
  return key;
}
