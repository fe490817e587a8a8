/** Many connections to one master, for races. */
import { type Master, openMaster } from '@vivim/gateway/master/db';
import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import type { TestDatabase } from './databases.ts';
import { type MasterKind, makeDatabase } from './masters.ts';

export interface Crowd {
  /** The door of one of the gateways. */
  master(): Master;
  /** Twenty at the same moment, ten from each of two gateways. */
  at20<T>(work: (master: Master, index: number) => Promise<T>): Promise<T[]>;
}

/** Twenty open connections of two gateways to one empty master, for a suite. */
export function useCrowd(kind: MasterKind): Crowd {
  let masters: readonly Master[] = [];
  let database: TestDatabase | undefined;
  const door = (index: number): Master => {
    const master = masters[index % 2];
    if (master === undefined) throw new Error('the masters are not open yet');
    return master;
  };
  const at20: Crowd['at20'] = (work) => Promise.all(Array.from({ length: 20 }, (_, index) => work(door(index), index)));
  beforeAll(async () => {
    database = await makeDatabase(kind);
    masters = [await openMaster(database.target), await openMaster(database.target)];
    // All connections open before the first race, so that they run at once and not one after the other.
    await at20((one) => sql`select pg_sleep(0.2)`.execute(one.db));
    const { rows } = await sql<{ open: number }>`
      select count(*)::int as open from pg_stat_activity
      where datname = current_database() and application_name = 'vivim'`.execute(door(0).db);
    if (rows[0]?.open !== 20) throw new Error(`there are ${rows[0]?.open} connections, and 20 were wanted`);
  });
  afterAll(async () => {
    for (const master of masters) await master.close();
    await database?.drop();
  });
  return { master: () => door(0), at20 };
}
