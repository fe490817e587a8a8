/**
 * The stem of a word in one language, or null where it has no other form worth finding. Snowball's stemmers for languages of
 * letters, light ones for Arabic and Hindi. Never says what language a word is in, and never shortens a word to less than
 * three letters, but for English forms of a shorter word: "Inês" is no form of "in".
 */
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as greek } from '@orama/stemmers/greek';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as turkish } from '@orama/stemmers/turkish';
import { stemmer as ukrainian } from '@orama/stemmers/ukrainian';
import { foldWord } from '@vivim/contract/words';
import { irregularForms } from './irregular-english.ts';

/** Longer is no word of a language but a hash or an address. */
const longest = 40;
const shortest = 3;
/** Words whose stems are remembered for each language; all are forgotten beyond it. */
const remembered = 20_000;

/** Endings of inflection, longest first (Larkey et al. 2002, light10). */
const arabic = (word: string): string => {
  const bare = word.replace(/^(?:وال|بال|كال|فال|لل|ال)(?=.{3})/, '');
  return bare.replace(/(?<=.{3})(?:ها|ان|ات|ون|ين|يه|ه|ي)$/, '');
};
/** Ramanathan and Rao 2003, the commonest endings. */
const hindi = (word: string): string =>
  word.replace(/(?<=.{2})(?:ाओं|ियों|ियां|ियाँ|ुओं|ुएं|ाएं|ाता|ाती|ाते|ेगा|ेगी|ेंगे|ना|नी|ने|ता|ती|ते|ों|ें|ीं|ाई|ी|ा|े|ो|ि|ु|ू)$/, '');

/** Porter's stem, of the base form where that is irregular; the base itself where its stem would say too little ("use", "go"). */
const stemOfEnglish = (word: string): string => {
  if (!/^[a-z]+$/.test(word)) return word;
  const base = irregularForms.get(word) ?? word;
  const stem = english(base);
  return stem.length < shortest && base !== word ? base : stem;
};

const stemmers: Readonly<Record<string, (word: string) => string>> = {
  en: stemOfEnglish,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  pt: portuguese,
  nl: dutch,
  sv: swedish,
  no: norwegian,
  da: danish,
  fi: finnish,
  tr: turkish,
  ro: romanian,
  hu: hungarian,
  el: greek,
  uk: ukrainian,
  ru: russian,
  ar: arabic,
  hi: hindi,
};
const memory = new Map<string, Map<string, string | null>>();

export const latinLanguages: readonly string[] = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'];

export const isStemmed = (language: string): boolean => language in stemmers;

/**
 * @param word lower case, with its accents: stemmers go by them
 * @returns the folded stem; null where it is the folded word itself or would say too little
 */
export function stemOf(word: string, language: string): string | null {
  const stemmer = stemmers[language];
  if (stemmer === undefined || word.length < shortest || word.length > longest) return null;
  let known = memory.get(language);
  if (known === undefined || known.size >= remembered) {
    known = new Map();
    memory.set(language, known);
  }
  let stem = known.get(word);
  if (stem === undefined) {
    const folded = foldWord(stemmer(word));
    const tells = folded.length >= shortest || irregularForms.get(word) === folded;
    stem = !tells || folded === foldWord(word) ? null : folded;
    // A copy: a part of a text would keep all of the text in memory.
    known.set(word.split('').join(''), stem);
  }
  return stem;
}
