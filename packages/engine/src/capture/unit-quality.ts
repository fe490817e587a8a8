/**
 * How much a unit is worth showing, 0–1, rounded to hundredths.
 *
 * | term             | weight | 1 when                                                                  |
 * |------------------|-------:|-------------------------------------------------------------------------|
 * | richness         |   0.40 | 40 or more different words of three letters and more (grows with the root) |
 * | self-containment |   0.35 | does not lean on what stands before (it, that, …) and is a whole sentence |
 * | structure        |   0.15 | code, table, list, or a heading of its own                               |
 * | specificity      |   0.10 | names, numbers or addresses                                              |
 *
 * Small talk ("thanks", "sure!") is at most 0.1. Uniqueness is no term here: duplicates are linked in the space.
 */
import type { AcuType } from '@vivim/contract/acu';

const smallTalk =
  /^(?:ok(?:ay)?|thanks?(?: you)?(?: so much| a lot)?|hi|hey|hello|yes|no|sure|great|cool|perfect|awesome|nice|good|got it|certainly|of course|you're welcome|sounds good|continue|go on|please)[\s,.!]*(?:there|thanks|thank you|please)?[\s.!]*$/i;
const leaning = /^(?:it|this|that|these|those|they|he|she|them|so|but|and|or|also|then|because|which)\b/i;
const structured: ReadonlySet<string> = new Set<AcuType>(['code', 'table', 'list']);

/**
 * @param text the unit's text
 * @param words its words in lower case, a space between them; at most the first 300 characters are looked at
 */
export function unitQuality(text: string, words: string, type: AcuType, hasHeading: boolean): number {
  if (words.length < 40 && smallTalk.test(text)) return 0.1;
  const different = differentWords(words);
  if (different === 0) return 0.05;
  const richness = Math.min(1, Math.sqrt(different / 40));
  const whole = structured.has(type) || /[.!?:。！？؟।][\s"'”’)\]*_`]*$/.test(text.slice(-8));
  const selfContained = (leaning.test(words) ? 0 : 0.6) + (whole ? 0.4 : 0);
  const structure = structured.has(type) || hasHeading ? 1 : 0;
  const specific = /\d|[^.!?\s] [A-ZÀ-ÞΑ-ΩА-Я][^A-Z\s]/.test(text.length > 300 ? text.slice(0, 300) : text) ? 1 : 0;
  const quality = 0.4 * richness + 0.35 * selfContained + 0.15 * structure + 0.1 * specific;
  return Math.round(quality * 100) / 100;
}

/** Different words of three characters and more; where words run together every two ideographs or kana count as one. */
function differentWords(words: string): number {
  const sample = words.length > 300 ? words.slice(0, 300) : words;
  const found = new Set<string>();
  for (const word of sample.split(' ')) if (word.length >= 3) found.add(word);
  if (!/[\u3040-\u30ff\u4e00-\u9fff]/.test(sample)) return found.size;
  return found.size + new Set(sample.match(/[\u3040-\u30ff\u4e00-\u9fff]{2}/g)).size;
}
