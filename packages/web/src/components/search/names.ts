/** Names of languages as the reader's locale has them; programming languages go by their own. */
let names: Intl.DisplayNames | undefined;

/** Names of programming languages that are not simply written with a capital. */
const own: Readonly<Record<string, string>> = {
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  cpp: 'C++',
  csharp: 'C#',
  php: 'PHP',
  sql: 'SQL',
  html: 'HTML',
  css: 'CSS',
  json: 'JSON',
  yaml: 'YAML',
  xml: 'XML',
  toml: 'TOML',
};

/** @param language a BCP 47 tag of two letters, or a programming language */
export function languageName(language: string): string {
  if (Object.hasOwn(own, language)) return own[language] ?? language;
  if (/^[a-z]{2}$/.test(language) && language !== 'go') {
    names ??= new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });
    return names.of(language) ?? language;
  }
  return language.charAt(0).toUpperCase() + language.slice(1);
}
