/**
 * Masters for tests: a fresh database for whoever asks, on the embedded PostgreSQL of the run and, where
 * VIVIM_TEST_MASTER_URL names one, on a PostgreSQL of the machine.
 */
import { type Master, type MasterTarget, openMaster } from '@vivim/gateway/master/db';
import { describe, inject, onTestFinished } from 'vitest';
import { makeDatabaseOn, type TestDatabase } from './databases.ts';
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

/** A new, empty database. */
export const makeDatabase = (kind: MasterKind = embedded): Promise<TestDatabase> => makeDatabaseOn(kind.server());

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

/**
 * A suite that asks over HTTP, where master plays no part of its own: on the PostgreSQL of the machine, or on the embedded one where
 * none is named. What master does is tried on both by its own tests, and so is every route (`test/api/roles.test.ts`), everything
 * that must be refused, and whatever is done twice at once; the embedded one is behind every server of `test/flows`.
 */
export function describeOnMaster(name: string, suite: (kind: MasterKind) => void): void {
  describe(name, () => suite(externalUrl === '' ? embedded : external));
}

/** The same suite on every PostgreSQL there is. The one of the machine is skipped by name where none is named. */
export function describeMasters(name: string, suite: (kind: MasterKind) => void): void {
  describe(`${name} · ${embedded.name}`, () => suite(embedded));
  const there = externalUrl !== '';
  const reason = there ? '' : ' (skipped: apt-get install postgresql, then set VIVIM_TEST_MASTER_URL=postgres://…)';
  describe.skipIf(!there)(`${name} · ${external.name}${reason}`, () => suite(external));
}
