/**
 * A question as search terms. Pure, and total: any text gives terms, and no text gives a search syntax error, because
 * every term reaches FTS5 as a quoted string of letters and digits. Operators are words here like any other.
 */
import { matterOf } from './question-form.ts';
import { stopWords } from './stop-words.ts';
import { wordsOf } from './words-of.ts';

export interface Term {
  /** As the person wrote it, lower case; a phrase with single spaces. */
  readonly text: string;
  /** The same as an FTS5 string. */
  readonly fts: string;
}

export interface Question {
  readonly terms: readonly Term[];
  /** Runs of one to three words, lower case, that may be somebody's name. */
  readonly names: readonly string[];
  /** What it is about, without the form it is asked in. */
  readonly matter: string;
}

/** What is read of a very long question: its start and its end, where people put what they want. */
const readAtEachEnd = 4_000;
const mostTerms = 48;
const mostPhraseWords = 12;
const phrasePattern = /["“„«]([^"“”„«»]{3,200})["”“»]/gu;

/** @param prefixes beginnings of words that are terms too */
export function parseQuestion(text: string, prefixes: readonly string[] = []): Question {
  const read =
    text.length <= 2 * readAtEachEnd ? text : `${text.slice(0, readAtEachEnd)}\n${text.slice(-readAtEachEnd)}`;
  const words = wordsOf(read);
  const matter = matterOf(read);
  const telling = wordsOf(matter).filter((word) => !stopWords.has(word));
  const phrases = [...read.matchAll(phrasePattern)]
    .map((match) => wordsOf(match[1] ?? '').slice(0, mostPhraseWords))
    .filter((phrase) => phrase.length > 1)
    .map((phrase) => phrase.join(' '));
  const terms = new Set([...(telling.length > 0 ? telling : words), ...phrases]);
  return {
    terms: [
      ...[...terms].slice(0, mostTerms).map((term) => ({ text: term, fts: `"${term}"` })),
      ...prefixes.slice(0, mostTerms).map((prefix) => ({ text: `${prefix}*`, fts: `"${prefix}"*` })),
    ],
    names: [...new Set([1, 2, 3].flatMap((length) => runsOf(words.slice(0, mostTerms), length)))],
    matter,
  };
}

const runsOf = (words: readonly string[], length: number): string[] =>
  words.slice(0, Math.max(0, words.length - length + 1)).map((_, i) => words.slice(i, i + length).join(' '));
