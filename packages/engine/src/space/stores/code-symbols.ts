/**
 * What units of code define, by name: functions, types, constants, tables. Made from the words of the units whenever those are put, and
 * anew in the background. Knows nothing of what refers to a name: that is found by its words.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { symbolKey, symbolsOf } from '../words/code-symbols.ts';

interface CodeRow {
  acuPk: number;
  partPk: number;
  start: number;
  end: number;
  language: string | null;
}

const ofMessages = sql`SELECT value FROM json_each`;
const codeIn = (which: unknown) => sql<CodeRow>`
  SELECT a.pk AS acuPk, a.part_pk AS partPk, a.start_ix AS start, a.end_ix AS "end", a.language
  FROM acu a WHERE a.type = 'code' AND ${which} ORDER BY a.part_pk`;
const codeOfMessages = statement<{ pks: string }, CodeRow>((_, p) =>
  codeIn(sql`a.message_pk IN (${ofMessages}(${p.pks}))`),
);
const codeOfConversations = statement<{ pks: string }, CodeRow>((_, p) =>
  codeIn(sql`a.conversation_pk IN (${ofMessages}(${p.pks}))`),
);
const textOf = statement<{ pk: number }, { text: string | null }>((db, p) =>
  db.selectFrom('part').select('text').where('pk', '=', p.pk),
);
const drop = statement<{ pks: string }>(
  (_, p) => sql`DELETE FROM code_symbol WHERE acu_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const add = statement<{ rows: string }>(
  (_, p) => sql`
    INSERT OR IGNORE INTO code_symbol (key, acu_pk, name)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${p.rows})`,
);

/** A unit may be led in by a sentence: what its fences enclose is the code. */
const fence = /^[ \t]*(?:`{3,}|~{3,})[^\n]*\n/m;
/** Symbols of one unit; what defines more is data, or a file of its own. */
const mostOfUnit = 300;

/** What the code of these messages defines. @param pks a JSON list */
export const indexSymbols = (connection: Connection, pks: string): void =>
  put(connection, codeOfMessages.all(connection, { pks }));

/** The same of whole conversations. */
export const indexSymbolsIn = (connection: Connection, pks: string): void =>
  put(connection, codeOfConversations.all(connection, { pks }));

function put(connection: Connection, units: readonly CodeRow[]): void {
  if (units.length === 0) return;
  drop.run(connection, { pks: JSON.stringify(units.map(({ acuPk }) => acuPk)) });
  const rows: [string, number, string][] = [];
  let part = -1;
  let text = '';
  for (const { acuPk, partPk, start, end, language } of units) {
    if (partPk !== part) text = textOf.get(connection, { pk: partPk })?.text ?? '';
    part = partPk;
    const unit = text.slice(start, end);
    const code = unit.slice(fence.exec(unit)?.index ?? 0);
    for (const { name } of symbolsOf(code, language).slice(0, mostOfUnit)) rows.push([symbolKey(name), acuPk, name]);
  }
  if (rows.length > 0) add.run(connection, { rows: JSON.stringify(rows) });
}

export interface CodeWanted {
  /** Keys of symbols, from and to; null for any. */
  readonly symbolFrom: string | null;
  readonly symbolTo: string | null;
  readonly language: string | null;
}

const fitting = statement<CodeWanted & { pks: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT a.pk FROM json_each(${p.pks}) j JOIN acu a ON a.pk = j.value
    WHERE (${p.language} IS NULL OR a.language = ${p.language}) AND (${p.symbolFrom} IS NULL OR EXISTS (
      SELECT 1 FROM code_symbol s WHERE s.acu_pk = a.pk AND s.key BETWEEN ${p.symbolFrom} AND ${p.symbolTo}))`,
);

export class CodeReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Those of these units that are in the language and define what is asked for. */
  among(acuPks: readonly number[], wanted: CodeWanted): Set<number> {
    return new Set(fitting.all(this.#connection, { ...wanted, pks: JSON.stringify(acuPks) }).map(({ pk }) => pk));
  }
}
