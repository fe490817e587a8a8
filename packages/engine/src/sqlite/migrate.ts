/**
 * Bring a database to the newest schema: numbered steps, one IMMEDIATE transaction, keyed by `user_version`.
 * Knows no table; the steps are handed in.
 */
import { AppError } from '@vivim/contract/errors';
import { type Connection, sqliteCode } from './database.ts';
import { writeTransaction } from './transaction.ts';

export interface Migration {
  /** The `user_version` after it; consecutive from 1. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** Pure functions its statements call, by name. */
  readonly functions?: Readonly<Record<string, (...values: never[]) => string | Uint8Array>>;
}

export const schemaVersionOf = (connection: Connection): number =>
  Number(connection.pragma('user_version', { simple: true }));

/** @throws AppError `schema_too_new` when a newer VIVIM wrote the file */
export function assertKnown(version: number, migrations: readonly Migration[]): void {
  const newest = migrations.length;
  if (version > newest)
    throw new AppError('schema_too_new', `The database has schema ${version}; this server knows ${newest}.`);
}

/** Pages a database may have at most, ever (https://sqlite.org/limits.html). */
const anyPages = 4_294_967_294;

/**
 * Foreign keys rest meanwhile, or a step that makes a table anew would delete what points to the old one
 * (https://sqlite.org/lang_altertable.html, section 7); that they hold is checked before the commit. So does the quota: a
 * full space must not be a space that cannot come along.
 *
 * @returns how many steps ran
 * @throws AppError `schema_too_new` when a newer VIVIM wrote the file; `migration_failed` when a step fails; `quota_exceeded`
 * when the disk is full and `engine_unavailable` when somebody else still has the file. Nothing is changed then
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): number {
  const found = schemaVersionOf(connection);
  assertKnown(found, migrations);
  if (found === migrations.length) return 0;
  const quotaPages = Number(connection.pragma('max_page_count', { simple: true }));
  connection.pragma('foreign_keys=OFF');
  connection.pragma(`max_page_count=${anyPages}`);
  try {
    return writeTransaction(connection, () => {
      const steps = migrations.slice(schemaVersionOf(connection));
      for (const step of steps) {
        for (const [name, pure] of Object.entries(step.functions ?? {}))
          connection.function(name, { deterministic: true }, pure);
        connection.exec(step.sql);
        connection.pragma(`user_version=${step.version}`);
      }
      const dangling = connection.prepare('SELECT count(*) AS many FROM pragma_foreign_key_check').pluck().get();
      if (dangling !== 0) throw new Error('rows point to what is not there');
      return steps.length;
    });
  } catch (error) {
    throw inWords(error);
  } finally {
    connection.pragma('foreign_keys=ON');
    connection.pragma(`max_page_count=${quotaPages}`);
  }
}

function inWords(cause: unknown): AppError {
  const code = sqliteCode(cause) ?? '';
  if (code === 'SQLITE_FULL')
    return new AppError('quota_exceeded', 'The disk of the server is full; your database was left as it was.', {
      cause,
    });
  if (code.startsWith('SQLITE_BUSY')) return new AppError('engine_unavailable', undefined, { cause });
  return new AppError('migration_failed', undefined, { cause });
}
