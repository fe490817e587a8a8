/** The word arm: from the terms of a question to messages with word scores. Reads the word index; knows no text. */
import type { WordSource } from '../../space/stores/branch-words.ts';
import type { PlacedMessage } from '../../space/stores/words.ts';
import { eitherOf } from '../../space/words/question-words.ts';
import { writtenAsTwo } from './compounds.ts';
import type { Term } from './query.ts';
import { spread, type WordScore } from './spread.ts';
import { tuning } from './tuning.ts';
import type { WeighedWord } from './unit-choice.ts';

export interface WordHit extends PlacedMessage, WordScore {}

export interface WordFinding {
  readonly hits: readonly WordHit[];
  /** The terms that were used, which the hits point into. */
  readonly terms: readonly string[];
  /** The score of a message of usual length that a person wrote and that says every word of the question. */
  readonly allWords: number;
  /** Every word of the question that stands somewhere, and how rare it is; for choosing units. */
  readonly weights: readonly WeighedWord[];
  /** Words of the question that stand in no message, in no form. */
  readonly nowhere: readonly string[];
}

/** @param pool how many messages at most; `Infinity` where a filter will throw most away */
export function findByWords(words: WordSource, terms: readonly Term[], pool: number): WordFinding {
  const counted = terms.map((term) => withFrequency(words, term));
  const chosen = chooseTerms(counted).map(({ text, fts, frequency }) => ({
    term: text,
    frequency,
    places: words.places(fts, tuning.places),
  }));
  const corpus = words.corpus();
  const weights = counted.map(({ text, frequency }) => ({
    word: text,
    weight: Math.log(1 + corpus.messages / (frequency + 1)),
  }));
  const nowhere = counted.flatMap(({ text, frequency }) => (frequency === 0 ? text : []));
  if (chosen.length === 0) return { hits: [], terms: [], weights, nowhere, allWords: 0 };
  const found = spread(chosen, corpus, pool);
  const indexes = new Map<number, number>();
  found.slots.forEach((slot, index) => {
    indexes.set(slot, index);
  });
  const hits: WordHit[] = [];
  for (const { place, slot, messagePk } of words.atSlots(found.slots)) {
    const index = indexes.get(slot);
    if (index === undefined) continue;
    const { own, beside, ownTerms, besideTerms } = found.scoreAt(index, place);
    hits.push({ place, slot, messagePk, own, beside, ownTerms, besideTerms });
  }
  const allWords = tuning.humanWords * weights.reduce((sum, { weight }) => sum + weight, 0);
  return { hits, terms: chosen.map(({ term }) => term), weights, nowhere, allWords };
}

/** A word that hardly stands anywhere may be written as two: looking for that costs more than the word itself. */
function withFrequency(words: WordSource, term: Term): Term & { readonly frequency: number } {
  const frequency = words.frequency(term.fts);
  const asTwo = frequency > tuning.rareTerm ? [] : writtenAsTwo(term.text);
  if (asTwo.length === 0) return { ...term, frequency };
  const fts = eitherOf([term.fts, ...asTwo]);
  return { ...term, fts, frequency: words.frequency(fts) };
}

/**
 * Rare terms first, as long as their places fit the budget: a term that stands in half of all messages costs most and
 * says least. The rarest few are always used.
 */
export function chooseTerms<T extends { readonly frequency: number }>(counted: readonly T[]): T[] {
  const found = counted.filter(({ frequency }) => frequency > 0).sort((a, b) => a.frequency - b.frequency);
  let spent = 0;
  return found.filter(({ frequency }, nth) => {
    if (nth >= tuning.leastTerms && spent + frequency > tuning.places) return false;
    spent += frequency;
    return true;
  });
}
