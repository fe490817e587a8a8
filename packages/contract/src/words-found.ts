/** What a search found of the words it looked for. For whoever shows results; it never ranks any. */
import type { SearchResult } from './search.ts';

export interface WordsFound {
  /** One result says every word. */
  readonly together: boolean;
  /** Words that no message and no title says, whether it is shown or not. */
  readonly nowhere: readonly string[];
}

/** Conversations called so, but for those a message of which is shown: that leads there too. */
export function titlesBeside({ titles, items }: Pick<SearchResult, 'titles' | 'items'>): SearchResult['titles'] {
  const shown = new Set(items.map(({ conversation }) => conversation.id));
  return titles.filter(({ conversation }) => !shown.has(conversation.id));
}

const saidBy = ({ reasons }: SearchResult['items'][number]): ReadonlySet<string> =>
  new Set(reasons.flatMap(({ arm, terms: own = [] }) => (arm === 'words' ? own : [])));

/** Whether no result says any of the words, whatever titles say: all of it is only close in meaning. */
export const isOnlyMeant = ({ items }: Pick<SearchResult, 'items'>): boolean =>
  items.every((item) => saidBy(item).size === 0);

/** @returns null where nothing was found, or nothing was looked for by words */
export function wordsFound({
  terms,
  nowhere,
  items,
  titles,
}: Pick<SearchResult, 'terms' | 'nowhere' | 'items' | 'titles'>): WordsFound | null {
  if (terms.length === 0 || items.length === 0) return null;
  const said = items.map(saidBy);
  const inTitles = new Set(titles.flatMap((title) => title.terms));
  return {
    together: said.some((own) => terms.every((term) => own.has(term))),
    nowhere: nowhere.filter((term) => !inTitles.has(term)),
  };
}

/** Which filters were taken for words, a sentence each, in English: for the command and MCP. */
export const takenForWords = ({ unknownFilters }: Pick<SearchResult, 'unknownFilters'>): string[] =>
  unknownFilters.map(
    ({ field, value, known }) =>
      `${field}:${value} is not a filter, so it was searched for as words.${known.length === 0 ? '' : ` ${field}: takes ${known.join(', ')}.`}`,
  );

/** Which words were taken for others, a sentence each, in English: for the command and MCP. */
export const takenFor = ({ spelt }: Pick<SearchResult, 'spelt'>): string[] =>
  spelt.map(({ word, as }) => `Nothing here says “${word}”. Searched for ${as.join(' or ')} instead.`);
