/**
 * Words as they are compared: folded, cut to a stem, and whether one is another spelt wrong. Pure. The stem is a light one: it joins
 * the forms of a word and never two words.
 */
import { folded } from '../name-index.ts';
import { stopWords as emptyWords, genericWords } from '../profiles/stop-words.ts';
import { stopWords } from '../retrieval/stop-words.ts';

/** The words of a text in order, folded. A name written as one word is several: `error_handling`. */
export function wordsOf(text: string): string[] {
  const plain = folded(text).trim();
  return plain === '' ? [] : plain.split(' ');
}

const undoubled = (word: string): string => (/([bdfgmnprt])\1$/.test(word) ? word.slice(0, -1) : word);
const unvoiced = (word: string): string => (word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word);

/** `deploys`, `deployed`, `deploying` → `deploy`. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (/[^suia]s$/.test(word)) return stem(word.slice(0, -1));
  if (word.endsWith('ing') && word.length > 5) return unvoiced(undoubled(word.slice(0, -3)));
  if (word.endsWith('ed') && word.length > 4) return unvoiced(undoubled(word.slice(0, -2)));
  return unvoiced(word);
}

/** Words of a statement that say how it is one, not what it is about. */
const tellingWords = new Set(
  'prefer preference like want use using used usage need favourite favorite always never answer respond reply please tell remember know decide decided think help'
    .split(' ')
    .map(stem),
);

/** Says how something is said, never what. */
export const isFunctionWord = (word: string): boolean => stopWords.has(word);

/** Says nothing of what a text is about, unless it is a name. */
export const isEmpty = (word: string): boolean =>
  stopWords.has(word) || emptyWords.has(word) || tellingWords.has(stem(word));

/** Too wide a word to say alone what is meant. */
export const isWide = (word: string): boolean => genericWords.has(word) || genericWords.has(stem(word));

/** Letters two spellings of a word begin with at least. */
const sameBeginning = 2;

/**
 * Whether a word is another one spelt wrong by one slip: a letter left out, doubled or put in, two that changed places; one for
 * another only in a long word, where it is hardly a word of its own (`reach` is no `react`). Names of four letters and fewer, and
 * with figures in them, are taken as they are.
 */
export function isSlipOf(word: string, name: string): boolean {
  if (!/^\p{L}+$/u.test(word) || !/^\p{L}+$/u.test(name)) return false;
  if (Math.max(word.length, name.length) < 5 || Math.min(word.length, name.length) < 4) return false;
  if (word.slice(0, sameBeginning) !== name.slice(0, sameBeginning) || word === name) return false;
  let same = 0;
  while (same < Math.min(word.length, name.length) && word[same] === name[same]) same++;
  const [a, b] = [word.slice(same), name.slice(same)];
  if (a.length === b.length)
    return a.slice(2) === b.slice(2) && a[0] === b[1] && a[1] === b[0]
      ? true
      : word.length > 6 && a.slice(1) === b.slice(1);
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.slice(1) === short;
}
