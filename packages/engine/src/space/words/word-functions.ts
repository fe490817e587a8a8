/** The word rules as functions of SQL, so that a text on its way from a table into an index never leaves the statement. */
import type { Connection } from '../../sqlite/database.ts';
import { indexForms, indexText } from './index-words.ts';

/** Call it once for each connection that writes words. */
export function defineWordFunctions(connection: Connection): void {
  connection.function('index_text', { deterministic: true }, (text: unknown) => indexText(String(text ?? '')));
  connection.function('index_forms', { deterministic: true }, (text: unknown) => indexForms(String(text ?? '')));
}
