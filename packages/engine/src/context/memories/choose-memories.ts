/**
 * Which memories come into the context of a message beside those that hold always: what is pinned in a domain at hand, what the
 * message names, what those tie together, questions still open there. Reads by index only; decides nothing about room.
 */
import type { MemoryWhy } from '@vivim/contract/context';
import type { ProjectId } from '@vivim/contract/ids';
import type { MemoryHead } from '../../space/stores/memory-lookup.ts';
import { type MemoryRow, scopesOf } from '../../space/stores/memory-rows.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { isStandingKind } from '../memory-quote.ts';
import type { SettledRequest } from '../settings.ts';
import { withoutWithheld } from '../withheld.ts';
import { lookUpMemories, matchable } from './look-up-memories.ts';
import { Message, matchOf, noMatch, rarityAmong } from './memory-match.ts';

export interface ChosenMemory {
  readonly row: MemoryRow;
  readonly why: MemoryWhy;
  /** How much the message is about it. */
  readonly score: number;
}

interface ChosenHead extends Omit<ChosenMemory, 'row'> {
  readonly row: MemoryHead;
}

/** Memories looked at because they are pinned, and chosen where nothing says how many. */
const limits = { pinned: 200, chosen: 100 } as const;

/** Most telling first: pinned, open questions, then what the message is about; last of what holds always that the message is about. */
export function chooseMemories(
  r: SpaceReader,
  { query, scopes, maxMemories }: Pick<SettledRequest, 'query' | 'scopes' | 'maxMemories'>,
  project: ProjectId | null,
): ChosenMemory[] {
  const message = new Message(query);
  const isAtHand = (row: MemoryHead): boolean => {
    if (row.projectId !== null && row.projectId !== project) return false;
    const of = scopesOf(row);
    return of.length === 0 || scopes === undefined || of.some((scope) => scopes.includes(scope));
  };
  /** Told anyway: how much the message is about it says only where it stands. */
  const toldAs = (row: MemoryHead): MemoryWhy | null =>
    row.projectId !== null ? 'project' : scopesOf(row).length === 0 && isStandingKind(row.kind) ? 'standing' : null;
  const { found, counted, all: n } = lookUpMemories(r, message);
  const pinned = r.memoryLookup.pinned(limits.pinned);
  const known = [...new Map([...found, ...pinned].map((row) => [row.pk, row])).values()];
  const rows = withoutWithheld(r, known.filter(isAtHand));
  const rarity = rarityAmong(rows.map(matchable), n, counted);
  const scored = rows.map((row) => ({ row, match: matchOf(message, matchable(row), rarity) }));
  // Where the message names one memory, another that only holds a word of it is not meant.
  const isNamed = scored.some(({ match }) => match.by === 'name');
  const isMeant = new Set(
    scored.filter(({ match }) => match.by !== null && !(isNamed && match.by === 'word')).map(({ row }) => row.pk),
  );
  const tied = withoutWithheld(r, r.memoryLookup.related([...isMeant]).filter(isAtHand));
  const ties = new Set(tied.map(({ pk }) => pk));
  const all = new Map(scored.map((one) => [one.row.pk, one]));
  for (const row of tied) if (!all.has(row.pk)) all.set(row.pk, { row, match: noMatch });
  const chosen = [...all.values()].flatMap(({ row, match }): ChosenHead[] => {
    const meant = isMeant.has(row.pk);
    const here = scopes !== undefined || scopesOf(row).length === 0;
    const why =
      (meant ? toldAs(row) : null) ?? (toldAs(row) === null ? whyOf(row, meant, ties.has(row.pk), here) : null);
    return why === null ? [] : [{ row, why, score: match.score }];
  });
  const rank = { pinned: 0, open_question: 1, relevant: 2, standing: 3, project: 3 } as const;
  chosen.sort(
    (a, b) =>
      rank[a.why] - rank[b.why] ||
      b.score - a.score ||
      b.row.learntMs - a.row.learntMs ||
      (a.row.id < b.row.id ? -1 : 1),
  );
  const told = chosen.filter(({ why }) => isAlways(why)).slice(0, limits.chosen);
  const kept = [...chosen.filter(({ why }) => !isAlways(why)).slice(0, maxMemories ?? limits.chosen), ...told];
  const whole = r.memoryLookup.whole(kept.map(({ row }) => row.pk));
  return kept.flatMap(({ row, ...rest }) => {
    const memory = whole.get(row.pk);
    return memory === undefined ? [] : [{ ...rest, row: memory }];
  });
}

/** Told whatever the message is. */
export const isAlways = (why: MemoryWhy): boolean => why === 'standing' || why === 'project';

/** @param here its domain was asked for, or it holds in all */
function whyOf(row: MemoryHead, meant: boolean, tied: boolean, here: boolean): MemoryWhy | null {
  const comes = meant || tied;
  if (row.kind === 'open_question') return comes || (row.pinned === 1 && here) ? 'open_question' : null;
  if (row.pinned === 1) return here || comes ? 'pinned' : null;
  return comes ? 'relevant' : null;
}
