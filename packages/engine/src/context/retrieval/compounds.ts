/**
 * One thing written as one word or as two: `roadtrip` and `road trip`, `setup` and `set-up`, `1200` and `1,200`. The index holds what
 * stands in a text, so a question looks for the other way too. Pure.
 */
import { foldWord } from '@vivim/contract/words';
import { stopWords } from './stop-words.ts';

/** Letters of a compound, and of each of its parts. */
const length = { least: 5, most: 24, part: 2 } as const;

const isWord = (text: string): boolean => /^\p{Script=Latin}+$/u.test(text);

/** `"not able"` is no `notable`: a word that only makes sentences does not begin a compound, but may end one (`set up`). */
const begins = (part: string): boolean => !stopWords.has(part);

/**
 * The word at a place and the one beside it written as one, as expressions of FTS5.
 * @param words of a question in their order, lower case
 */
export function writtenAsOne(words: readonly string[], at: number): string[] {
  const pairs = [words.slice(Math.max(0, at - 1), at + 1), words.slice(at, at + 2)];
  return pairs.flatMap(joined).map(quoted);
}

/** The two words it may be made of, wherever it may be cut, as expressions of FTS5. */
export const writtenAsTwo = (word: string): string[] => cut(word).map(quoted);

const quoted = (text: string): string => `"${foldWord(text)}"`;

function joined([first = '', second = '']: readonly string[]): string[] {
  const one = first + second;
  if (/^\d{1,3}$/.test(first) && /^\d{3}$/.test(second)) return [one];
  const isCompound = isWord(one) && one.length >= length.least && one.length <= length.most && begins(first);
  return isCompound && Math.min(first.length, second.length) >= length.part ? [one] : [];
}

function cut(word: string): string[] {
  if (/^\d{4,6}$/.test(word)) return [`${word.slice(0, -3)} ${word.slice(-3)}`];
  if (!isWord(word) || word.length < length.least || word.length > length.most) return [];
  return Array.from({ length: word.length - 2 * length.part + 1 }, (_, i) => {
    const end = i + length.part;
    return begins(word.slice(0, end)) ? [`${word.slice(0, end)} ${word.slice(end)}`] : [];
  }).flat();
}
