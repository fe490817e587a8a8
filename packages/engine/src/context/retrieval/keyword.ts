/** The word arm: from the terms of a question to messages with word scores. Reads the word index; knows no text. */
import { foldWord } from '@vivim/contract/words';
import type { WordSource } from '../../space/stores/branch-words.ts';
import type { PlacedMessage } from '../../space/stores/words.ts';
import { eitherOf } from '../../space/words/question-words.ts';
import { isSlipOf } from '../memories/word-forms.ts';
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
  /** Those of them that are looked for as words spelt nearly so. */
  readonly spelt: readonly Spelt[];
}

/** A word that nothing holds, and those it may be a slip of. */
export interface Spelt {
  readonly word: string;
  readonly as: readonly string[];
}

/**
 * @param pool how many messages at most; `Infinity` where a filter will throw most away
 * @param slips whether what stands nowhere is looked for as what is spelt nearly so
 */
export function findByWords(words: WordSource, terms: readonly Term[], pool: number, slips = true): WordFinding {
  const found = terms.map((term) => withFrequency(words, term));
  const missing = found.filter(({ frequency }) => frequency === 0);
  const spelt = slips && found.length <= mostForSlips ? missing.slice(0, mostSlips).flatMap(speltLike(words)) : [];
  const counted = found.map((term) => spelt.find(({ text }) => text === term.text) ?? term);
  const chosen = chooseTerms(counted).map(({ text, fts, frequency }) => ({
    term: text,
    frequency,
    places: words.places(fts, tuning.places),
  }));
  const corpus = words.corpus();
  const weigh = (word: string, frequency: number): WeighedWord => ({
    word,
    weight: Math.log(1 + corpus.messages / (frequency + 1)),
  });
  const asked = counted.map(({ text, frequency }) => weigh(text, frequency));
  // Units say what a word was taken for, not the slip.
  const weights = [...asked, ...spelt.flatMap(({ as, frequency }) => as.map((word) => weigh(word, frequency)))];
  const nowhere = missing.map(({ text }) => text);
  const told = spelt.map(({ text, as }) => ({ word: text, as }));
  if (chosen.length === 0) return { hits: [], terms: [], weights, nowhere, spelt: told, allWords: 0 };
  const near = spread(chosen, corpus, pool);
  const indexes = new Map<number, number>();
  near.slots.forEach((slot, index) => {
    indexes.set(slot, index);
  });
  const hits: WordHit[] = [];
  for (const { place, slot, messagePk } of words.atSlots(near.slots)) {
    const index = indexes.get(slot);
    if (index === undefined) continue;
    const { own, beside, ownTerms, besideTerms } = near.scoreAt(index, place);
    hits.push({ place, slot, messagePk, own, beside, ownTerms, besideTerms });
  }
  const allWords = tuning.humanWords * asked.reduce((sum, { weight }) => sum + weight, 0);
  return { hits, terms: chosen.map(({ term }) => term), weights, nowhere, spelt: told, allWords };
}

/** A word that hardly stands anywhere may be written as two: looking for that costs more than the word itself. */
function withFrequency(words: WordSource, term: Term): Term & { readonly frequency: number } {
  const frequency = words.frequency(term.fts);
  const asTwo = frequency > tuning.rareTerm ? [] : writtenAsTwo(term.text);
  if (asTwo.length === 0) return { ...term, frequency };
  const fts = eitherOf([term.fts, ...asTwo]);
  return { ...term, fts, frequency: words.frequency(fts) };
}

/** Words that are looked for as if they were slips, and of how long a question: of a long text some words always stand nowhere. */
const mostSlips = 3;
const mostForSlips = 16;
/** What a slip and the word it is of begin with alike, and how many words it may be of. */
const sameLetters = 3;
const mostMeant = 2;

type Counted = Term & { readonly frequency: number };

/** The commonest words this one may be a slip of; none where it is no word of letters. */
const speltLike =
  (words: WordSource) =>
  (term: Counted): (Counted & { readonly as: readonly string[] })[] => {
    const typed = foldWord(term.text);
    if (!/^\p{L}{5,}$/u.test(typed)) return [];
    const meant = words
      .beginning(typed.slice(0, sameLetters))
      .filter((word) => isSlipOf(typed, word))
      .map((word) => ({ word, frequency: words.frequency(`"${word}"`) }))
      .filter(({ frequency }) => frequency > 0)
      .sort((a, b) => b.frequency - a.frequency || (a.word < b.word ? -1 : 1))
      .slice(0, mostMeant);
    if (meant.length === 0) return [];
    const fts = eitherOf(meant.map(({ word }) => `"${word}"`));
    return [{ text: term.text, fts, frequency: words.frequency(fts), as: meant.map(({ word }) => word) }];
  };

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
