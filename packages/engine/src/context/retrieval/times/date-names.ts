/**
 * Names of months and weekdays as people write them: from `Intl`, with what it leaves out from the tables of words. Asked of `Intl` when
 * a time is first looked for, and not while an engine starts.
 */
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

/** A Monday. */
const monday = Date.UTC(2024, 0, 1);

const weekdaysOf = (language: string): [string, number][] => {
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, i) => [format.format(monday + i * 86_400_000).toLowerCase(), i]);
};

const weekdayNames = (): Map<string, number> =>
  new Map([
    ...[...languages, 'ko'].flatMap(weekdaysOf),
    ...counted('weekdays').map(([name, n]): [string, number] => [name, n - 1]),
  ]);

const evened = (names: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...names].map(([name, n]) => [even(name), n]));

interface DateNames {
  /** Lower case, as they are written. */
  readonly months: readonly string[];
  readonly weekdays: readonly string[];
  /** Those of days that are a day without a word before them. */
  readonly weekdaysAlone: readonly string[];
  /** 1–12, and 0 for Monday, by names that are {@link even}. */
  readonly monthNumbers: ReadonlyMap<string, number>;
  readonly weekdayNumbers: ReadonlyMap<string, number>;
}

let made: DateNames | undefined;

export function dateNames(): DateNames {
  if (made !== undefined) return made;
  const [months, weekdays] = [monthNames(), weekdayNames()];
  made = {
    months: [...months.keys()],
    weekdays: [...weekdays.keys()],
    weekdaysAlone: Object.entries(timeTables).flatMap(([language, table]) =>
      table.saidBare ? [...weekdaysOf(language), ...counted('weekdays', [table])].map(([name]) => name) : [],
    ),
    monthNumbers: evened(months),
    weekdayNumbers: evened(weekdays),
  };
  return made;
}

/** 1–12 of a name as a text has it, or of a number. */
export const monthOf = (said: string): number => dateNames().monthNumbers.get(even(said)) ?? Number(said);
/** 0 for Monday. */
export const weekdayOfName = (said: string): number => dateNames().weekdayNumbers.get(even(said)) ?? 0;

/** Whether a month's name alone is more likely another word. */
export const isAmbiguous = (name: string): boolean =>
  /^[\p{Script=Latin}\p{Script=Cyrillic}]{1,3}$/u.test(name) || ambiguous.has(even(name));
