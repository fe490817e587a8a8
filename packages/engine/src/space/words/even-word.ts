/**
 * One form for a noun's forms, where the word alone tells its language: Cyrillic, Arabic, Devanagari, and a few endings of German, Spanish
 * and Portuguese. Never shown: what something is called is a way somebody wrote it. In doubt two words stay two: a stem joins forms of
 * a noun here, and no noun with another. Pure.
 */
import { foldWord } from '@vivim/contract/words';
import { stemOf } from './stems.ts';

const cyrillic = /^[\u0400-\u052f-]+$/;
const arabic = /^[\u0600-\u06ff]+$/;
const devanagari = /^[\u0900-\u097f]+$/;

/** "The", and what is written in one with it: and, with, for. */
const arabicArticle = /^(?:[وفبك]?ال|لل)(?=.{3})/;
/** Of a noun that ends in आ its plural and what stands before a small word; of one in ई too. */
const hindiEnding = /(?:ाओं|ाएँ|ाएं|ा|े|ों)$/;
const hindiFeminine = /(?:ियाँ|ियां|ियों|ी)$/;

/** @param lower a word in lower case */
export function evenWord(lower: string): string {
  if (cyrillic.test(lower)) return stemOf(lower, /[іїєґ]/.test(lower) ? 'uk' : 'ru') ?? lower;
  if (arabic.test(lower)) return foldWord(lower).replace(arabicArticle, '');
  if (devanagari.test(lower)) {
    const folded = foldWord(lower);
    const even = folded.replace(hindiEnding, 'ा').replace(hindiFeminine, 'ी');
    return even.length < 3 ? folded : even;
  }
  return lower
    .replace(/(?<=(?:ung|heit|keit|schaft|tion|tät))en$/, '')
    .replace(/(?<=[a-zäöüß]{4}[^aeiouäöüy])en$/, 'e')
    .replace(/iones$/, 'ión')
    .replace(/ões$/, 'ão');
}
