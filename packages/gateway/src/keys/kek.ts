/**
 * The key-encryption key (KEK): 32 bytes in a file of its own that wrap the key of every space.
 * Never stands in master, in a log, in argv or in an environment variable, is never written twice, and is never made
 * anew where a lost one is still needed.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
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
 * Read the KEK, or make one where nothing was ever wrapped.
 *
 * @param wraps the directory of the wraps it is for; may be missing still
 * @throws Error in words for the operator when the file is open to group or world, is not exactly 32 bytes, or is
 *   missing although there are wraps that only it opens
 */
export async function loadKek(path: string, wraps: string): Promise<Kek> {
  const existing = await readSecret(path);
  if (existing === null && (await holdsWraps(wraps))) {
    throw new Error(
      `The key-encryption key is missing: ${path}. Spaces exist already and cannot be read without it. ` +
        'Restore that file from your backup, or set VIVIM_KEK_FILE to where it lies now, and start again.',
    );
  }
  const key = existing ?? (await makeKek(path));
  if (key.length !== kekLength) throw new Error(`${path} must hold exactly ${kekLength} bytes, it holds ${key.length}`);
  return { id: createHash('sha256').update('vivim-kek-id\n').update(key).digest('hex').slice(0, 16), key };
}

/** A write that was cut short leaves a `.tmp` file, which is no wrap. */
async function holdsWraps(directory: string): Promise<boolean> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.some((name) => !name.endsWith('.tmp'));
}

async function makeKek(path: string): Promise<Uint8Array> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const key = randomBytes(kekLength);
  await writeDurably(path, key);
  return key;
}
