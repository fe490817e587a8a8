/**
 * Memories as they are quoted: in the person's own words where they said so in a conversation and never changed it, else as the
 * memory says. Reads only.
 */
import type { MemoryWhy } from '@vivim/contract/context';
import type { MemoryRow } from '../../space/stores/memory-rows.ts';
import { isFound } from '../../space/stores/memory-settling.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { quoteOfEvidence, quoteOfMemory } from '../memory-quote.ts';
import type { Quote } from '../quote.ts';

/** In the order given. */
export function quotesOf(
  r: SpaceReader,
  memories: readonly { readonly row: MemoryRow; readonly why: MemoryWhy }[],
): Quote[] {
  const isOwn = ({ origin, changedMs }: MemoryRow): boolean => isFound({ origin }) && changedMs === null;
  const said = r.memoryLookup.saidIn(memories.filter(({ row }) => isOwn(row)).map(({ row }) => row.pk));
  const out = r.exclusions.units([...said.values()].map(({ acu }) => acu.pk));
  return memories.map(({ row, why }) => {
    const unit = said.get(row.pk);
    // Words that are kept out are not quoted, though the memory stands on others beside.
    return unit === undefined || out.has(unit.acu.pk) ? quoteOfMemory(row, why) : quoteOfEvidence(row, unit, why);
  });
}
