/**
 * What an import alone brought, and its marks. Of thousands of conversations, so it is looked up in slices, with the event loop
 * free between them. Reads, changes nothing.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import type { Counted } from '../space/stores/erasing.ts';
import type { UserSpace } from '../space/user-space.ts';
import { type ErasePlan, found, marksOfFiles } from './plan.ts';

/** @throws AppError `not_found`, `space_busy` (it is under way) */
export async function planImports(space: UserSpace, ids: readonly string[], slice: number): Promise<ErasePlan> {
  const marks = new Set<string>();
  const going = new Map<number, string>();
  for (const id of new Set(ids)) {
    space.rehearse((w) => {
      const run = found(w.imports.find(id as ImportId));
      if (['receiving', 'queued', 'running'].includes(run.state))
        throw new AppError('space_busy', 'The import is under way. Cancel it first, then erase it.');
      const { pk } = found(w.eraseRows.ids('run').find((each) => each.id === id) ?? null);
      marks.add(w.erasures.markOf('run', id));
      for (const slot of w.eraseMemories.broughtAlone(pk)) marks.add(w.erasures.markOf('record', slot));
      for (const each of w.eraseRows.broughtAlone(pk)) going.set(each.pk, each.id);
      const loose = w.eraseRows.looseFiles().filter(({ runPk }) => runPk === pk);
      for (const mark of marksOfFiles(w, loose)) marks.add(mark);
    });
    await nextTurn();
  }
  for (const some of slices([...going.values()], slice)) {
    space.rehearse((w) => {
      for (const id of some) marks.add(w.erasures.markOf('conversation', id));
    });
    await nextTurn();
  }
  const pks = [...going.keys()];
  space.rehearse((w) => {
    for (const mark of marksOfFiles(w, w.eraseRows.filesOf(pks))) marks.add(mark);
  });
  return { marks: [...marks], going: pks, conversations: null, sameWordsElsewhere: 0, messages: 0 };
}

/** What goes with these conversations, as the sum of slices of them. */
export async function countedInSlices(space: UserSpace, pks: readonly number[], slice: number): Promise<Counted> {
  const shared = space.rehearse((w) => w.erasing.countedShared(pks));
  const own = { conversations: 0, messages: 0, acus: 0, vectors: 0, records: 0 };
  for (const some of slices(pks, slice)) {
    await nextTurn();
    const counted = space.rehearse((w) => w.erasing.countedOwn(some));
    for (const each of Object.keys(own) as (keyof typeof own)[]) own[each] += counted[each];
  }
  return { ...shared, ...own };
}

function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
