/**
 * The one table the `llm` command had before it knew conversations (2023): `log`, then `logs`, under the names each of its migrations
 * gave the columns (llm/migrations.py of simonw/llm, m001–m009). It stays in newer databases where something was in it. A row that
 * goes on with a chat names that chat's first row. Pure; holds ids, and one record at a time where rows have ids.
 */
import { asId, asName, type JsonRecord } from './json-value.ts';
import type { UploadedTables } from './source-module.ts';

const names = ['log', 'logs'] as const;

/** Whether a database has such a table. */
export const hasOldLog = (tables: ReadonlyMap<string, readonly string[]>): boolean =>
  names.some((name) => isLog(tables.get(name)));

const isLog = (columns: readonly string[] | undefined): boolean =>
  columns !== undefined &&
  ['prompt', 'response', 'model'].every((name) => columns.includes(name)) &&
  ['chat_id', 'provider', 'system'].some((name) => columns.includes(name));

const columns = ['id', 'model', 'prompt', 'system', 'response', 'datetime_utc', 'timestamp_utc', 'timestamp'];

/** A record for each chat, as the tables of conversations give them. */
export function* oldLogsOf(database: UploadedTables): Generator<unknown> {
  for (const name of names) if (isLog(database.tables.get(name))) yield* chatsOf(database, name);
}

function* chatsOf(database: UploadedTables, table: string): Generator<unknown> {
  const counted = database.tables.get(table)?.includes('id') !== true;
  /** The chat each row is of, by the row's id. */
  const chatOf = new Map<string, string>();
  const rowsOfChat = new Map<string, (string | JsonRecord)[]>();
  let place = 0;
  // The earliest tables have no ids: a chat named the place of its first row. Their few rows are held.
  for (const row of database.rows(table, ['chat_id', 'reply_to_id', ...(counted ? columns : ['id'])])) {
    place += 1;
    const id = counted ? `${place}` : asId(row.id);
    if (id === null) continue;
    const before = asId(row.chat_id) ?? asId(row.reply_to_id);
    const chat = before === null ? id : (chatOf.get(before) ?? before);
    chatOf.set(id, chat);
    const known = rowsOfChat.get(chat);
    const held = counted ? { ...row, id } : id;
    if (known === undefined) rowsOfChat.set(chat, [held]);
    else known.push(held);
  }
  for (const [chat, rows] of rowsOfChat) {
    const responses = rows.flatMap((row) =>
      typeof row === 'string' ? [...database.rows(table, columns, { column: 'id', equals: row })] : [row],
    );
    yield { conversation: { id: `log/${chat}`, name: null }, responses: responses.map(asResponse) };
  }
}

const asResponse = ({ timestamp, timestamp_utc, ...row }: JsonRecord): JsonRecord => ({
  ...row,
  id: `log/${asId(row.id) ?? ''}`,
  datetime_utc: asName(row.datetime_utc) ?? asName(timestamp_utc) ?? asName(timestamp),
});
