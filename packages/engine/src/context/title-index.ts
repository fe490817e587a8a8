/**
 * Conversations by the words of their titles. What each title says, in all its forms, is kept in memory while the space stays as it is:
 * cutting a title into words takes longer than looking through thousands. Ranks by how many of the words a title holds, then the newest.
 */
import { isoTime } from '@vivim/contract/clock';
import type { TitleHit } from '@vivim/contract/search';
import type { TitleRow } from '../space/stores/titles.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { View } from '../space/view.ts';
import { indexForms, tokensOf } from '../space/words/index-words.ts';
import { formsFound } from '../space/words/question-words.ts';

/** A word of a question, and the expression that finds it in all its forms. */
export interface TitleWord {
  readonly text: string;
  readonly fts: string;
}

/** Titles one behind the other in one text, which is looked through by what the machine does fastest. */
interface Titles {
  readonly rows: readonly TitleRow[];
  /** The words of each as they are looked for, a space at either side of each. */
  readonly text: string;
  /** Where each begins in the text; what comes after the last is its end. */
  readonly starts: Uint32Array;
}

export class TitleIndex {
  readonly #space: UserSpace;
  #version = -1;
  #titles: Titles = nothing;
  /** Of titles that were there before something was written: most of them still are. */
  #said = new Map<string, string>();

  constructor(space: UserSpace) {
    this.#space = space;
  }

  /** @returns those whose title holds half of the words, or one that few titles hold; those with most of them first */
  holding(words: readonly TitleWord[], limit: number, view?: View): TitleHit[] {
    if (words.length === 0) return [];
    const titles = view === undefined ? this.#current() : this.#read(view).titles;
    const holders = words.map(({ fts }) => withAny(titles, formsFound(fts)));
    const counts = new Uint16Array(titles.rows.length);
    const eligible = new Set<number>();
    for (const places of holders) {
      for (const place of places) {
        const held = (counts[place] as number) + 1;
        counts[place] = held;
        if (2 * held >= words.length || places.size <= limit) eligible.add(place);
      }
    }
    return [...eligible]
      .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
      .slice(0, limit)
      .flatMap((place) => {
        const row = titles.rows[place];
        if (row === undefined) return [];
        const { atMs, ...conversation } = row;
        const held = words.filter((_, i) => holders[i]?.has(place)).map(({ text }) => text);
        return [{ conversation, at: isoTime(atMs), terms: held }];
      });
  }

  /** Nobody asks any more, or something was erased: nothing of a title stays. */
  forget(): void {
    this.#version = -1;
    this.#titles = nothing;
    this.#said = new Map();
  }

  #current(): Titles {
    const { version } = this.#space;
    if (version === this.#version) return this.#titles;
    const { titles, said } = this.#read(undefined);
    this.#titles = titles;
    this.#said = said;
    this.#version = version;
    return titles;
  }

  #read(view: View | undefined): { titles: Titles; said: Map<string, string> } {
    const rows = this.#space.read((r) => r.titles.all(), view);
    const said = new Map(rows.map(({ title }) => [title, this.#said.get(title) ?? saidBy(title)]));
    const starts = new Uint32Array(rows.length + 1);
    const texts = rows.map(({ title }, place) => {
      const text = said.get(title) ?? '';
      starts[place + 1] = (starts[place] ?? 0) + text.length;
      return text;
    });
    return { titles: { rows, text: texts.join(''), starts }, said };
  }
}

const nothing: Titles = { rows: [], text: '', starts: new Uint32Array(1) };

/** The end is no space and in no word: nothing is found across two titles. */
const saidBy = (title: string): string => ` ${[...tokensOf(title)].join(' ')}  ${indexForms(title)} \n`;

/** Places of the titles that hold one of these forms. */
function withAny({ text, starts }: Titles, forms: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const [beginning, ends] of byBeginning(forms)) {
    for (let at = text.indexOf(beginning); at >= 0; ) {
      const from = at + beginning.length;
      const holds = ends.some((end) => text.startsWith(end, from));
      if (holds) found.add(placeOf(starts, at));
      at = text.indexOf(beginning, holds ? starts[placeOf(starts, at) + 1] : from);
    }
  }
  return found;
}

/** Letters that forms of one word begin with. */
const sameLetters = 3;

/** Forms of one word mostly begin alike: they are looked for together. What a word begins with, and how each of its forms ends. */
function byBeginning(forms: readonly string[]): [beginning: string, ends: string[]][] {
  const alike = Map.groupBy(forms, (form) => form.slice(0, sameLetters));
  return [...alike.values()].map((group) => {
    let same = 0;
    while (same < Math.min(...group.map(({ length }) => length)) && new Set(group.map((form) => form[same])).size === 1)
      same++;
    return [` ${group[0]?.slice(0, same)}`, group.map((form) => form.slice(same))];
  });
}

/** The last that begins at or before `at`. */
function placeOf(starts: Uint32Array, at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle;
  }
  return low;
}
