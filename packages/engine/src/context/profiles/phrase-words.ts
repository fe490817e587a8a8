/**
 * A text as runs of words that may form a phrase: cut at stop words and punctuation. Each word with the key under which
 * its case and number are the same. Pure.
 */
import { evenWord } from '../../space/words/even-word.ts';
import { languageOf } from '../../space/words/language.ts';
import { withoutMasks } from '../../space/words/masks.ts';
import { isGerman } from './german.ts';
import { knownAs } from './known-names.ts';
import type { PhraseWord } from './phrase-word.ts';
import { genericWords, lastWords, stopWords, stopWordsBeyondEnglish } from './stop-words.ts';
import { linkWords } from './stop-words-of-scripts.ts';
import { unspaced, unspacedRuns } from './unspaced-words.ts';
import { arabicArticle, bareWord, isKoreanDoing, standingByEnding } from './word-classes.ts';

const noise =
  /```[\s\S]*?(?:```|$)|`[^`\n]*`|https?:\/\/\S+|www\.\S+|\S+@\S+\.\S+|\[image:[^\]]*\]|\[[^\]\n]{1,60} masked\]|!\[[^\]]*\]\([^)]*\)|<[^>\n]{1,200}>|\$[^$\n]+\$|\\[a-zA-Z]+/g;
const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’+#._/-]*/gu;

/** Characters that are kept of the words passed over. */
const passedLength = 60;

/** Code, addresses, formulas and what stands for a masked secret taken out, so that what is left is words. */
export const withoutNoise = (text: string): string =>
  /[`:@<$\\[]/.test(text) ? withoutMasks(text).replace(noise, ' . ') : text;

/**
 * Runs of words of a text, in order.
 * @param tongue the language it stands among, for a text too short to say its own
 */
export function phraseRuns(text: string, tongue: string | null = null): PhraseWord[][] {
  const plain = withoutNoise(text);
  if (unspaced.test(plain)) return unspacedRuns(plain, tongue);
  // Where every noun has a capital, what has none is no noun.
  // What stands among English and has no letter English has not is not looked at again.
  const language = tongue === 'en' && !/[^\0-\u00bf]/.test(plain) ? tongue : (languageOf(plain) ?? tongue);
  const german = isGerman(plain) || (tongue === 'de' && language === 'de');
  const evened = german || language === 'es' || language === 'pt';
  const romanceWords = language !== null && romance.has(language);
  const empty = romanceWords ? stopWordsBeyondEnglish : stopWords;
  const runs: PhraseWord[][] = [];
  let run: PhraseWord[] = [];
  let end = -1;
  let passed = '';
  const close = () => {
    // "김치찌개 끓이기": what is done is no part of what it is done to.
    if (run.length > 1 && isKoreanDoing(run.at(-1)?.surface ?? '')) run = run.slice(0, -1);
    if (run.length > 0) runs.push(run);
    run = [];
  };
  for (const match of plain.matchAll(word)) {
    const whole = trimWord(match[0]);
    const surface = elided.test(whole) && !stopWords.has(whole.toLowerCase()) ? whole.slice(2) : whole;
    // What is written in one with a link or an article goes on behind a word: "déclaration d'impôts", "soupe à l'oignon".
    const tied = surface !== whole && (/^d/i.test(whole) ? run.length > 0 : run.at(-1)?.links === true);
    // A run goes on over one space or hyphen only.
    if (match.index !== end + 1 || plain.charCodeAt(end) !== 32) {
      close();
      passed = '';
    } else if (surface !== whole && !tied) close();
    end = match.index + whole.length;
    const goesOn = plain.charCodeAt(end) === 32;
    const made =
      german && /^\p{Ll}/u.test(surface) ? null : phraseWord(surface, { romanceWords, evened, goesOn, empty });
    const link = run.at(-1);
    if (
      link?.links === true &&
      articles.has(surface.toLowerCase()) &&
      linkWords.has(`${link.key} ${surface.toLowerCase()}`)
    ) {
      run[run.length - 1] = {
        ...link,
        surface: `${link.surface} ${surface}`,
        key: `${link.key} ${surface.toLowerCase()}`,
      };
    } else if (made === null) {
      close();
      passed = `${passed.slice(-passedLength)} ${surface.toLowerCase()}`;
    } else {
      // "خبز القمح الكامل يخرج": behind what has its article stands what is said of it.
      if (arabicArticle.test(run.at(-1)?.surface ?? '') && beyondLatin.test(surface) && !arabicArticle.test(surface))
        close();
      if (tied && run.length > 0) run.push({ ...made, surface: whole, alone: made.surface });
      else run.push(run.length === 0 && passed !== '' ? { ...made, before: passed } : made);
      passed = '';
      if (made.closes === true) close();
    }
  }
  close();
  return runs;
}

