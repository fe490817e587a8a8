/**
 * Which language the pages speak: chosen in this browser, or the first of the browser's own that is there. Its words are
 * fetched before the application is, so that whatever reads a word at load reads the right one; main.tsx sees to that.
 * English is in the application itself. Knows no words: that a language has all of them its own file says (`Strings`).
 */
type Translate = <Words extends object>(english: Words) => Words;

interface Language {
  /** In itself. Null: for tests and translators, offered by no menu. */
  readonly name: string | null;
  readonly dir: 'ltr' | 'rtl';
  /** Whose dates and numbers go with it. */
  readonly intl: string;
  readonly load: (() => Promise<{ readonly translate: (english: never) => object }>) | null;
}

/** A language is one line here and its file. What it imports: count.ts and types, nothing that reads strings.ts. */
const languages: Readonly<Record<string, Language>> = {
  en: { name: 'English', dir: 'ltr', intl: 'en', load: null },
  'en-XA': { name: null, dir: 'ltr', intl: 'el', load: () => import('./strings/locales/accented.ts') },
  'ar-XB': { name: null, dir: 'rtl', intl: 'ar', load: () => import('./strings/locales/mirrored.ts') },
};

const storedUnder = 'vivim:language';

export const languageNames: readonly (readonly [string, string])[] = Object.entries(languages).flatMap(
  ([tag, { name }]) => (name === null ? [] : [[tag, name] as const]),
);

/** Null: as the browser has it. */
export function languageChoice(): string | null {
  try {
    const chosen = localStorage.getItem(storedUnder);
    return chosen !== null && chosen in languages ? chosen : null;
  } catch {
    return null;
  }
}

/** Words are read once, when the application starts: it starts anew. */
export function chooseLanguage(tag: string | null): void {
  if (tag === null) localStorage.removeItem(storedUnder);
  else localStorage.setItem(storedUnder, tag);
  location.reload();
}

/** @param wanted tags of the browser, best first; what a language of ours begins with will do: `en` for `en-GB` */
export function bestLanguage(wanted: readonly string[]): string {
  const offered = new Set(languageNames.map(([tag]) => tag));
  for (const tag of wanted) {
    const base = tag.split('-')[0] ?? tag;
    const found = [tag, base].find((one) => offered.has(one));
    if (found !== undefined) return found;
  }
  return 'en';
}

const choice = globalThis.localStorage === undefined ? null : languageChoice();
const tag = choice ?? bestLanguage(globalThis.navigator?.languages ?? []);
const language = languages[tag] ?? languages.en;

/** For Intl: of the chosen language, else of the browser, whose digits a person is used to whatever language the words have. */
export const intlLocale: string | undefined = choice === null ? undefined : language?.intl;

let spoken: Translate = (english) => english;

/** English in, the chosen language out. */
export const translate: Translate = (english) => spoken(english);

/** To be awaited before anything that reads strings.ts is loaded. Where the words cannot be had, English is spoken. */
export async function learnLanguage(): Promise<void> {
  document.documentElement.lang = tag;
  document.documentElement.dir = language?.dir ?? 'ltr';
  if (language === undefined || language.load === null) return;
  try {
    spoken = (await language.load()).translate as Translate;
  } catch {
    document.documentElement.lang = 'en';
    document.documentElement.dir = 'ltr';
  }
}
