/** Names of months and weekdays as people write them, of the larger languages of Europe. Built once from `Intl`. */

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

/** A Monday. */
const monday = Date.UTC(2024, 0, 1);

/** 0 for Monday, by name, lower case. */
export const weekdays: ReadonlyMap<string, number> = new Map(
  languages.flatMap((language) => {
    const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
    return Array.from({ length: 7 }, (_, i): [string, number] => [
      format.format(monday + i * 86_400_000).toLowerCase(),
      i,
    ]);
  }),
);
