/** What is signed and chained of the key log, and how strong a key is. Needs no schema. */
import type { KeyLogPayload, SignedEntry } from './key-log.ts';
import { signedBytes, signedTags } from './signed-object.ts';

/** Smaller is stronger. */
export const keyPriority = { recovery: 0, first: 10, added: 100 } as const;

/** What the signer of an entry signs: the payload under its tag, or the register challenge of entry 1. */
export function entryBytes(payload: KeyLogPayload): Uint8Array {
  if (payload.op === 'add' && payload.message !== undefined) return new TextEncoder().encode(payload.message);
  return signedBytes(signedTags.keyLog, payload);
}

/** What the hash of an entry is over. */
export const chainedBytes = ({ payload, signer, signature }: SignedEntry): Uint8Array =>
  signedBytes(signedTags.keyLog, { payload, signer, signature });

/** What vouches for a new key sign: the account, the key, and the request it was asked in. */
export const recoverPayload = (account: string, kid: string, challengeId: string) => ({
  account,
  kid,
  request: challengeId,
});
