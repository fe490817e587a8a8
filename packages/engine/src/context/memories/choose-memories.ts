/**
 * Which memories come into the context of a message beside those that hold always: what is pinned in a domain at hand, what the
 * message names, what those tie together, questions still open there. Reads by index only; decides nothing about room.
 */
import type { ContextRequest, MemoryWhy } from '@vivim/contract/context';
import type { ProjectId } from '@vivim/contract/ids';
import { aliasesOf, type MemoryRow, scopesOf } from '../../space/stores/memory-rows.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { isStandingKind } from '../memory-quote.ts';
import { type Matchable, Message, matchOf, noMatch, rarityAmong } from './memory-match.ts';
import { isFunctionWord, isSlipOf, stem } from './word-forms.ts';

export interface ChosenMemory {
  readonly row: MemoryRow;
  readonly why: MemoryWhy;
  /** How much the message is about it. */
  readonly score: number;
}

/** Words of a message that are looked up, memories that are looked at, spelt-nearly terms taken for one word. */
const limits = { words: 400, rows: 400, pinned: 200, near: 4 } as const;

/** Most telling first: pinned, open questions, then what the message is about; last of what holds always that the message is about. */
export function chooseMemories(
  r: SpaceReader,
  { query, scopes, maxMemories }: Pick<ContextRequest, 'query' | 'scopes' | 'maxMemories'>,
  project: ProjectId | null,
): ChosenMemory[] {
  const message = new Message(query);
  const isAtHand = (row: MemoryRow): boolean => {
    if (row.projectId !== null && row.projectId !== project) return false;
    const of = scopesOf(row);
    return of.length === 0 || scopes === undefined || of.some((scope) => scopes.includes(scope));
  };
  /** Told anyway: how much the message is about it says only where it stands. */
  const toldAs = (row: MemoryRow): MemoryWhy | null =>
    row.projectId !== null ? 'project' : scopesOf(row).length === 0 && isStandingKind(row.kind) ? 'standing' : null;
  const found = lookedUp(r, message);
  const pinned = r.memoryLookup.pinned(limits.pinned);
  const rows = [...new Map([...found, ...pinned].map((row) => [row.pk, row])).values()].filter(isAtHand);
  const rarity = rarityAmong(rows.map(matchable), r.memoryLookup.active());
  const scored = rows.map((row) => ({ row, match: matchOf(message, matchable(row), rarity) }));
  // Where the message names one memory, another that only holds a word of it is not meant.
  const isNamed = scored.some(({ match }) => match.by === 'name');
  const isMeant = new Set(
    scored.filter(({ match }) => match.by !== null && !(isNamed && match.by === 'word')).map(({ row }) => row.pk),
  );
  const ties = new Set(
    r.memoryLookup
      .related([...isMeant])
      .filter(isAtHand)
      .map(({ pk }) => pk),
  );
  const all = new Map(scored.map((one) => [one.row.pk, one]));
  for (const row of r.memoryLookup.related([...isMeant]))
    if (ties.has(row.pk) && !all.has(row.pk)) all.set(row.pk, { row, match: noMatch });
  const chosen = [...all.values()].flatMap(({ row, match }): ChosenMemory[] => {
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
  const told = chosen.filter(({ why }) => isAlways(why));
  return [...chosen.filter(({ why }) => !isAlways(why)).slice(0, maxMemories), ...told];
}

/** Told whatever the message is. */
export const isAlways = (why: MemoryWhy): boolean => why === 'standing' || why === 'project';

/** @param here its domain was asked for, or it holds in all */
function whyOf(row: MemoryRow, meant: boolean, tied: boolean, here: boolean): MemoryWhy | null {
  const comes = meant || tied;
  if (row.kind === 'open_question') return comes || (row.pinned === 1 && here) ? 'open_question' : null;
  if (row.pinned === 1) return here || comes ? 'pinned' : null;
  return comes ? 'relevant' : null;
}

const matchable = (row: MemoryRow): Matchable => ({
  text: row.text,
  name: row.name,
  aliases: aliasesOf(row),
  applies: row.applies,
});

function lookedUp(r: SpaceReader, message: Message): MemoryRow[] {
  const words = [...new Set(message.words.map(({ word }) => word))]
    .filter((word) => word.length > 1 || !isFunctionWord(word))
    .slice(0, limits.words);
  if (words.length === 0) return [];
  const match = words.map((word) => `"${word}"`).join(' OR ');
  const near = words.filter((word) => word.length > 3 && !isFunctionWord(word)).flatMap((word) => nearTerms(r, word));
  return [...r.memoryLookup.matching(match, limits.rows), ...r.memoryLookup.named(near, limits.rows)];
}

/** Terms of names this word may be a slip of. */
const nearTerms = (r: SpaceReader, word: string): string[] =>
  r.memoryLookup
    .termsFrom(word.slice(0, 2))
    .filter((term) => isSlipOf(word, term) || isSlipOf(stem(word), term))
    .slice(0, limits.near);
