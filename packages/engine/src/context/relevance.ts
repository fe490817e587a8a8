/**
 * Which of the things that would be said anyway bear on the message and come first. Pure. Finds nothing: retrieval does.
 */
import type { Candidate } from './candidate.ts';
import { folded } from './name-index.ts';
import type { Quote } from './quote.ts';
import { stopWords } from './retrieval/stop-words.ts';

const wordsOf = (text: string): Set<string> =>
  new Set(
    folded(text)
      .split(' ')
      .filter((word) => word.length > 2 && !stopWords.has(word))
      .map((word) => word.replace(/(ation|ing|ed|es|s)$/, '')),
  );

/** How much a quotation bears on the message: 0 not at all. */
export type Relevance = (quote: Quote) => number;

/**
 * What retrieval found counts by its score, as a share of the best; each word shared with the message counts a little.
 * @returns the relevance for lines about something of these names: the names themselves say nothing of what is asked
 */
export function relevanceTo(message: string, candidates: readonly Candidate[]): (names?: string) => Relevance {
  const best = candidates[0]?.score ?? 1;
  const found = new Map(candidates.map(({ acu, score }) => [acu.id, score / best]));
  return (names = '') => {
    const asked = wordsOf(message);
    for (const word of wordsOf(names)) asked.delete(word);
    return ({ acu }) => {
      let shared = 0;
      for (const word of wordsOf(acu.text)) if (asked.has(word)) shared += 1;
      return (found.get(acu.id) ?? 0) + shared / 20;
    };
  };
}

/** Those that bear on the message most first, equals in the order they had. */
export function byRelevance(quotes: readonly Quote[], relevance: Relevance): Quote[] {
  return quotes
    .map((quote) => ({ quote, relevance: relevance(quote) }))
    .sort((a, b) => b.relevance - a.relevance)
    .map(({ quote }) => quote);
}
