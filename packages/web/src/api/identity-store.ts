/**
 * The identities held by this browser: key pairs in IndexedDB, the private half non-extractable, so that it can be
 * asked to sign and never be read. Never sends anything anywhere.
 */
import { isoTime, systemClock } from '@vivim/contract/clock';
import { didKey } from './did-key.ts';

export interface BrowserIdentity {
  readonly did: string;
  /** What the person calls it; seen in this browser only. */
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly privateKey: CryptoKey;
  readonly createdAt: string;
}

const databaseName = 'vivim';
const storeName = 'identities';

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused the request'));
  });
}

async function inStore<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(databaseName, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName, { keyPath: 'did' });
  const database = await settled(opening);
  try {
    const transaction = database.transaction(storeName, mode);
    const result = await settled(use(transaction.objectStore(storeName)));
    if (mode === 'readwrite') await committed(transaction);
    return result;
  } finally {
    database.close();
  }
}

/** A key counts as kept only when the transaction is: registering one that was never stored would lock its owner out. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB dropped the transaction'));
  });
}

/** Oldest first. */
export async function listIdentities(): Promise<BrowserIdentity[]> {
  const all = await inStore<BrowserIdentity[]>('readonly', (store) => store.getAll());
  return all.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}

/** Deletes a key for good. */
export async function forgetIdentity(did: string): Promise<void> {
  await inStore('readwrite', (store) => store.delete(did));
}

/** Makes a key pair and stores it before anyone hears of it. @throws DOMException where storing or Ed25519 is not had */
export async function makeIdentity(name: string): Promise<BrowserIdentity> {
  const pair = (await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const identity: BrowserIdentity = {
    did: didKey(publicKey),
    name,
    publicKey,
    privateKey: pair.privateKey,
    createdAt: isoTime(systemClock()),
  };
  await inStore('readwrite', (store) => store.put(identity));
  // Asks the browser not to evict the key when disk runs short; it may refuse, and the page says what that means.
  await navigator.storage?.persist?.().catch(() => false);
  return identity;
}
