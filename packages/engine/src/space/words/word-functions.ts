/**
 * The word rules as functions of SQL, so that a text on its way from a table into an index never leaves the statement, and a name is
 * compared where it stands.
 */
import { foldText } from '@vivim/contract/words';
import type { Connection } from '../../sqlite/database.ts';
import { indexForms, indexText } from './index-words.ts';

/** Call it once for each connection of a space. */
export function defineWordFunctions(connection: Connection): void {
  connection.function('index_text', { deterministic: true }, (text: unknown) => indexText(String(text ?? '')));
  connection.function('index_forms', { deterministic: true }, (text: unknown) => indexForms(String(text ?? '')));
  connection.function('fold_text', { deterministic: true }, (text: unknown) =>
    text === null ? null : foldText(String(text)),
  );
}
