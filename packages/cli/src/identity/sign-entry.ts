/** Entries of the key log, signed here and put behind the head the server has. Decides nothing the rules in contract decide. */
import type { Client } from '@vivim/client/client';
import { AppError } from '@vivim/contract/errors';
import type { KeyLog, KeyLogEntry, KeyLogHead, KeyLogPayload, SignedEntry } from '@vivim/contract/key-log';
import { entryBytes } from '@vivim/contract/key-log-bytes';
import { type KeyState, replay, type StandingEntry } from '@vivim/contract/key-log-rules';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { type IdentityKey, kidOf, signBytes } from '../profile/identity-key.ts';

/** A key of one's own that signs. */
export interface Signer {
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  /** 64 bytes, base64url. */
  sign(bytes: Uint8Array): Promise<string>;
}

export const deviceSigner = async (key: IdentityKey): Promise<Signer> => ({
  kid: await kidOf(key),
  sign: async (bytes) => signBytes(key, bytes),
});

export const paperSigner = ({ sign }: RecoveryKey): Signer => ({ kid: sign.kid, sign: sign.signBytes });

type Unplaced<T> = T extends unknown ? Omit<T, 'seq' | 'prev'> : never;
/** What an entry does, before it has a place in the log. */
export type Change = Unplaced<KeyLogPayload>;

/** A change in its place behind `head`. */
export const nextPayload = ({ seq, hash }: KeyLogHead, change: Change): KeyLogPayload => ({
  ...change,
  seq: seq + 1,
  prev: hash,
});

export async function signEntry(head: KeyLogHead, change: Change, signer: Signer): Promise<SignedEntry> {
  const payload = nextPayload(head, change);
  return { payload, signer: signer.kid, signature: await signer.sign(entryBytes(payload)) };
}

/** Entries as the rules take them. */
export const standing = (entries: readonly KeyLogEntry[]): StandingEntry[] =>
  entries.map(({ payload, signer, hash, at }) => ({ payload, signer, hash, at: new Date(at) }));

export const stateOf = (log: KeyLog): KeyState => replay(standing(log.entries));

/** Other devices change keys at the same moment only by chance. */
const attempts = 4;

/**
 * Reads the log, signs what comes behind it, and sends that; again where another entry came first.
 *
 * @param make what the entry does, from the log as it is now
 * @param send hands it in
 */
export async function addEntry<T>(
  client: Client,
  make: (log: KeyLog) => Promise<{ change: Change; signer: Signer }> | { change: Change; signer: Signer },
  send: (entry: SignedEntry) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const log = await client.getKeyLog({});
    const { change, signer } = await make(log);
    try {
      return await send(await signEntry(log.head, change, signer));
    } catch (error) {
      const moved = error instanceof AppError && error.code === 'key_log_conflict';
      if (!moved || attempt === attempts) throw error;
    }
  }
}