/** A French or Italian article or "of" before a noun: "l'isolation", "d'impôts". */
const elided = /^[lLdD]['’](?=\p{Ll}{3})/u;

/** After a link of Spanish they are part of it: "declaración de la renta". */
const articles = new Set(['la', 'las', 'los', 'el']);
const beyondLatin = /^[\u0400-\u1fff]/;

const trimWord = (raw: string): string => raw.replace(/(?:['’]s|['’._/-]+)$/u, '');

const isEmpty = (part: string): boolean =>
  genericWords.has(part) || stopWords.has(part) || (part.charCodeAt(0) >= 0x370 && genericForms.has(evenWord(part)));
const genericForms = new Set([...genericWords].filter((word) => word.charCodeAt(0) >= 0x370).map(evenWord));

/** English adjectives by their ending; alone they name no topic. */
const adjective =
  /(?:ful|less|ous|able|ible|ssive|ctive|asive|ative|ntive|nsive|tural|ional|ical|emic|ial|istic|alist|igital|emote)$/;
const notAdjectives = new Set(
  `tutorial material credential trial memorial table vegetable cable timetable variable bible narrative perspective detective initiative
  alternative derivative executive objective capital musical festival serial`.split(/\s+/),
);
const isAdjective = (key: string): boolean => key.length > 5 && adjective.test(key) && !notAdjectives.has(key);

/** "s'égoutte", "n'arrive": French writes who does it in one with what is done. */
const elidedVerb = /^(?:[smtjnc]|qu|jusqu|lorsqu|puisqu)'\p{L}{2}/u;

/** A release and a measure are no part of what something is called: `v5.3.0`, `300ms`. `3D`, `5G` and `2FA` are. */
const measure = /^v?\d+(?:[.,]\d+)+\w*$|^v\d+$|^\d+\p{Ll}+$/u;

interface Among {
  /** Its plurals are those of a Romance language. */
  readonly romanceWords: boolean;
  /** Its language is one whose Latin endings are evened; an English kitchen is no kitche. */
  readonly evened: boolean;
  /** Another word follows in its sentence. */
  readonly goesOn: boolean;
  /** Words that name nothing there. */
  readonly empty: ReadonlySet<string>;
}
/** Languages whose qualities look like English ones and are part of names. */
const romance = new Set(['fr', 'es', 'pt', 'it']);

/** A word as part of a phrase, or null where it is none. */
function phraseWord(written: string, { romanceWords, evened, goesOn, empty }: Among): PhraseWord | null {
  // Nearly every word comes by here: what only other letters need is not asked of Latin ones.
  const latin = written.charCodeAt(0) < 0x370;
  const { bare: surface, closes } = latin ? { bare: written, closes: false } : bareWord(written, goesOn);
  const lower = surface.toLowerCase().replaceAll('’', "'");
  if (linkWords.has(surface)) return { surface, key: lower, stands: false, endsOnly: false, links: true };
  if (measure.test(surface) || (lower.includes("'") && elidedVerb.test(lower))) return null;
  const by = latin ? 'name' : standingByEnding(lower);
  const one = romanceWords ? singularRomance(lower) : singular(lower);
  const key = evened || !latin ? evenWord(one) : one;
  if (lastWords.has(one)) return { surface, key, stands: false, endsOnly: true };
  const isTool = /^\p{Lu}/u.test(surface) && stopWords.has(lower) && knownAs(surface) === 'tool';
  if (isTool) return { surface, key, stands: true, endsOnly: false };
  if (by === 'none' || empty.has(lower) || empty.has(one) || lower.length > 40) return null;
  if (/^\d\p{Lu}+$/u.test(surface)) return { surface, key: lower, stands: true, endsOnly: false };
  if (/^[\d.,/'-]+\w?$|'(?:ve|ll|re|d|m|t)$/.test(lower) || (lower.endsWith('ly') && lower.length > 5)) return null;
  const short = one.length < (/^[\uac00-\ud7af]/.test(one) ? 2 : 3) && !/^\p{Lu}[\p{Lu}\d]$/u.test(surface);
  const names =
    by === 'name' && !short && !one.split('-').every(isEmpty) && !isAdjective(one) && !/[^e]ed$|^v?\d/.test(one);
  return { surface, key, stands: names, endsOnly: false, ...(closes ? { closes } : {}) };
}

/** Under what a phrase was known before its forms were evened: lower case, singular. @param tongue the language it is in */
export const plainKey = (surface: string, tongue: string | null): string =>
  surface
    .toLowerCase()
    .replaceAll('’', "'")
    .split(' ')
    .map(tongue !== null && romance.has(tongue) ? singularRomance : singular)
    .join(' ');

/** "insomnies" is "insomnie" and no "insomny". */
const singularRomance = (lower: string): string => (lower.endsWith('ies') ? lower.slice(0, -1) : singular(lower));

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
