/**
 * How much a message is about a memory: by its name and its other names, by what it is to be brought up with, by the words it says.
 * Pure. A name counts where the message says it, all of it; words count where they are rare among the memories and cover enough of
 * the memory or of the message, so that what merely shares a word stays away.
 */
import { isEmpty, isFunctionWord, isSlipOf, isWide, stem, wordsOf } from './word-forms.ts';

/** What is matched of a memory. */
export interface Matchable {
  readonly text: string;
  readonly name: string | null;
  readonly aliases: readonly string[];
  /** What it is to be brought up with. */
  readonly applies: string | null;
}

export const matchTuning = {
  /** Share of the weight of a name of several words that makes it named, where they do not stand together. */
  name: 0.7,
  /** The same of what a memory is to be brought up with. */
  applies: 0.5,
  /** Share of the memory's words, and of the message's, that makes it meant. */
  ofMemory: 0.5,
  ofMessage: 0.6,
  /** What a wide word counts of a narrow one. */
  wide: 0.3,
} as const;

interface Word {
  readonly word: string;
  readonly stem: string;
  /** It says nothing of what a text is about. */
  readonly empty: boolean;
}
const toWord = (word: string): Word => ({ word, stem: stem(word), empty: isEmpty(word) });

/** Of a message: its words in order, and those of them that say what it is about. */
export class Message {
  readonly text: string;
  readonly words: readonly Word[];
  /** By stem. */
  readonly content: ReadonlyMap<string, Word>;
  readonly #stems: ReadonlySet<string>;
  readonly #byBeginning: ReadonlyMap<string, readonly Word[]>;

  /** @param most words looked at; a message has as many as it likes */
  constructor(text: string, most = 4_000) {
    this.text = text.slice(0, most * 12);
    this.words = wordsOf(this.text).slice(0, most).map(toWord);
    this.content = new Map(this.words.filter(({ empty }) => !empty).map((one) => [one.stem, one]));
    this.#stems = new Set(this.words.map((one) => one.stem));
    this.#byBeginning = Map.groupBy(this.content.values(), ({ word }) => word.slice(0, 2));
  }

  /** Whether it holds a word, in any form of it or nearly spelt. */
  holds(word: Word): boolean {
    if (this.#stems.has(word.stem)) return true;
    return this.#byBeginning.get(word.word.slice(0, 2))?.some((said) => isSame(said, word)) ?? false;
  }
}

/** How rare a word is among these memories: 0 and more. */
export type Rarity = (stem: string) => number;

/** @param counted in how many of all memories a word stands, where that is known; else it is counted among these */
export function rarityAmong(memories: readonly Matchable[], all: number, counted: ReadonlyMap<string, number>): Rarity {
  const holding = new Map<string, number>();
  for (const memory of memories)
    for (const word of new Set(wordsOf(wholeOf(memory)).map(stem))) holding.set(word, (holding.get(word) ?? 0) + 1);
  return (word) => {
    const n = Math.max(holding.get(word) ?? 0, counted.get(word) ?? 0);
    return Math.log(1 + (Math.max(all, memories.length) - n + 0.5) / (n + 0.5));
  };
}

const wholeOf = ({ text, name, aliases, applies }: Matchable): string =>
  [text, name ?? '', ...aliases, applies ?? ''].join(' ').replaceAll('_', ' ');

export interface Match {
  /** A name said counts more than any words; words shared count a little where it is not meant, to order what comes anyway. */
  readonly score: number;
  /** By its name, by what it applies to, by its words or a single one; null: it is not meant. */
  readonly by: 'name' | 'applies' | 'words' | 'word' | null;
}
export const noMatch: Match = { score: 0, by: null };

export function matchOf(message: Message, memory: Matchable, rarity: Rarity): Match {
  const named = Math.max(
    0,
    ...[...memory.aliases, ...(memory.name === null ? [] : [memory.name.replaceAll('_', ' ')])].map((name) =>
      nameScore(message, name, rarity),
    ),
  );
  if (named > 0) return { score: 10 + named, by: 'name' };
  const weight = weightIn(rarity);
  if (
    memory.applies !== null &&
    coverage(contentOf(memory.applies), message.content, weight).share >= matchTuning.applies
  )
    return { score: 5, by: 'applies' };
  const own = contentOf(`${memory.text} ${(memory.name ?? '').replaceAll('_', ' ')}`);
  const { share, matched, held } = coverage(own, message.content, weight);
  if (matched.length === 0) return noMatch;
  const asked = total([...message.content.values()], weight);
  const ofMessage = asked === 0 ? 0 : held / asked;
  const telling = matched.filter(({ word }) => !isWide(word));
  if (matched.length > 1 && telling.length > 0 && (share >= matchTuning.ofMemory || ofMessage >= matchTuning.ofMessage))
    return { score: held / 10, by: 'words' };
  // One word alone is a question only where it is the whole of it.
  if (message.content.size === 1 && telling.length === 1) return { score: held / 20, by: 'word' };
  return { score: held / 100, by: null };
}

/** The weight of a name the message says, or 0. */
function nameScore(message: Message, name: string, rarity: Rarity): number {
  const words = wordsOf(name).map(toWord);
  if (words.length === 0) return 0;
  const weight = (of: readonly Word[]) => of.reduce((sum, one) => sum + rarity(one.stem), 0);
  // `IT`, `US` and `Go` are words of their own in small letters.
  const [only] = words;
  if (words.length === 1 && only !== undefined && isFunctionWord(only.word))
    return name !== name.toLowerCase() && asWritten(name).test(message.text) ? weight(words) : 0;
  if (stands(message, words)) return weight(words);
  const telling = words.filter(({ empty }) => !empty);
  if (telling.length < 2) return 0;
  const said = telling.filter((one) => message.content.has(one.stem));
  return said.length >= 2 && weight(said) / weight(telling) >= matchTuning.name ? weight(said) / 2 : 0;
}

/** Whether the words of a name stand together in the message, in their order. */
function stands(message: Message, name: readonly Word[]): boolean {
  if (!name.every((one) => message.holds(one))) return false;
  if (name.length === 1) return true;
  for (let at = 0; at + name.length <= message.words.length; at++)
    if (name.every((one, i) => isSame(message.words[at + i] as Word, one))) return true;
  return false;
}

const isSame = (said: Word, name: Word): boolean =>
  said.stem === name.stem || (!said.empty && (isSlipOf(said.word, name.word) || isSlipOf(said.stem, name.stem)));

const contentOf = (text: string): ReadonlyMap<string, Word> =>
  new Map(
    wordsOf(text)
      .map(toWord)
      .filter(({ empty }) => !empty)
      .map((one) => [one.stem, one]),
  );

const weightIn =
  (rarity: Rarity) =>
  (one: Word): number =>
    rarity(one.stem) * (isWide(one.word) ? matchTuning.wide : 1);
const total = (words: readonly Word[], weight: (one: Word) => number): number =>
  words.reduce((sum, one) => sum + weight(one), 0);

function coverage(own: ReadonlyMap<string, Word>, said: ReadonlyMap<string, Word>, weight: (one: Word) => number) {
  const matched = [...own.values()].filter((one) => said.has(one.stem));
  const held = total(matched, weight);
  const all = total([...own.values()], weight);
  return { matched, held, share: all === 0 ? 0 : held / all };
}

const asWritten = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u');
