/** Removes what need not be kept: sets, the dumps only they name, copies no kept set names, and every copy of the erased. */

import { receiptOf } from '../master/receipt.ts';
import type { BackupDeps, Memory } from './deps.ts';
import { masterPrefix } from './names.ts';
import { keptSets, looseCopies } from './retention.ts';
import { readSet, setIds } from './sets.ts';
import { placedCopies, removeCopy, removeSpace, spacesIn } from './space-copies.ts';

/** @returns how many copies and sets went */
export async function prune({ store, keep }: BackupDeps): Promise<number> {
  const ids = await setIds(store);
  const kept = new Set(
    keptSets(
      ids.map(({ ms }) => ms),
      keep,
    ),
  );
  let removed = 0;
  // Read before anything goes: a set that cannot be read keeps everything where it is.
  const named = new Set<string>();
  const dumps = new Set<string>();
  for (const { id, ms } of ids) {
    if (!kept.has(ms)) continue;
    const set = await readSet(store, id);
    dumps.add(`${masterPrefix}${set.master.file}`);
    for (const { storageId, file } of set.spaces) if (file !== null) named.add(`${storageId}/${file}`);
  }
  for (const { id, ms } of ids) {
    if (kept.has(ms)) continue;
    await store.remove(`sets/${id}.json`);
    removed += 1;
  }
  for (const name of await store.list(masterPrefix)) if (!dumps.has(name)) await store.remove(name);
  const oldest = kept.size === 0 ? null : Math.min(...kept);
  for (const copy of looseCopies(await placedCopies(store), named, oldest)) {
    await removeCopy(store, copy);
    removed += 1;
  }
  return removed;
}

/** An erasure whose copies could not be reached then is brought to its end. */
export async function removeErased({ store, ledger }: BackupDeps, { state }: Memory): Promise<number> {
  let removed = 0;
  for (const storageId of await spacesIn(store)) {
    if (ledger.find(receiptOf(storageId)) === null) continue;
    await removeSpace(store, storageId);
    delete state.spaces[storageId];
    removed += 1;
  }
  return removed;
}
