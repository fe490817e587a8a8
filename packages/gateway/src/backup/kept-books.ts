/**
 * The books of what people erased inside their spaces, beside the backups: in no set, written at each erasure, so that a set and keys
 * from before it still learn of it. Holds what the books hold: times and salted hashes.
 */
import type { ErasureNote } from '@vivim/contract/erasure';
import { StorageId } from '@vivim/contract/ids';
import type { BackupStore } from './store.ts';

const prefix = 'erasures/';
const nameOf = (storageId: StorageId): string => `${prefix}${storageId}.jsonl`;
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

async function readText(store: BackupStore, name: string): Promise<string> {
  const bytes = await store.read(name);
  return bytes === null ? '' : Buffer.from(bytes).toString('utf8');
}

/** Every line of both, in the order they came; a line is never lost because the other side had not seen it. */
export function joinedBook(one: string, other: string): string {
  return [...new Set([...linesOf(one), ...linesOf(other)])].map((line) => `${line}\n`).join('');
}

/** @param notes of the whole book, oldest first @throws BackupError where the place cannot be reached */
export async function keepBook(store: BackupStore, storageId: StorageId, notes: readonly ErasureNote[]): Promise<void> {
  const before = await readText(store, nameOf(storageId));
  const text = joinedBook(before, notes.map((note) => `${JSON.stringify(note)}\n`).join(''));
  if (text !== before) await store.write(nameOf(storageId), Buffer.from(text));
}

/** Each kept book, as text. */
export async function keptBooks(store: BackupStore): Promise<Map<StorageId, string>> {
  const found = new Map<StorageId, string>();
  for (const name of await store.list(prefix)) {
    const id = StorageId.safeParse(name.slice(prefix.length).replace(/\.jsonl$/, '')).data;
    if (id !== undefined) found.set(id, await readText(store, name));
  }
  return found;
}

/** The space itself was erased. */
export const dropBook = (store: BackupStore, storageId: StorageId): Promise<void> => store.remove(nameOf(storageId));
