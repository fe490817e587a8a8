/** Who may look at this server in a browser. They are named on the host alone; nothing that is reached over the network adds one. */
import { UserId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Master } from './db.ts';

/** Whether an account is one of an operator, and neither locked nor on its way out. */
export async function isOperator(master: Master, userId: UserId): Promise<boolean> {
  const found = await master.db
    .selectFrom('operators as o')
    .innerJoin('users as u', 'u.user_id', 'o.user_id')
    .where('o.user_id', '=', userId)
    .where('u.status', '=', 'active')
    .select('o.user_id')
    .executeTakeFirst();
  return found !== undefined;
}

export interface OperatorRow {
  readonly userId: UserId;
  readonly addedAt: Date;
}

/** The first that was added first. */
export async function listOperators(master: Master): Promise<OperatorRow[]> {
  const rows = await master.db.selectFrom('operators').selectAll().orderBy('added_at').orderBy('user_id').execute();
  return rows.map(({ user_id, added_at }) => ({ userId: UserId.parse(user_id), addedAt: added_at }));
}

/** @returns false where they were one before */
export async function addOperator(master: Master, userId: UserId, now: Date): Promise<boolean> {
  const added = await master.db
    .insertInto('operators')
    .values({ user_id: userId, added_at: now })
    .onConflict((c) => c.doNothing())
    .returning('user_id')
    .executeTakeFirst();
  return added !== undefined;
}

/** @returns false where they were none */
export async function removeOperator(master: Master, userId: UserId): Promise<boolean> {
  const removed = await master.db
    .deleteFrom('operators')
    .where('user_id', '=', userId)
    .returning('user_id')
    .executeTakeFirst();
  return removed !== undefined;
}

export interface Census {
  readonly accounts: number;
  readonly locked: number;
  readonly deleting: number;
  readonly seenToday: number;
  readonly seenThisMonth: number;
}

/** How many accounts there are, in which state, and how many of them were seen of late. */
export async function countAccounts(master: Master, now: Date): Promise<Census> {
  const { rows } = await sql<Census>`
    with people as (
      select u.status, greatest((select max(last_seen_at) from sessions s where s.user_id = u.user_id),
        (select max(last_seen_at) from devices d where d.user_id = u.user_id)) as seen
      from users u
    )
    select count(*)::int as accounts,
      (count(*) filter (where status = 'locked'))::int as locked,
      (count(*) filter (where status = 'deleting'))::int as deleting,
      (count(*) filter (where seen > ${now}::timestamptz - interval '1 day'))::int as "seenToday",
      (count(*) filter (where seen > ${now}::timestamptz - interval '30 days'))::int as "seenThisMonth"
    from people`.execute(master.db);
  const [row] = rows;
  if (row === undefined) throw new Error('a count gave no row');
  return row;
}

/** What PostgreSQL calls its own version, such as `18.1`. */
export async function postgresVersion(master: Master): Promise<string> {
  const { rows } = await sql<{ server_version: string }>`show server_version`.execute(master.db);
  return rows[0]?.server_version.split(' ')[0] ?? '';
}
