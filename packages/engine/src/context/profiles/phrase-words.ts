/**
 * A text as runs of words that may form a phrase: cut at stop words and punctuation. Each word with the key under which
 * its case and number are the same. Pure.
 */
import { genericWords, lastWords, stopWords } from './stop-words.ts';

export interface PhraseWord {
  /** As written. */
  readonly surface: string;
  /** Lower case, singular. */
  readonly key: string;
  /** Names something by itself. */
  readonly stands: boolean;
  /** May end a phrase and neither begin one nor be one. */
  readonly endsOnly: boolean;
}

const noise =
  /```[\s\S]*?(?:```|$)|`[^`\n]*`|https?:\/\/\S+|www\.\S+|\S+@\S+\.\S+|\[image:[^\]]*\]|\[[^\]\n]{1,60} masked\]|!\[[^\]]*\]\([^)]*\)|<[^>\n]{1,200}>|\$[^$\n]+\$|\\[a-zA-Z]+/g;
const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’+#._/-]*/gu;
const unspaced = /[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]/;

let segmenter: Intl.Segmenter | undefined;

/** Code, addresses and formulas taken out, so that what is left is words. */
export const withoutNoise = (text: string): string => (/[`:@<$\\[]/.test(text) ? text.replace(noise, ' . ') : text);

/** Runs of words of a text, in order. */
export function phraseRuns(text: string): PhraseWord[][] {
  const plain = withoutNoise(text);
  if (unspaced.test(plain)) return unspacedRuns(plain);
  const runs: PhraseWord[][] = [];
  let run: PhraseWord[] = [];
  let end = -1;
  const close = () => {
    if (run.length > 0) runs.push(run);
    run = [];
  };
  for (const match of plain.matchAll(word)) {
    const surface = trimWord(match[0]);
    // A run goes on over one space or hyphen only.
    if (match.index !== end + 1 || plain.charCodeAt(end) !== 32) close();
    end = match.index + surface.length;
    const made = phraseWord(surface);
    if (made === null) close();
    else run.push(made);
  }
  close();
  return runs;
}

const trimWord = (raw: string): string => raw.replace(/(?:['’]s|['’._/-]+)$/u, '');

const isEmpty = (part: string): boolean => genericWords.has(part) || stopWords.has(part);

/** English adjectives by their ending; alone they name no topic. */
const adjective =
  /(?:ful|less|ous|able|ible|ssive|ctive|asive|ative|ntive|nsive|tural|ional|ical|emic|ial|istic|alist|igital|emote)$/;
const notAdjectives = new Set(
  `tutorial material credential trial memorial table vegetable cable timetable variable bible narrative perspective detective initiative
  alternative derivative executive objective capital musical festival serial`.split(/\s+/),
);
const isAdjective = (key: string): boolean => key.length > 5 && adjective.test(key) && !notAdjectives.has(key);

function phraseWord(surface: string): PhraseWord | null {
  const lower = surface.toLowerCase().replaceAll('’', "'");
  const key = singular(lower);
  if (lastWords.has(key)) return { surface, key, stands: false, endsOnly: true };
  if (stopWords.has(lower) || stopWords.has(key) || lower.length > 40) return null;
  if (/^[\d.,/'-]+\w?$|'(?:ve|ll|re|d|m|t)$/.test(lower) || (lower.endsWith('ly') && lower.length > 5)) return null;
  const short = key.length < 3 && !/^\p{Lu}[\p{Lu}\d]$/u.test(surface);
  const names = !short && !key.split('-').every(isEmpty) && !isAdjective(key) && !/[^e]ed$|^v?\d/.test(key);
  return { surface, key, stands: names, endsOnly: false };
}

/** Singulars that look like plurals. */
const singulars = new Set(
  `kubernetes diabetes series species postgres jenkins atlas canvas news physics mathematics economics ethics pandas https`.split(
    ' ',
  ),
);

/** The singular of an English noun, by its ending; other words stay. */
export function singular(lower: string): string {
  if (lower.length < 4 || singulars.has(lower) || !lower.endsWith('s') || /(?:ss|us|is|os)$/.test(lower)) return lower;
  if (lower.endsWith('ies') && lower.length > 4) return `${lower.slice(0, -3)}y`;
  return /(?:ch|sh|x|ss|z)es$/.test(lower) ? lower.slice(0, -2) : lower.slice(0, -1);
}

/** Scripts without spaces: words by `Intl.Segmenter`, in pieces because it is slow on long strings. */
function unspacedRuns(text: string): PhraseWord[][] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const runs: PhraseWord[][] = [];
  for (const piece of text.slice(0, 20_000).match(/[\s\S]{1,500}/g) ?? []) {
    for (const { segment, isWordLike } of segmenter.segment(piece)) {
      const names =
        isWordLike === true && segment.length >= 2 && /[\u30a0-\u30ff\u3400-\u9fff\u0e00-\u0e7f\p{Lu}]/u.test(segment);
      if (names && !stopWords.has(segment.toLowerCase())) {
        runs.push([{ surface: segment, key: segment.toLowerCase(), stands: true, endsOnly: false }]);
      }
    }
  }
  return runs;
}
