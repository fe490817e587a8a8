/** What a code of the server means, in the language of the pages. Its own sentence stands behind it, in English. Never guesses at a code it does not know. */
import { errorTitles } from '@vivim/contract/errors';
import { strings } from './strings.ts';

const said: Readonly<Record<string, string>> = { ...strings.errors, ...strings.issues };

/** Of an error or of a remark in a report; null for a code this page does not know. */
export const saidByCode = (code: string): string | null => (Object.hasOwn(said, code) ? (said[code] ?? null) : null);

const titles: Readonly<Record<string, string>> = errorTitles;

/** The server's own sentence without the title of its code, which the page says itself; null where it says no more than that. */
export function detailBeside(code: string, detail: string): string | null {
  const title = Object.hasOwn(titles, code) ? (titles[code] ?? '') : '';
  const more = title !== '' && detail.startsWith(title) ? detail.slice(title.length).trim() : detail;
  return more === '' ? null : more;
}
