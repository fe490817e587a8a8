/**
 * Which topics and entities a message names. Pure: names and a text in, matches out. Works on whole words, so that
 * `Ann` is not found in `annual`; scripts without spaces are matched as they stand.
 */
import type { Subject } from '../space/stores/bundle-material.ts';
import { evenWord } from '../space/words/even-word.ts';
import { bareWord } from './profiles/word-classes.ts';

interface Named {
  readonly subject: Subject;
  /** As they are looked for in a text made ready the same way. */
  readonly names: readonly string[];
}

/** Lower case, no accents, words set apart by single spaces, a space at either end. */
export function folded(text: string): string {
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
  readonly #named: readonly Named[];

  /** @param subjects most important first */
  constructor(subjects: readonly Subject[]) {
    this.#named = subjects.map((subject) => ({
      subject,
      names: [subject.name, ...subject.aliases]
        .map((name) => (unspaced.test(name) ? folded(name).trim() : stems(name)))
        .filter((name) => name.trim().length > 1),
    }));
  }

  /** Subjects the text names, the longest name first: it says most about what is meant. */
  namedIn(text: string, limit: number): Subject[] {
    const words = stems(text);
    const found: { subject: Subject; length: number }[] = [];
    for (const { subject, names } of this.#named) {
      const length = Math.max(0, ...names.filter((name) => words.includes(name)).map((name) => name.length));
      if (length > 0) found.push({ subject, length });
    }
    return found
      .sort((a, b) => b.length - a.length)
      .slice(0, limit)
      .map(({ subject }) => subject);
  }
}
