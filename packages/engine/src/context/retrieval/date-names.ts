/** Names of months, weekdays and seasons as people write them, of the larger languages of Europe. Built once from `Intl`. */

const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'ru', 'uk'];

/** Words that are much more than a month: only beside a day or a year. */
const ambiguous = new Set(['may', 'march', 'mars', 'mayo', 'mart']);

function monthNames(): Map<string, number> {
  const names = new Map<string, number>();
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
        if (name.length > 2 && !/\d/.test(name) && !names.has(name)) names.set(name, month);
      }
    }
  }
  return names;
}

/** 1–12 by name, lower case. */
export const months: ReadonlyMap<string, number> = monthNames();

/** Whether a month's name alone is more likely another word. */
export const isAmbiguous = (name: string): boolean => name.length < 4 || ambiguous.has(name);

/** 0 for Monday. */
export const weekdays: readonly string[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** First month of each, on the northern half of the earth, where most who write of seasons without a place live. */
export const seasons: ReadonlyMap<string, number> = new Map([
  ['spring', 3],
  ['summer', 6],
  ['autumn', 9],
  ['fall', 9],
  ['winter', 12],
]);

export const numbers: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['first', 1],
  ['second', 2],
  ['third', 3],
  ['fourth', 4],
  ['last', -1],
  ['couple of', 2],
  ['few', 3],
]);
