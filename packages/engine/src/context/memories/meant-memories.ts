/** Which memories a text is about, by the same measure as those that come into its context. Reads by index only. */
import type { MemoryHead } from '../../space/stores/memory-lookup.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { lookUpMemories, matchable } from './look-up-memories.ts';
import { Message, matchOf, rarityAmong } from './memory-match.ts';

/** Active memories the text means, most telling first. */
export function meantMemories(r: SpaceReader, text: string): MemoryHead[] {
  const message = new Message(text);
  const { found, counted, all } = lookUpMemories(r, message);
  const rows = [...new Map(found.map((row) => [row.pk, row])).values()];
  if (rows.length === 0) return [];
  const rarity = rarityAmong(rows.map(matchable), all, counted);
  return rows
    .map((row) => ({ row, match: matchOf(message, matchable(row), rarity) }))
    .filter(({ match }) => match.by !== null)
    .sort((a, b) => b.match.score - a.match.score || a.row.pk - b.row.pk)
    .map(({ row }) => row);
}
