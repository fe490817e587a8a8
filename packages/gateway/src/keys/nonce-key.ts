/**
 * The key nonces of sign-in texts are made from: 32 bytes in a file beside the other keys. Gateways that share a master
 * share this file, so that a text asked for at one can be answered at another, and after a restart.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomBytes } from '@vivim/contract/random';
import { readSecret, writeDurably } from './durable-file.ts';

const length = 32;

/** @throws Error in words for the operator when the file is open to others or not 32 bytes long */
export async function loadNonceKey(path: string): Promise<Uint8Array> {
  const existing = await readSecret(path);
  if (existing === null) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const key = randomBytes(length);
    await writeDurably(path, key);
    return key;
  }
  if (existing.length !== length)
    throw new Error(`${path} must hold exactly ${length} bytes, it holds ${existing.length}`);
  return existing;
}
