/**
 * A master that is made from a dump: an empty database gets the tables the dump was written from, its rows, and what has been
 * added to tables since. Nobody is signed in afterwards. Never writes over a master that has people in it.
 */
import { sql } from 'kysely';
import { connectMaster, type MasterTarget } from './db.ts';
import { type DumpFacts, loadInto } from './dump.ts';

export interface RestoredRows {
  /** Users whose space is to be made anew at their next sign-in. */
  readonly without: readonly string[];
}

/**
 * All of it happens, or nothing.
 *
 * @throws Error in words when the database is not empty; AppError see `loadInto`
 */
export async function restoreMaster(target: MasterTarget, path: string, rows: RestoredRows): Promise<DumpFacts> {
  const { db, close } = connectMaster(target);
  try {
    return await db.transaction().execute(async (tx) => {
      const found = await sql<{ there: boolean }>`select to_regclass('users') is not null as there`.execute(tx);
      if (found.rows[0]?.there === true)
        throw new Error('The database of master has tables of VIVIM already. Restore into an empty one.');
      const facts = await loadInto(tx, path);
      // Whoever holds a ticket or an engine from before is told apart from those who come now.
      await tx.updateTable('routing').set({ fence: sql<number>`fence + 1` }).execute();
      await tx.updateTable('users').set({ erasing_node: null, erasing_until: null }).execute();
      if (rows.without.length > 0)
        await sql`update routing set state = 'creating' where state = 'ready' and user_id = any(${[...rows.without]}::uuid[])`.execute(
          tx,
        );
      return facts;
    });
  } finally {
    await close();
  }
}
