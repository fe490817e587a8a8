/**
 * The key of names, kept while a session lasts, so that a page loaded anew reads them without asking a passkey again. A
 * non-extractable key; the space's own key is never kept. Forgotten with the session.
 */
import type { SealingKey } from '@vivim/contract/sealing';
import { inStore } from './browser-database.ts';

interface Kept {
  readonly userId: string;
  readonly key: SealingKey;
}

export async function keptNameKey(userId: string): Promise<SealingKey | null> {
  const kept = await inStore<Kept | undefined>('name-keys', 'readonly', (store) => store.get(userId));
  return kept?.key ?? null;
}

export async function keepNameKey(userId: string, key: SealingKey): Promise<void> {
  await inStore('name-keys', 'readwrite', (store) => store.put({ userId, key } satisfies Kept));
}

export async function forgetNameKeys(): Promise<void> {
  await inStore('name-keys', 'readwrite', (store) => store.clear());
}
