/**
 * A text as runs of words that may form a phrase: cut at stop words and punctuation. Each word with the key under which
 * its case and number are the same. Pure.
 */
import { withoutMasks } from '../../space/words/masks.ts';
import { isGerman } from './german.ts';
import { genericWords, lastWords, stopWords } from './stop-words.ts';
import { linkWords } from './stop-words-of-scripts.ts';
import { unspaced, unspacedRuns } from './unspaced-words.ts';
import { bareWord, standingByEnding } from './word-classes.ts';

export interface PhraseWord {
  /** As written. */
  readonly surface: string;
  /** Lower case, singular. */
  readonly key: string;
  /** Names something by itself. */
  readonly stands: boolean;
  /** May end a phrase and neither begin one nor be one. */
  readonly endsOnly: boolean;
  /** Written without a space before it. */
  readonly glued?: boolean;
  /** Stands between two words of a phrase and nowhere else. */
  readonly links?: boolean;
  /** Of the first of a run: the words passed over right before it, in lower case. */
  readonly before?: string;
}

const noise =
  /```[\s\S]*?(?:```|$)|`[^`\n]*`|https?:\/\/\S+|www\.\S+|\S+@\S+\.\S+|\[image:[^\]]*\]|\[[^\]\n]{1,60} masked\]|!\[[^\]]*\]\([^)]*\)|<[^>\n]{1,200}>|\$[^$\n]+\$|\\[a-zA-Z]+/g;
const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’+#._/-]*/gu;

/** Characters that are kept of the words passed over. */
const passedLength = 60;

/** Code, addresses, formulas and what stands for a masked secret taken out, so that what is left is words. */
export const withoutNoise = (text: string): string =>
  /[`:@<$\\[]/.test(text) ? withoutMasks(text).replace(noise, ' . ') : text;

/** Runs of words of a text, in order. */
export function phraseRuns(text: string): PhraseWord[][] {
  const plain = withoutNoise(text);
  if (unspaced.test(plain)) return unspacedRuns(plain);
  // Where every noun has a capital, what has none is no noun.
  const german = isGerman(plain);
  const runs: PhraseWord[][] = [];
  let run: PhraseWord[] = [];
  let end = -1;
  let passed = '';
  const close = () => {
    if (run.length > 0) runs.push(run);
    run = [];
  };
  for (const match of plain.matchAll(word)) {
    const whole = trimWord(match[0]);
    const surface = elided.test(whole) && !stopWords.has(whole.toLowerCase()) ? whole.slice(2) : whole;
    // A run goes on over one space or hyphen only.
    if (match.index !== end + 1 || plain.charCodeAt(end) !== 32) {
      close();
      passed = '';
    } else if (surface !== whole) close();
    end = match.index + whole.length;
    const made = german && /^\p{Ll}/u.test(surface) ? null : phraseWord(surface);
    if (made === null) {
      close();
      passed = `${passed.slice(-passedLength)} ${surface.toLowerCase()}`;
    } else {
      run.push(run.length === 0 && passed !== '' ? { ...made, before: passed } : made);
      passed = '';
    }
  }
  close();
  return runs;
}

/** A French or Italian article before a noun: "l'isolation". */
const elided = /^[lL]['’](?=\p{Ll}{3})/u;

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

/** A release and a measure are no part of what something is called: `v5.3.0`, `300ms`. `3D`, `5G` and `2FA` are. */
const measure = /^v?\d+(?:[.,]\d+)+\w*$|^v\d+$|^\d+\p{Ll}+$/u;

function phraseWord(written: string): PhraseWord | null {
  const surface = bareWord(written);
  const lower = surface.toLowerCase().replaceAll('’', "'");
  if (linkWords.has(surface)) return { surface, key: lower, stands: false, endsOnly: false, links: true };
  if (measure.test(surface)) return null;
  const by = standingByEnding(lower);
  const key = singular(lower);
  if (lastWords.has(key)) return { surface, key, stands: false, endsOnly: true };
  if (by === 'none' || stopWords.has(lower) || stopWords.has(key) || lower.length > 40) return null;
  if (/^\d\p{Lu}+$/u.test(surface)) return { surface, key: lower, stands: true, endsOnly: false };
  if (/^[\d.,/'-]+\w?$|'(?:ve|ll|re|d|m|t)$/.test(lower) || (lower.endsWith('ly') && lower.length > 5)) return null;
  const short = key.length < (/^[\uac00-\ud7af]/.test(key) ? 2 : 3) && !/^\p{Lu}[\p{Lu}\d]$/u.test(surface);
  const names =
    by === 'name' && !short && !key.split('-').every(isEmpty) && !isAdjective(key) && !/[^e]ed$|^v?\d/.test(key);
  return { surface, key, stands: names, endsOnly: false };
}

/** Singulars that look like plurals. */
const singulars = new Set(
  `kubernetes diabetes series species postgres jenkins atlas canvas news physics mathematics economics ethics pandas https`.split(
    ' ',
  ),
);

/** The singular of an English noun, by its ending; other words stay, and names that end in an accent and an s, "Inês". */
export function singular(lower: string): string {
  if (lower.length < 4 || singulars.has(lower) || !lower.endsWith('s') || /(?:ss|us|is|os|[à-öø-ÿ]s)$/.test(lower))
    return lower;
  if (lower.endsWith('ies') && lower.length > 4) return `${lower.slice(0, -3)}y`;
  return /(?:ch|sh|x|ss|z|tomato|potato|hero|echo|mango|mosquito|volcano)es$/.test(lower)
    ? lower.slice(0, -2)
    : lower.slice(0, -1);
}
