/**
 * Which topics and entities a message names. Pure: names and a text in, matches out. Works on whole words, so that
 * `Ann` is not found in `annual`; scripts without spaces are matched as they stand.
 */
import type { Subject } from '../space/stores/bundle-material.ts';
import { evenWord } from '../space/words/even-word.ts';
import { bareWord } from './profiles/word-classes.ts';

/** A name as it is looked for in a text made ready the same way. */
interface Name {
  readonly name: string;
  readonly subject: Subject;
  /** How important its subject is: the first is 0. */
  readonly place: number;
}

/** Lower case, no accents, words set apart by single spaces, a space at either end. */
export function folded(text: string): string {
  // Most names of a space: thousands of them are made ready again whenever it changed.
  if (/^[a-z0-9]+(?: [a-z0-9]+)*$/i.test(text)) return ` ${text.toLowerCase()} `;
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  return ` ${plain.trim()} `;
}

/** Scripts that do not set words apart. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** A plural or possessive `s` is the same name: `Emma's`, `tests`. */
const bare = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;

/** A word in the form its cases share, without a particle tied to it: "закваску", "김치찌개를". */
const even = (word: string): string => {
  const lower = word.toLowerCase();
  if (/^[\uac00-\ud7a3]/.test(lower)) return bareWord(lower, true).bare;
  return lower.charCodeAt(0) < 0x370 ? lower : evenWord(lower);
};

const stems = (text: string): string => {
  const evened = beyondLatin.test(text) ? text.replace(/[\p{L}\p{M}]+/gu, even) : text;
  return ` ${folded(evened).trim().split(' ').map(bare).join(' ')} `;
};
const beyondLatin = /[\u0370-\u1fff\uac00-\ud7a3]/;

export class NameIndex {
  /** By their first word: a text is asked for its words, and not for each of thousands of names. */
  readonly #spaced: ReadonlyMap<string, readonly Name[]>;
  readonly #unspaced: readonly Name[];

  /** @param subjects most important first */
  constructor(subjects: readonly Subject[]) {
    const names = subjects.flatMap((subject, place) =>
      [subject.name, ...subject.aliases]
        .map((name) => (unspaced.test(name) ? folded(name).trim() : stems(name)))
        .filter((name) => name.trim().length > 1)
        .map((name): Name => ({ name, subject, place })),
    );
    const isSpaced = ({ name }: Name) => name.startsWith(' ');
    this.#spaced = Map.groupBy(names.filter(isSpaced), ({ name }) => firstWord(name));
    this.#unspaced = names.filter((name) => !isSpaced(name));
  }

  /** Subjects the text names, the longest name first: it says most about what is meant. */
  namedIn(text: string, limit: number): Subject[] {
    const words = stems(text);
    const longest = new Map<number, Name>();
    for (const name of this.#lookedFor(words)) {
      const { length } = longest.get(name.place)?.name ?? '';
      if (name.name.length > length && words.includes(name.name)) longest.set(name.place, name);
    }
    return [...longest.values()]
      .sort((a, b) => b.name.length - a.name.length || a.place - b.place)
      .slice(0, limit)
      .map(({ subject }) => subject);
  }

  *#lookedFor(words: string): Generator<Name> {
    for (const word of new Set(words.trim().split(' '))) yield* this.#spaced.get(word) ?? [];
    yield* this.#unspaced;
  }
}

const firstWord = (name: string): string => name.slice(1, name.indexOf(' ', 1));
