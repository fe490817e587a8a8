/**
 * Masters for tests: a fresh database for whoever asks, on the embedded PostgreSQL of the run and, where
 * VIVIM_TEST_MASTER_URL names one, on a PostgreSQL of the machine.
 */
import { randomBytes } from 'node:crypto';
import { type Master, type MasterTarget, openMaster } from '@vivim/gateway/master/db';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, inject, onTestFinished } from 'vitest';
import './master-setup.ts';

const externalUrl = process.env.VIVIM_TEST_MASTER_URL ?? '';

export interface MasterKind {
  readonly name: string;
  /** Where a database of one's own may be made. */
  readonly server: () => MasterTarget;
}

const embedded: MasterKind = { name: 'embedded PostgreSQL', server: () => inject('embeddedMaster') };
const external: MasterKind = {
  name: 'PostgreSQL of VIVIM_TEST_MASTER_URL',
  server: () => ({ kind: 'external', url: externalUrl }),
};

function withDatabase(target: MasterTarget, database: string): MasterTarget {
  if (target.kind === 'embedded') return { ...target, database };
  const url = new URL(target.url);
  url.pathname = `/${database}`;
  return { kind: 'external', url: url.href };
}

export interface TestDatabase {
  readonly target: MasterTarget;
  drop(): Promise<void>;
}

/** A new, empty database. */
export async function makeDatabase(kind: MasterKind = embedded): Promise<TestDatabase> {
  const name = `vivim_test_${randomBytes(6).toString('hex')}`;
  const admin = await openMaster(kind.server());
  await sql`create database ${sql.ref(name)}`.execute(admin.db);
  await admin.close();
  return {
    target: withDatabase(kind.server(), name),
    drop: async () => {
      const again = await openMaster(kind.server());
      await sql`drop database if exists ${sql.ref(name)} with (force)`.execute(again.db);
      await again.close();
    },
  };
}

/** An open, empty master, gone when the test ends. */
export async function newMaster(kind: MasterKind = embedded): Promise<Master> {
  const database = await makeDatabase(kind);
  const master = await openMaster(database.target);
  onTestFinished(async () => {
    await master.close();
    await database.drop();
  });
  return master;
}

/** Two gateways' doors to one empty master, for a suite. Read them inside tests only. */
export function twoMasters(kind: MasterKind): () => readonly [Master, Master] {
  let opened: readonly [Master, Master] | undefined;
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await makeDatabase(kind);
    opened = [await openMaster(database.target), await openMaster(database.target)];
  });
  afterAll(async () => {
    for (const master of opened ?? []) await master.close();
    await database?.drop();
  });
  return () => {
    if (opened === undefined) throw new Error('the masters are not open yet');
    return opened;
  };
}

/** The same suite on every PostgreSQL there is. The one of the machine is skipped by name where none is named. */
export function describeMasters(name: string, suite: (kind: MasterKind) => void): void {
  describe(`${name} · ${embedded.name}`, () => suite(embedded));
  const there = externalUrl !== '';
  const reason = there ? '' : ' (skipped: apt-get install postgresql, then set VIVIM_TEST_MASTER_URL=postgres://…)';
  describe.skipIf(!there)(`${name} · ${external.name}${reason}`, () => suite(external));
}
