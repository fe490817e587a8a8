/**
 * Backup sets: master, and the copies of spaces that go with it. The manifest of a set is written when everything it names is
 * there, so a set is whole or does not exist.
 */
import { BackupSet } from '@vivim/contract/backup';
import { setsPrefix, timeOfName } from './names.ts';
import { BackupError, type BackupStore } from './store.ts';

const nameOf = (id: string): string => `${setsPrefix}${id}.json`;

export const writeSet = (store: BackupStore, set: BackupSet): Promise<void> =>
  store.write(nameOf(set.id), Buffer.from(`${JSON.stringify(set, null, 1)}\n`));

/** @throws BackupError `nothing_there`, `copy_altered` where it is not what was written */
export async function readSet(store: BackupStore, id: string): Promise<BackupSet> {
  const bytes = await store.read(nameOf(id));
  if (bytes === null) throw new BackupError('nothing_there', `There is no backup set ${id}.`);
  try {
    return BackupSet.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new BackupError('copy_altered', `The manifest of the set ${id} cannot be read.`, { cause });
  }
}

/** Ids, newest first. */
export async function setIds(store: BackupStore): Promise<{ readonly id: string; readonly ms: number }[]> {
  return (await store.list(setsPrefix))
    .flatMap((name) => {
      const id = /^sets\/(.+)\.json$/.exec(name)?.[1];
      const ms = timeOfName(name);
      return id === undefined || ms === null ? [] : [{ id, ms }];
    })
    .reverse();
}

/** The newest set made at or before a time. @param atMs null: the newest of all @throws BackupError `nothing_there` */
export async function newestSetAt(store: BackupStore, atMs: number | null): Promise<BackupSet> {
  const found = (await setIds(store)).find(({ ms }) => atMs === null || ms <= atMs);
  if (found === undefined) throw new BackupError('nothing_there', 'There is no backup set from that time or before.');
  return readSet(store, found.id);
}
