/**
 * How the words of times stand together, as patterns over the words of the tables. Pure; knows no calendar and no language: what all of
 * them say alike is one pattern, and where one puts a word behind another that is a pattern too. One grammar for languages that share
 * letters; scripts without spaces between words have an order of their own (`unspaced-times.ts`).
 */
import { dateNames } from './date-names.ts';
import { spacedTimes } from './spaced-times.ts';
import type { TimeGrammar, TimeParts } from './time-shape.ts';
import type { TimeTable, TimeWord } from './time-table.ts';
import { countedUnits, formsIn, numbers, ordinals, timeTables } from './time-words.ts';
import { unspacedTimes } from './unspaced-times.ts';

/** Letters as people write them: a nukta, the hamza of an alef and the points of ё may be missing. */
const loosely: readonly (readonly [RegExp, string])[] = [
  [/\s/g, '\\s+'],
  [/'/g, "['’]"],
  [/[اأإآ]/g, '[اأإآ]'],
  [/[هة]/g, '[هة]'],
  [/[يى]/g, '[يى]'],
  [/[её]/g, '[её]'],
];
/** Letters that carry a nukta, as one sign. */
const nuktas: Readonly<Record<string, string>> = {
  क: '\u0958',
  ख: '\u0959',
  ग: '\u095a',
  ज: '\u095b',
  ड: '\u095c',
  ढ: '\u095d',
  फ: '\u095e',
  य: '\u095f',
};
const patternOf = (form: string): string =>
  loosely
    .reduce((text, [letter, letters]) => text.replace(letter, letters), form)
    .replace(/[\u0900-\u097f]+/g, (hindi) =>
      hindi
        .normalize('NFD')
        .replaceAll('\u093c', '')
        .replace(/[कखगजडढफय]/g, (letter) => `(?:${letter}\u093c?|${nuktas[letter]})`),
    );

const alternatives = (forms: Iterable<string>): string => {
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  // What no table of these languages has never matches.
  return longestFirst.length === 0 ? '(?!)' : `(?:${longestFirst.map(patternOf).join('|')})`;
};

function partsOf(tables: readonly TimeTable[], letters: RegExp): TimeParts {
  const { months, weekdays, weekdaysAlone } = dateNames();
  const own = (all: Iterable<string>) => alternatives([...all].filter((form) => letters.test(form)));
  const any = (...words: readonly TimeWord[]) => alternatives(words.flatMap((word) => formsIn(tables, word)));
  return {
    any,
    month: own(months),
    weekday: own(weekdays),
    weekdayAlone: own(weekdaysAlone),
    count: `(?:\\d{1,3}|${own(numbers.keys())})`,
    counted: own(countedUnits.keys()),
    nth: own(ordinals.keys()),
  };
}

interface Script {
  readonly letters: RegExp;
  readonly languages: readonly string[];
  readonly unspaced?: true;
}

const latin: Script = { letters: /\p{Script=Latin}/u, languages: ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl'] };
const scripts: readonly Script[] = [
  { letters: /\p{Script=Cyrillic}/u, languages: ['ru'] },
  { letters: /\p{Script=Arabic}/u, languages: ['ar'] },
  { letters: /\p{Script=Devanagari}/u, languages: ['hi'] },
  {
    letters: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
    languages: ['zh', 'ja', 'ko'],
    unspaced: true,
  },
];

const tablesOf = ({ languages }: Script): TimeTable[] => languages.flatMap((language) => timeTables[language] ?? []);
const made = new Map<Script, TimeGrammar>();

function grammarOf(script: Script): TimeGrammar {
  const before = made.get(script);
  if (before !== undefined) return before;
  const parts = partsOf(tablesOf(script), script.letters);
  const grammar = script.unspaced ? unspacedTimes(parts) : spacedTimes(parts);
  made.set(script, grammar);
  return grammar;
}

/** The grammars of the scripts a text is written in; dates in figures are read by any. Each is made when it is first needed. */
export function grammarsFor(text: string): TimeGrammar[] {
  const written = scripts.filter(({ letters }) => letters.test(text));
  return (written.length === 0 || latin.letters.test(text) ? [latin, ...written] : written).map(grammarOf);
}

const edge = '(?<![\\p{L}\\p{M}\\p{N}])';
const end = '(?![\\p{L}\\p{M}\\p{N}])';
const latestIn = (all: readonly Script[]) =>
  alternatives(all.flatMap(tablesOf).flatMap((table) => formsIn([table], 'latest')));
/** Asks for how things are now. */
export const latest = new RegExp(
  `${edge}${latestIn([latin, ...scripts.filter(({ unspaced }) => !unspaced)])}${end}|${latestIn(scripts.filter(({ unspaced }) => unspaced === true))}`,
  'iu',
);
