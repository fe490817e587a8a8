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

/** A word of a question, and the expression that finds it in all its forms. */
export interface TitleWord {
  readonly text: string;
  readonly fts: string;
}

interface Titled {
  readonly row: TitleRow;
  /** Its words as they are looked for, a space at either side of each. */
  readonly said: string;
}

/** Of `("running" OR "run" *)`, what stands in the index: `running `, `run`. */
const formsOf = ({ fts }: TitleWord): string[] =>
  [...fts.matchAll(/"([^"]+)"( \*)?/g)].map(([, form = '', star]) => (star === undefined ? ` ${form} ` : ` ${form}`));

export class TitleIndex {
  readonly #space: UserSpace;
  #version = -1;
  #titled: readonly Titled[] = [];
  /** Of titles that were there before something was written: most of them still are. */
  #said = new Map<string, string>();

  constructor(space: UserSpace) {
    this.#space = space;
  }

  /** @returns those whose title holds half of the words, or one that few titles hold; those with most of them first */
  holding(words: readonly TitleWord[], limit: number, view?: View): TitleHit[] {
    if (words.length === 0) return [];
    const looked = words.map((word) => ({ text: word.text, forms: formsOf(word) }));
    const titled = view === undefined ? this.#current() : this.#read(view);
    const hits = titled.flatMap(({ row, said }) => {
      const terms = looked.filter(({ forms }) => forms.some((form) => said.includes(form))).map(({ text }) => text);
      return terms.length === 0 ? [] : [{ row, terms }];
    });
    const held = Map.groupBy(
      hits.flatMap(({ terms }) => terms),
      (term) => term,
    );
    const isTelling = (term: string) => (held.get(term)?.length ?? 0) <= limit;
    return hits
      .filter(({ terms }) => 2 * terms.length >= looked.length || terms.some(isTelling))
      .sort((a, b) => b.terms.length - a.terms.length)
      .slice(0, limit)
      .map(({ row: { atMs, ...conversation }, terms }) => ({ conversation, at: isoTime(atMs), terms }));
  }

  /** Nobody asks any more, or something was erased: nothing of a title stays. */
  forget(): void {
    this.#version = -1;
    this.#titled = [];
    this.#said = new Map();
  }

  #current(): readonly Titled[] {
    const { version } = this.#space;
    if (version === this.#version) return this.#titled;
    this.#titled = this.#read(undefined);
    this.#said = new Map(this.#titled.map(({ row, said }) => [row.title, said]));
    this.#version = version;
    return this.#titled;
  }

  #read(view: View | undefined): Titled[] {
    const rows = this.#space.read((r) => r.titles.all(), view);
    return rows.map((row) => ({ row, said: this.#said.get(row.title) ?? saidBy(row.title) }));
  }
}

const saidBy = (title: string): string => ` ${[...tokensOf(title)].join(' ')}  ${indexForms(title)} `;
