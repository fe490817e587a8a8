/** Appending to the key log: the next entry behind the head, signed, and once more where the log has moved on meanwhile. */
import { AppError } from '@vivim/contract/errors';
import type { KeyLog, KeyLogHead, KeyLogPayload, SignedEntry } from '@vivim/contract/key-log';
import { entryBytes } from '@vivim/contract/key-log-bytes';
import { api } from './client.ts';
import type { Signer } from './signer.ts';

type WithoutPlace<T> = T extends unknown ? Omit<T, 'seq' | 'prev'> : never;
/** What an entry does, without where it stands. */
export type KeyChange = WithoutPlace<KeyLogPayload>;

export const nextPayload = ({ seq, hash }: KeyLogHead, change: KeyChange): KeyLogPayload => ({
  ...change,
  seq: seq + 1,
  prev: hash,
});

export async function signedEntry(head: KeyLogHead, change: KeyChange, signer: Signer): Promise<SignedEntry> {
  const payload = nextPayload(head, change);
  return { payload, ...(await signer.signEntry(entryBytes(payload))) };
}

const tries = 3;

/**
 * Signs a change behind the head as it is now and sends it wherever it goes.
 *
 * @throws AppError `key_log_conflict` when the log keeps moving, and whatever sending fails with
 */
export async function sendEntry<T>(
  change: KeyChange,
  signer: Signer,
  send: (entry: SignedEntry) => Promise<T>,
): Promise<T> {
  for (let left = tries - 1; ; left -= 1) {
    const { head } = await api.getKeyLog({});
    try {
      return await send(await signedEntry(head, change, signer));
    } catch (error) {
      if (left === 0 || !(error instanceof AppError && error.code === 'key_log_conflict')) throw error;
    }
  }
}

export const appendEntry = (change: KeyChange, signer: Signer): Promise<KeyLog> =>
  sendEntry(change, signer, (entry) => api.appendKeyLog({ body: { entry } }));
