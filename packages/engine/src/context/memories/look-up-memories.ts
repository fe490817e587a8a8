/**
 * Memories a message may be about, by the index of words: those with a word of it in their names, those with its rare words in what
 * they say, those with a name it may have spelt wrong. A handful of look-ups, however many memories there are. Chooses nothing.
 */
import type { MemoryHead } from '../../space/stores/memory-lookup.ts';
import { aliasesOf } from '../../space/stores/memory-rows.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import type { Matchable, Message } from './memory-match.ts';
import { isEmpty, isFunctionWord, isSlipOf, stem } from './word-forms.ts';

const limits = {
  /** Words of a message looked for in names, and in what memories say. */
  words: 200,
  content: 80,
  /** Memories taken by their names, and by what they say. */
  names: 100,
  texts: 60,
  /** Words looked for nearly spelt, and terms taken for one. */
  nearWords: 60,
  near: 4,
  /** A word in more memories than this share, or than so many, says little of any. */
  commonShare: 0.1,
  common: 40,
  mostCommon: 1_000,
  /** Words are counted no further. */
  counted: 5_000,
} as const;

export interface LookedUp {
  readonly found: readonly MemoryHead[];
  /** In how many memories a word of the message stands, by its stem. */
  readonly counted: ReadonlyMap<string, number>;
  /** Active memories in all. */
  readonly all: number;
}

export const matchable = (row: MemoryHead): Matchable => ({
  text: row.text,
  name: row.name,
  aliases: aliasesOf(row),
  applies: row.applies,
});

export function lookUpMemories(r: SpaceReader, message: Message): LookedUp {
  const { memoryLookup } = r;
  const all = memoryLookup.active();
  const said = [...new Set(message.words.map(({ word }) => word))];
  // `IT` and `US` may be names, as they are written.
  const capitals = new Set(message.text.match(/(?<!\p{L})\p{Lu}{2,3}(?!\p{L})/gu)?.map((word) => word.toLowerCase()));
  const words = said.filter((word) => !isFunctionWord(word) || capitals.has(word)).slice(0, limits.words);
  if (all === 0 || words.length === 0) return { found: [], counted: new Map(), all };
  const content = words.filter((word) => !isEmpty(word)).slice(0, limits.content);
  const counts = content.map((word) => ({ word, n: memoryLookup.holding(word, limits.counted) }));
  const most = Math.max(limits.common, all * limits.commonShare);
  const held = counts.filter(({ n }) => n > 0).sort((a, b) => a.n - b.n);
  const rare = held.filter(({ n }) => n <= most);
  const looked = (rare.length > 0 ? rare : held.filter(({ n }) => n <= limits.mostCommon).slice(0, 3)).map(
    ({ word }) => word,
  );
  const near = nearTerms(r, words.filter((word) => word.length > 3 && !isEmpty(word)).slice(0, limits.nearWords));
  return {
    found: [
      ...memoryLookup.matching(`names : (${anyOf(words)})`, limits.names),
      ...(looked.length === 0 ? [] : memoryLookup.matching(anyOf(looked), limits.texts)),
      ...memoryLookup.named(near, limits.names),
    ],
    counted: new Map(counts.map(({ word, n }) => [stem(word), n])),
    all,
  };
}

const anyOf = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(' OR ');

/** Terms of memories these words may be slips of; those that begin alike are looked through once. */
function nearTerms(r: SpaceReader, words: readonly string[]): string[] {
  const groups = Map.groupBy(words, (word) => word.slice(0, 2));
  return [...groups].flatMap(([beginning, alike]) => {
    const terms = r.memoryLookup.termsFrom(beginning);
    return alike.flatMap((word) =>
      terms.filter((term) => isSlipOf(word, term) || isSlipOf(stem(word), term)).slice(0, limits.near),
    );
  });
}
