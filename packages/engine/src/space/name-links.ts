/**
 * Which ways of writing are one name, by their form alone: `e-mail` and `email`, `k8s` and `kubernetes`. Pure, and blind to
 * everything but the two.
 */

import { evenWord } from './words/even-word.ts';

/** Shorter keys are never joined for their spelling: too many things are called `a b`. Of Cyrillic letters three are a name, "Миша". */
const shortestFold = 4;
const shortestCyrillic = 3;

/**
 * What is left of a key where spelling varies, and the forms of a word: `e-mail` and `Émail` both give `email`, `закваску` what `закваска`
 * gives; '' where that says nothing.
 */
export function foldKey(key: string): string {
  const folded = key
    .split(' ')
    .map(evenWord)
    .join(' ')
    .normalize('NFKD')
    // Accents and points; in other scripts marks are vowels, or tell バス from パス.
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]+/g, '')
    .toLowerCase()
    .replace(/[\s\p{Pd}_.'’]+/gu, '');
  const shortest = /^[\u0400-\u052f]/.test(folded) ? shortestCyrillic : shortestFold;
  return folded.length < shortest || key.startsWith('@') ? '' : folded;
}

/** What everybody writes short; a word for a word, or for several. Of topics only: people are called by letters too. */
const short = new Map([
  ['js', 'javascript'],
  ['ts', 'typescript'],
  ['html5', 'html'],
  ['css3', 'css'],
  ['postgres', 'postgresql'],
  ['ml', 'machine learning'],
  ['nlp', 'natural language processing'],
  ['website', 'site'],
  ['application', 'app'],
]);

/** {@link foldKey}; of a topic also where British and American spelling differ, and for what everybody writes short. */
export const foldOf = (kind: 'topic' | 'entity', key: string): string =>
  kind === 'topic' ? foldTopic(key) : foldKey(key);

function foldTopic(key: string): string {
  const words = key.split(' ').map((word) => short.get(word) ?? american(word));
  return foldKey(words.join(' '));
}

const american = (word: string): string =>
  word
    .replace(/(?<=^[a-z]{3,})our(?=$|ed$|ing$|ful$|ite$)/, 'or')
    .replace(/(?<=^[a-z]{3,})is(?=e$|ed$|ing$|ation$)/, 'iz')
    .replace(/(?<=^[a-z]{3,})tre$/, 'ter');

const numeronym = /^(\p{L})(\d{1,2})(\p{L})$/u;

export interface Numeronym {
  readonly first: string;
  readonly last: string;
  /** Of the word it stands for. */
  readonly length: number;
}

/** `k8s`: a word of ten letters from k to s. Null for what is none. */
export function numeronymIn(key: string): Numeronym | null {
  const [, first, between, last] = numeronym.exec(key) ?? [];
  if (first === undefined || last === undefined || Number(between) < 3) return null;
  return { first, last, length: Number(between) + 2 };
}

/** `kubernetes` as `k8s`; null for what nobody shortens so. */
export const numeronymOf = (key: string): string | null =>
  /^\p{L}{5,40}$/u.test(key) ? `${key.slice(0, 1)}${key.length - 2}${key.slice(-1)}` : null;
