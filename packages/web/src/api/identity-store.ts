/**
 * The identities held by this browser: key pairs in IndexedDB, the private halves non-extractable, so that they can be
 * asked to sign and to open and never be read. Never sends anything anywhere.
 */
import { isoTime, systemClock } from '@vivim/contract/clock';
import type { RecoveryMethod } from '@vivim/contract/recovery';
import type { SealingPair } from '@vivim/contract/sealing';
import { inStore } from './browser-database.ts';
import { didKey } from './did-key.ts';
import { makeSealingPair } from './sealing-keys.ts';

/** What a key that is not in yet is waiting for, so that closing the page loses nothing. */
export type Waiting =
  | { readonly kind: 'device'; readonly requestId: string }
  | {
      readonly kind: 'recovery';
      readonly requestId: string;
      readonly challengeId: string;
      readonly method: RecoveryMethod;
    };

export interface BrowserIdentity {
  readonly did: string;
  /** What the person calls it. */
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly privateKey: CryptoKey;
  readonly createdAt: string;
  /** Opens the space's key; not there in identities of earlier versions and in browsers that cannot make one. */
  readonly sealing?: SealingPair;
  /** Whose it was at the last sign-in. */
  readonly userId?: string;
  /** A DID of the account, where it is not this key's own: the account it joined, or asks to join. */
  readonly account?: string;
  readonly waiting?: Waiting | undefined;
}

/** Oldest first. */
export async function listIdentities(): Promise<BrowserIdentity[]> {
  const all = await inStore<BrowserIdentity[]>('identities', 'readonly', (store) => store.getAll());
  return all.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}

/** Deletes a key for good. */
export async function forgetIdentity(did: string): Promise<void> {
  await inStore('identities', 'readwrite', (store) => store.delete(did));
}

/** Notes something beside a key. @returns the identity as it is now */
export async function noteIdentity(
  identity: BrowserIdentity,
  part: Partial<BrowserIdentity>,
): Promise<BrowserIdentity> {
  const noted = { ...identity, ...part };
  await inStore('identities', 'readwrite', (store) => store.put(noted));
  return noted;
}

/** Makes the key pairs and stores them before anyone hears of them. @throws DOMException where storing or Ed25519 is not had */
export async function makeIdentity(name: string): Promise<BrowserIdentity> {
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const sealing = await makeSealingPair();
  const identity: BrowserIdentity = {
    did: didKey(publicKey),
    name,
    publicKey,
    privateKey: pair.privateKey,
    createdAt: isoTime(systemClock()),
    ...(sealing === null ? {} : { sealing }),
  };
  // Registering a key that was never stored would lock its owner out.
  await inStore('identities', 'readwrite', (store) => store.put(identity));
  // Asks the browser not to evict the key when disk runs short; it may refuse, and the page says what that means.
  await navigator.storage?.persist?.().catch(() => false);
  return identity;
}

/** Makes an identity for a purpose; where that fails, nothing of it stays in the browser. */
export async function withNewIdentity<T>(name: string, use: (made: BrowserIdentity) => Promise<T>): Promise<T> {
  const made = await makeIdentity(name);
  try {
    return await use(made);
  } catch (error) {
    await forgetIdentity(made.did);
    throw error;
  }
}
