/** Names of months and weekdays as people write them. Built once from `Intl`, with what it leaves out from the tables of words. */
import { counted, even, timeTables } from './time-words.ts';

/** Those with tables of words, and further ones of Europe; Arabic has months of its own in the east. */
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'ru', 'uk', 'ar', 'ar-SY', 'hi', 'zh', 'ja'];

/** Words that are much more than a month: only beside a day or a year. */
const ambiguous = new Set(['may', 'march', 'mars', 'mayo', 'mart'].map(even));

function monthNames(): Map<string, number> {
  const names = new Map<string, number>();
  const add = (name: string, month: number) => {
    if (!names.has(name)) names.set(name, month);
  };
  for (const language of languages) {
    const forms = [{ month: 'long' }, { day: 'numeric', month: 'long' }] as const;
    for (const options of language === 'en' ? [...forms, { month: 'short' } as const] : forms) {
      const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month++) {
        const parts = format.formatToParts(Date.UTC(2023, month - 1, 1));
        const name =
          parts
            .find(({ type }) => type === 'month')
            ?.value.toLowerCase()
            .replace(/\.$/, '') ?? '';
        if ((name.length > 2 || !/^[a-z]/.test(name)) && !/\d/.test(name)) add(name, month);
      }
    }
  }
  for (const [name, month] of counted('months')) add(name, month);
  return names;
}

/** 1–12 by name, lower case, as it is written. */
const monthsByName: ReadonlyMap<string, number> = monthNames();
export const months: readonly string[] = [...monthsByName.keys()];

/** A Monday. */
const monday = Date.UTC(2024, 0, 1);

const weekdaysOf = (language: string): [string, number][] => {
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, i) => [format.format(monday + i * 86_400_000).toLowerCase(), i]);
};

/** 0 for Monday, by name, lower case. */
const weekdaysByName: ReadonlyMap<string, number> = new Map([
  ...[...languages, 'ko'].flatMap(weekdaysOf),
  ...counted('weekdays').map(([name, n]): [string, number] => [name, n - 1]),
]);
export const weekdays: readonly string[] = [...weekdaysByName.keys()];

/** Names of days that are a day without a word before them. */
export const weekdaysAlone: readonly string[] = Object.entries(timeTables).flatMap(([language, table]) =>
  table.saidBare ? [...weekdaysOf(language), ...counted('weekdays', [table])].map(([name]) => name) : [],
);

const evened = (names: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...names].map(([name, n]) => [even(name), n]));
const monthNumbers = evened(monthsByName);
const weekdayNumbers = evened(weekdaysByName);

/** 1–12 of a name as a text has it, or of a number. */
export const monthOf = (said: string): number => monthNumbers.get(even(said)) ?? Number(said);
/** 0 for Monday. */
export const weekdayOfName = (said: string): number => weekdayNumbers.get(even(said)) ?? 0;

/** Whether a month's name alone is more likely another word. */
export const isAmbiguous = (name: string): boolean =>
  /^[\p{Script=Latin}\p{Script=Cyrillic}]{1,3}$/u.test(name) || ambiguous.has(even(name));
