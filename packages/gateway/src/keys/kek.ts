/**
 * A key-encryption key (KEK): 32 bytes that wrap the key of every space.
 * Never stands in master, in a log, in argv or in an environment variable.
 */
import { createHash } from 'node:crypto';

export interface Kek {
  /** Names the key in the wraps it made, so that a wrong key is told from a damaged wrap. Reveals nothing of it. */
  readonly id: string;
  readonly key: Uint8Array;
}

export const kekLength = 32;

/** What keeps a KEK from being used, in words for the operator: what is wrong, where, what to do. Never quotes a key. */
export class KekError extends Error {
  override readonly name = 'KekError';
}

/** @param key exactly 32 bytes */
export const kekOf = (key: Uint8Array): Kek => ({
  id: createHash('sha256').update('vivim-kek-id\n').update(key).digest('hex').slice(0, 16),
  key,
});
