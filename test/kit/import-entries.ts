/** The entries of a run, through the pages the store gives. */
import type { ImportId } from '@vivim/contract/ids';
import type { ImportEntry, ImportOutcome } from '@vivim/contract/imports';
import type { UserSpace } from '@vivim/engine/space/user-space';

export function entriesOf(space: UserSpace, id: ImportId, outcome?: ImportOutcome): ImportEntry[] {
  const all: ImportEntry[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = space.read((r) => r.importEntries.page(id, { limit: 7, cursor: cursor ?? undefined, outcome }));
    if (page === null) throw new Error('There is no such run.');
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}

/** What the entries sum up to, in the figures of a report. */
export function tally(entries: readonly ImportEntry[]) {
  const count = (outcome: ImportOutcome) => entries.filter((entry) => entry.outcome === outcome).length;
  return {
    added: count('added'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    skipped: count('skipped'),
    degraded: entries.filter((entry) => entry.degraded && entry.outcome !== 'again').length,
  };
}
