/** Throw-away databases on a PostgreSQL that runs. Knows no test runner. */
import { randomBytes } from 'node:crypto';
import { connectMaster, type MasterTarget } from '@vivim/gateway/master/db';
import { sql } from 'kysely';

export interface TestDatabase {
  readonly target: MasterTarget;
  drop(): Promise<void>;
}

function withDatabase(target: MasterTarget, database: string): MasterTarget {
  if (target.kind === 'embedded') return { ...target, database };
  const url = new URL(target.url);
  url.pathname = `/${database}`;
  return { kind: 'external', url: url.href };
}

/** A new, empty database. */
export async function makeDatabaseOn(server: MasterTarget): Promise<TestDatabase> {
  const name = `vivim_test_${randomBytes(6).toString('hex')}`;
  const admin = connectMaster(server);
  await sql`create database ${sql.ref(name)}`.execute(admin.db);
  await admin.close();
  return {
    target: withDatabase(server, name),
    drop: async () => {
      const again = connectMaster(server);
      await sql`drop database if exists ${sql.ref(name)} with (force)`.execute(again.db);
      await again.close();
    },
  };
}
