/** A text as words. Pure. */

const longestWord = 64;
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a text, lower case, in order. What is longer than any word (base64, hashes cut in two) is cut. */
export const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(wordPattern) ?? []).map((word) => word.slice(0, longestWord));
