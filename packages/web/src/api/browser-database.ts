/**
 * The page's own database in this browser. The one place that opens it and knows its stores; what lies in them is the
 * business of the modules beside it. Nothing in it ever leaves the browser.
 */

const name = 'vivim';
const version = 3;

const stores = { identities: 'did', 'name-keys': 'userId', 'last-seen': 'id' } as const;
export type StoreName = keyof typeof stores;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused the request'));
  });
}

/** What was written counts as kept only when the transaction is. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB dropped the transaction'));
  });
}

function open(): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, version);
  opening.onupgradeneeded = () => {
    const there = opening.result.objectStoreNames;
    for (const [store, keyPath] of Object.entries(stores))
      if (!there.contains(store)) opening.result.createObjectStore(store, { keyPath });
  };
  return settled(opening).then((database) => {
    // A page of a newer version, in another tab, waits for this one to let go.
    database.onversionchange = () => database.close();
    return database;
  });
}

/** One request in a transaction of its own. @throws DOMException where the browser stores nothing */
export async function inStore<T>(
  store: StoreName,
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    const transaction = database.transaction(store, mode);
    const done = mode === 'readwrite' ? committed(transaction) : null;
    const result = await settled(use(transaction.objectStore(store)));
    await done;
    return result;
  } finally {
    database.close();
  }
}

/** Several requests that are kept together or not at all. @throws DOMException where the browser stores nothing */
export async function inTransaction(
  store: StoreName,
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => void,
): Promise<void> {
  const database = await open();
  try {
    const transaction = database.transaction(store, mode);
    const done = committed(transaction);
    use(transaction.objectStore(store));
    await done;
  } finally {
    database.close();
  }
}
