/**
 * A database that says it is one of ours, given back by a person: bytes nobody vouches for. Opened from memory, read-only and
 * defensive. Read only where its schema is, statement for statement, the one our migrations make, so that no view, trigger,
 * virtual table or computed column of anybody else's ever runs. Knows no table; never opens a file, and never writes.
 */
import { AppError } from '@vivim/contract/errors';
import Database from 'better-sqlite3-multiple-ciphers';
import type { Connection } from './database.ts';
import { type Migration, migrate, schemaVersionOf } from './migrate.ts';
import { withoutLog } from './uploaded-database.ts';

interface SchemaRow {
  readonly type: unknown;
  readonly name: unknown;
  readonly tbl_name: unknown;
  readonly sql: unknown;
}

/** What is wrong with it, in words. */
export const untrusted = (detail: string, cause?: unknown): AppError =>
  new AppError('import_schema_untrusted', `${detail} Nothing of it was kept.`, { cause });

const schemaOf = (connection: Connection, limit: number): SchemaRow[] =>
  connection
    .prepare<[number], SchemaRow>('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name LIMIT ?')
    .all(limit);

/** The schema our migrations make, as SQLite writes it down. */
function expectedSchema(migrations: readonly Migration[]): SchemaRow[] {
  const model = new Database(':memory:');
  try {
    migrate(model, migrations);
    return schemaOf(model, -1);
  } finally {
    model.close();
  }
}

/** @throws AppError `import_schema_untrusted` where it is not, object for object, a database of this version */
export function openReturnedDatabase(bytes: Buffer, migrations: readonly Migration[]): Connection {
  let connection: Connection;
  try {
    connection = new Database(withoutLog(bytes), { readonly: true });
  } catch (error) {
    throw untrusted('The file is no SQLite database.', error);
  }
  try {
    for (const setting of ['trusted_schema=OFF', 'query_only=ON', 'cell_size_check=ON', 'mmap_size=0'])
      connection.pragma(setting);
    assertOurs(connection, migrations);
    return connection;
  } catch (error) {
    connection.close();
    throw error instanceof AppError ? error : untrusted('The database is damaged.', error);
  }
}

const placeOf = ({ type, name }: SchemaRow): string => `${String(type)} ${String(name)}`;
const same = (a: SchemaRow, b: SchemaRow | undefined): boolean =>
  b !== undefined && a.tbl_name === b.tbl_name && a.sql === b.sql;

function assertOurs(connection: Connection, migrations: readonly Migration[]): void {
  const expected = expectedSchema(migrations);
  const found = schemaOf(connection, expected.length + 1);
  const version = schemaVersionOf(connection);
  if (version !== migrations.length)
    throw untrusted(
      `The database has schema ${version} and this server reads ${migrations.length}; export it as a JSON archive instead.`,
    );
  const places = new Map(expected.map((row) => [placeOf(row), row]));
  const strange = found.find((row) => !same(row, places.get(placeOf(row))));
  if (found.length === expected.length && strange === undefined) return;
  const here = new Set(found.map(placeOf));
  const first = strange ?? expected.find((row) => !here.has(placeOf(row)));
  const what = first === undefined ? 'how much it holds' : placeOf(first).slice(0, 80);
  throw untrusted(`The database differs from one that VIVIM makes, first in this: ${what}.`);
}

/** Whether the pages of a table are sound. @throws AppError `import_schema_untrusted` */
export function assertSound(connection: Connection, table: string): void {
  let result: unknown;
  try {
    result = connection.pragma(`quick_check("${table}")`, { simple: true });
  } catch (error) {
    throw untrusted(`The pages of ${table} are damaged.`, error);
  }
  if (result !== 'ok') throw untrusted(`The pages of ${table} are damaged.`);
}
