/**
 * A database a person uploaded: bytes nobody vouches for. Opened from memory, read-only and defensive; its schema is
 * trusted for nothing, no extension can be loaded, nothing is attached to it and no SQL of its own is run. Only plain
 * tables are seen, and of those only stored columns. Never opens a file, and never writes.
 */
import { AppError } from '@vivim/contract/errors';
import Database from 'better-sqlite3-multiple-ciphers';

type Value = string | number | null;
export type UploadedRow = Readonly<Record<string, Value>>;

export interface UploadedDatabase {
  /** Its plain tables and their stored columns. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /**
   * Rows of a plain table; a column it does not have comes as null, and a BLOB as the text it holds.
   * @param binary a column whose BLOBs are no text: they come in base64
   * @throws AppError `import_unreadable` where the file is damaged
   */
  rows(
    table: string,
    columns: readonly string[],
    where?: { readonly column: string; readonly equals?: string; readonly startsWith?: string },
    binary?: string,
  ): Iterable<UploadedRow>;
  close(): void;
}

/** More objects than any program makes that we read from. */
const mostObjects = 1_000;
/** Of one value: longer ones come as null. */
const mostValueBytes = 32 * 1024 ** 2;

const damaged = (cause?: unknown): AppError =>
  new AppError('import_unreadable', 'The database is damaged or is none; nothing of it was read.', { cause });

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** @throws AppError `import_unreadable` */
export function openUploadedDatabase(bytes: Buffer): UploadedDatabase {
  let connection: Database.Database;
  try {
    connection = new Database(withoutLog(bytes), { readonly: true });
  } catch (error) {
    throw damaged(error);
  }
  try {
    for (const setting of ['trusted_schema=OFF', 'query_only=ON', 'cell_size_check=ON', 'mmap_size=0']) {
      connection.pragma(setting);
    }
    const tables = plainTables(connection);
    const checked = new Set<string>();
    return {
      tables,
      rows: (table, columns, where, binary) => rowsOf(connection, tables, checked, table, columns, where, binary),
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error instanceof AppError ? error : damaged(error);
  }
}

/**
 * A database in WAL mode cannot be opened from memory: without its log it is what a rollback-journal database of the same
 * pages is (https://www.sqlite.org/fileformat.html, section 1.3.3: the read and write versions).
 */
export function withoutLog(bytes: Buffer): Buffer {
  const [write, read] = [bytes[18], bytes[19]];
  if (write !== 2 && read !== 2) return bytes;
  bytes[18] = 1;
  bytes[19] = 1;
  return bytes;
}

function plainTables(connection: Database.Database): Map<string, readonly string[]> {
  const listed = connection
    .prepare<[number], { name: unknown; type: unknown; sql: unknown }>(
      'SELECT name, type, sql FROM sqlite_schema LIMIT ?',
    )
    .all(mostObjects + 1);
  if (listed.length > mostObjects) throw damaged();
  const found = new Map<string, readonly string[]>();
  for (const { name, type, sql } of listed) {
    if (type !== 'table' || typeof name !== 'string' || typeof sql !== 'string') continue;
    if (!/^\s*CREATE\s+TABLE\b/i.test(sql)) continue;
    // `hidden` is not 0 for what is computed (https://www.sqlite.org/pragma.html#pragma_table_xinfo).
    const columns = connection
      .prepare<[string], { name: unknown; hidden: unknown }>('SELECT name, hidden FROM pragma_table_xinfo(?)')
      .all(name)
      .flatMap((column) => (column.hidden === 0 && typeof column.name === 'string' ? [column.name] : []));
    found.set(name, columns);
  }
  return found;
}

function* rowsOf(
  connection: Database.Database,
  tables: ReadonlyMap<string, readonly string[]>,
  checked: Set<string>,
  table: string,
  columns: readonly string[],
  where?: { readonly column: string; readonly equals?: string; readonly startsWith?: string },
  binary?: string,
): Generator<UploadedRow> {
  const there = tables.get(table);
  if (there === undefined) return;
  if (where !== undefined && !there.includes(where.column)) return;
  const chosen = columns.map((column, ix) => `${there.includes(column) ? stored(column) : 'NULL'} AS c${ix}`);
  const filter = where === undefined ? '' : filterOf(where);
  const bound = where === undefined ? [] : boundOf(where);
  try {
    if (!checked.has(table)) {
      const result: unknown = connection.pragma(`quick_check(${quoted(table)})`, { simple: true });
      if (result !== 'ok') throw damaged();
      checked.add(table);
    }
    const statement = connection.prepare<string[], Record<string, unknown>>(
      `SELECT ${chosen.join(', ')} FROM main.${quoted(table)}${filter}`,
    );
    for (const row of statement.iterate(...bound)) {
      yield Object.fromEntries(
        columns.map((column, ix) => [column, plain(row[`c${ix}`], column === binary ? 'base64' : 'utf8')]),
      );
    }
  } catch (error) {
    throw error instanceof AppError ? error : damaged(error);
  }
}

const stored = (column: string): string =>
  `CASE WHEN length(CAST(${quoted(column)} AS BLOB)) <= ${mostValueBytes} THEN ${quoted(column)} END`;

function filterOf(where: { column: string; equals?: string; startsWith?: string }): string {
  if (where.equals !== undefined) return ` WHERE ${quoted(where.column)} = ?`;
  return where.startsWith === undefined ? '' : ` WHERE ${quoted(where.column)} >= ? AND ${quoted(where.column)} < ?`;
}

function boundOf(where: { equals?: string; startsWith?: string }): string[] {
  if (where.equals !== undefined) return [where.equals];
  // Every text that begins with a prefix stands before the prefix with the greatest code point behind it.
  return where.startsWith === undefined ? [] : [where.startsWith, `${where.startsWith}\u{10FFFF}`];
}

function plain(value: unknown, as: 'utf8' | 'base64'): Value {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return Buffer.isBuffer(value) ? value.toString(as) : null;
}
