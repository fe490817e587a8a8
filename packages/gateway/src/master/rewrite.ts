/**
 * Takes what was deleted out of the files of master. A deleted row, and an older state of one that was changed, stands in its page
 * until something else needs the room; here every table is written anew, and its old file goes. Changes no row.
 */
import { sql } from 'kysely';
import type { Master } from './db.ts';

/** How long one table is waited for, and everybody behind us with it. */
const patience = '2s';

/** Codes of PostgreSQL that say somebody else reads or writes. */
const busy: ReadonlySet<unknown> = new Set(['55P03', '40P01']);

/**
 * Writes every table anew, and the statistics, which quote values. Each table is locked for as long as writing it takes. The
 * log of the embedded master is emptied too; that of another PostgreSQL goes as its settings say.
 *
 * @param since when the last of what has to go was deleted
 * @param upTo noted in master once it is done; see {@link rewrittenUpTo}
 * @returns false where somebody still reads a state from before, or holds a table: try again later
 */
export async function rewriteTables(master: Master, since: Date, upTo: number): Promise<boolean> {
  return master.db.connection().execute(async (db) => {
    const older = await sql`
      select 1 from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and xact_start <= ${since}::timestamptz`.execute(
      db,
    );
    if (older.rows.length > 0) return false;
    const { rows: tables } = await sql<{ name: string }>`
      select oid::regclass::text as name from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`.execute(db);
    try {
      await sql.raw(`set lock_timeout = '${patience}'`).execute(db);
      for (const { name } of tables) await sql.raw(`vacuum (full, analyze) ${name}`).execute(db);
      // Who may not do this is told by a warning, and nothing is done.
      await sql`vacuum (full) pg_catalog.pg_statistic`.execute(db);
    } catch (error) {
      if (busy.has((error as { code?: unknown }).code)) return false;
      throw error;
    } finally {
      await sql`reset lock_timeout`.execute(db);
    }
    const { rows } = await sql<{ may: boolean }>`
      select rolsuper or pg_has_role(current_user, 'pg_checkpoint', 'usage') as may from pg_roles
      where rolname = current_user`.execute(db);
    // The log from before the second one is needed by nobody.
    if (master.kind === 'embedded') await sql`select pg_switch_wal()`.execute(db);
    if (rows[0]?.may === true) for (let nth = 0; nth < 2; nth += 1) await sql`checkpoint`.execute(db);
    await sql.raw(`comment on table users is 'rewritten after erasure ${Math.trunc(upTo)}'`).execute(db);
    return true;
  });
}

/** The line of the deletion ledger up to which nothing that was erased stands in the files any more; 0 for none. */
export async function rewrittenUpTo(master: Master): Promise<number> {
  const { rows } = await sql<{ note: string | null }>`
    select obj_description('users'::regclass, 'pg_class') as note`.execute(master.db);
  return Number(/^rewritten after erasure (\d+)$/.exec(rows[0]?.note ?? '')?.[1] ?? 0);
}

/** Now, by the clock that says when transactions began. */
export async function masterTime(master: Master): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(master.db);
  const [row] = rows;
  if (row === undefined) throw new Error('Master does not tell the time.');
  return row.now;
}
