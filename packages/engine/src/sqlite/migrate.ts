/**
 * Bring a database to the newest schema: numbered steps, one IMMEDIATE transaction, keyed by `user_version`.
 * Knows no table; the steps are handed in.
 */
import { AppError } from '@vivim/contract/errors';
import type { Connection } from './database.ts';
import { writeTransaction } from './transaction.ts';

export interface Migration {
  /** The `user_version` after it; consecutive from 1. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const schemaVersionOf = (connection: Connection): number =>
  Number(connection.pragma('user_version', { simple: true }));

/**
 * @returns how many steps ran
 * @throws AppError `schema_too_new` when a newer VIVIM wrote the file, `migration_failed` when a step fails; nothing is changed then
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): number {
  const newest = migrations.length;
  const found = schemaVersionOf(connection);
  if (found > newest)
    throw new AppError('schema_too_new', `The database has schema ${found}; this server knows ${newest}.`);
  if (found === newest) return 0;
  try {
    return writeTransaction(connection, () => {
      const steps = migrations.slice(schemaVersionOf(connection));
      for (const step of steps) {
        connection.exec(step.sql);
        connection.pragma(`user_version=${step.version}`);
      }
      return steps.length;
    });
  } catch (error) {
    throw new AppError('migration_failed', undefined, { cause: error });
  }
}
