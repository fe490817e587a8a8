/** What a code of the server means, in the language of the pages. Its own sentence stands behind it, in English. Never guesses at a code it does not know. */
import { strings } from './strings.ts';

const said: Readonly<Record<string, string>> = { ...strings.errors, ...strings.issues };

/** Of an error or of a remark in a report; null for a code this page does not know. */
export const saidByCode = (code: string): string | null => (Object.hasOwn(said, code) ? (said[code] ?? null) : null);
