/** The words of a text, lower case, in order. Pure; knows no stop words and no search syntax. */
import { wordsIn } from '@vivim/contract/words';

const longestWord = 64;

/** What is longer than any word (base64, hashes cut in two) is cut. */
export const wordsOf = (text: string): string[] =>
  Array.from(wordsIn(text), (word) => word.text.slice(0, longestWord).toLowerCase());
