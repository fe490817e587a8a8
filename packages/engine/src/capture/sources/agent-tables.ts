/**
 * The databases agents keep their sessions in → one record for each, in nearly the generic format: Goose (`sessions.db`), Zed
 * (`threads.db`, each thread packed with zstd). Pure; holds ids, and one session at a time.
 */
import { zstdDecompressSync } from 'node:zlib';
import { asId, asName, asNumber, fromJson, isRecord, type JsonRecord } from './json-value.ts';
import type { Look, UploadedTables } from './source-module.ts';

export type Tables = Look['tables'];
export const hasColumns = (tables: Tables, table: string, ...columns: string[]): boolean =>
  columns.every((column) => tables.get(table)?.includes(column) === true);

export const isGoose = (tables: Tables): boolean =>
  hasColumns(tables, 'messages', 'id', 'session_id', 'role', 'content_json') && hasColumns(tables, 'sessions', 'id');
export const isZed = (tables: Tables): boolean => hasColumns(tables, 'threads', 'id', 'summary', 'data_type', 'data');

/**
 * Ids of rows by what they are of, in the order of their time.
 * @param tie what tells those of one time apart: their ids, or where they stand
 */
export function idsBy(
  database: UploadedTables,
  table: string,
  owner: string,
  time: string,
  tie: 'id' | 'place' = 'id',
): Map<string, string[]> {
  const apart = (a: string, b: string): number => (tie === 'place' ? 0 : a < b ? -1 : Number(a > b));
  const found = new Map<string, { id: string; at: number }[]>();
  for (const row of database.rows(table, ['id', owner, time])) {
    const [id, key] = [asId(row.id), asId(row[owner])];
    if (id === null || key === null) continue;
    const list = found.get(key) ?? [];
    list.push({ id, at: asNumber(row[time]) ?? 0 });
    found.set(key, list);
  }
  return new Map(
    [...found].map(([key, list]) => [
      key,
      list.toSorted((a, b) => a.at - b.at || apart(a.id, b.id)).map(({ id }) => id),
    ]),
  );
}

export const rowOf = (database: UploadedTables, table: string, columns: readonly string[], id: string): JsonRecord =>
  [...database.rows(table, columns, { column: 'id', equals: id })][0] ?? {};

export function* gooseSessions(database: UploadedTables): Generator<JsonRecord> {
  const messages = idsBy(database, 'messages', 'session_id', 'created_timestamp');
  for (const [session, ids] of messages) {
    const about = rowOf(
      database,
      'sessions',
      ['name', 'description', 'working_dir', 'created_at', 'updated_at'],
      session,
    );
    yield {
      id: session,
      title: asName(about.name) ?? asName(about.description),
      createdAt: about.created_at,
      updatedAt: about.updated_at,
      working_dir: about.working_dir,
      messages: ids.map((id) => {
        const row = rowOf(database, 'messages', ['message_id', 'role', 'content_json', 'created_timestamp'], id);
        const content = fromJson(asName(row.content_json) ?? '') ?? row.content_json;
        return { id: asId(row.message_id) ?? id, role: row.role, createdAt: row.created_timestamp, content };
      }),
    };
  }
}

/** Of one thread, unpacked. */
const mostBytes = 32 * 1024 ** 2;

export function* zedThreads(database: UploadedTables): Generator<JsonRecord> {
  const ids = [...database.rows('threads', ['id'])].flatMap(({ id }) => asId(id) ?? []);
  for (const id of ids) {
    const where = { column: 'id', equals: id } as const;
    const [row = {}] = database.rows('threads', ['summary', 'updated_at', 'data_type', 'data'], where, 'data');
    const thread = fromJson(unpacked(Buffer.from(asName(row.data) ?? '', 'base64'), row.data_type === 'zstd'));
    yield { id, title: row.summary, updated_at: row.updated_at, ...(isRecord(thread) ? thread : {}) };
  }
}

/** '' where it is damaged or larger than one conversation may be: its reader says that it has no messages. */
function unpacked(bytes: Buffer, packed: boolean): string {
  if (!packed) return bytes.toString('utf8');
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: mostBytes }).toString('utf8');
  } catch {
    return '';
  }
}
