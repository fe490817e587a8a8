/**
 * The words of times of all languages, looked up. Languages whose texts share letters are read together, because a short question
 * does not say its language. Knows no order of words: the grammars do.
 */
import { arabic } from './arabic.ts';
import { chinese } from './chinese.ts';
import { dutch } from './dutch.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { hindi } from './hindi.ts';
import { italian } from './italian.ts';
import { japanese } from './japanese.ts';
import { korean } from './korean.ts';
import { portuguese } from './portuguese.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';
import type { TimeTable, TimeWord } from './time-table.ts';

/** By their BCP 47 tags. */
export const timeTables: Readonly<Record<string, TimeTable>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
  it: italian,
  nl: dutch,
  ru: russian,
  ar: arabic,
  hi: hindi,
  zh: chinese,
  ja: japanese,
  ko: korean,
};

const formsOf = (list: string | undefined): string[] => (list ?? '').split('|').filter((form) => form !== '');
const tables = Object.values(timeTables);

/** All forms of a word in these tables. */
export const formsIn = (of: readonly TimeTable[], word: TimeWord): string[] => [
  ...new Set(of.flatMap((table) => formsOf(table[word]))),
];

/** Words that say nothing beside a time, language by language: one's "war" is "was" in another. */
export const talking: readonly ReadonlySet<string>[] = tables.map((table) => new Set(formsOf(table.talking)));

/** A form as it is looked up: marks that people leave out count for nothing (nukta, the hamza of an alef, ё). */
export const even = (said: string): string =>
  said
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/’/g, "'")
    .replace(/[\u0900-\u097f]+/g, (hindi) => hindi.normalize('NFD').replaceAll('\u093c', ''))
    .replace(/[أإآ]/g, 'ا')
    .replace(/ة/g, 'ه')
    .replace(/ى/g, 'ي')
    .replace(/ё/g, 'е');

const evened = (forms: readonly string[]): ReadonlySet<string> => new Set(forms.map(even));
const known = new Map<TimeWord, ReadonlySet<string>>();

function isA(form: string, word: TimeWord): boolean {
  const forms = known.get(word) ?? evened(formsIn(tables, word));
  known.set(word, forms);
  return forms.has(form);
}

/** Which of these words a form is one of; null where of none. */
export function wordFor<W extends TimeWord>(said: string, words: readonly W[]): W | null {
  const form = even(said);
  return words.find((word) => isA(form, word)) ?? null;
}

type Counted = 'numbers' | 'ordinals' | 'months' | 'weekdays' | `${'days' | 'weeks' | 'months' | 'years'}Counted`;

/** Every form of a list that is counted, with its place in it from one on. */
export const counted = (word: Counted, of: readonly TimeTable[] = tables): [string, number][] =>
  of.flatMap((table) =>
    (table[word] ?? '').split(',').flatMap((forms, i) => formsOf(forms).map((form): [string, number] => [form, i + 1])),
  );

const byForm = (all: readonly [string, number][]): ReadonlyMap<string, number> =>
  new Map(all.map(([form, n]) => [even(form), n]));

/** How many: `two`, `quelques`. Forms are {@link even}. */
export const numbers = byForm(counted('numbers'));
/** A pattern: how many, in figures or in words of more than a letter. */
export const countWord = `\\d{1,3}|${[...numbers.keys()].filter((word) => word.length > 1).join('|')}`;
/** Which in a row: `first`, and −1 for `last`. */
export const ordinals = byForm([
  ...counted('ordinals'),
  ...formsIn(tables, 'final').map((form): [string, number] => [form, -1]),
]);

/** A time and how often it is, in one word: `неделю`, `أسبوعين`. */
export const countedUnits: ReadonlyMap<string, readonly ['day' | 'week' | 'month' | 'year', number]> = new Map(
  (['day', 'week', 'month', 'year'] as const).flatMap((unit) =>
    counted(`${unit}sCounted`).map(([form, n]) => [even(form), [unit, n]] as const),
  ),
);

const among = (words: string): ReadonlySet<string> => new Set(words.split('|'));
const dutchWords = among(
  'wat|we|wij|ik|je|het|een|mijn|ons|heb|hebben|hebt|heeft|zijn|dag|dagen|week|weken|maand|maanden|jaar|jaren|gezegd|gebeurd',
);

/** What another language says for something else ("hier" is "here" in German), and words beside which it tells a time. */
const borrowed: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'hier',
    among(
      'qu|que|quoi|quel|quelle|quels|quelles|ai|avons|avez|nous|vous|au|du|des|dit|fait|parlé|discuté|demandé|écrit|avant',
    ),
  ],
  ['na', dutchWords],
  ['tot', dutchWords],
  ['half', dutchWords],
  ['estate', among('che|cosa|quest|questa|scorsa|passata|della|dell|nell|in|nella|abbiamo|ho|il|mia|prima|fine')],
  ['fa', among('un|una|uno|due|tre|qualche|pochi|poche|quattro|cinque|sei|sette|otto|nove|dieci')],
]);

/** Followed by this, it tells no time by itself: "اليوم التالي" is the next day, not today. */
const goesOn: ReadonlyMap<string, RegExp> = new Map([['اليوم', /^\s+(?:التالي|السابق|الذي|الأول|(?:بعد|قبل)\s+\d)/u]]);

/**
 * Whether a word that tells a time is meant so in this text.
 * @param behind what stands behind it
 */
export function isMeant(said: string, text: string, behind = ''): boolean {
  const form = even(said);
  if (goesOn.get(form)?.test(behind)) return false;
  const beside = borrowed.get(form);
  return beside === undefined || (text.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => beside.has(word));
}
