/** Accounts as the operator sees them: ids, states, numbers. Never a name, a DID, a key or an address. */
import type { AccountStatus } from '@vivim/contract/account';
import type { UserId } from '@vivim/contract/ids';
import { type RawBuilder, sql } from 'kysely';
import type { Master } from './db.ts';
import { type RoutingColumns, type RoutingRow, toRoutingRow } from './routing.ts';

export interface Account {
  readonly routing: RoutingRow;
  readonly createdAt: Date;
  readonly status: AccountStatus;
  readonly eraseAt: Date | null;
  readonly lastSeenAt: Date | null;
  /** Open ones. */
  readonly sessions: number;
  readonly devices: number;
  /** Of the last 30 days. */
  readonly used: { readonly requests: number; readonly engineMs: number };
}

interface AccountColumns extends RoutingColumns {
  readonly created_at: Date;
  readonly status: AccountStatus;
  readonly erase_at: Date | null;
  readonly last_seen_at: Date | null;
  readonly sessions: number;
  readonly devices: number;
  readonly requests: number;
  readonly engine_ms: number;
}

const accounts = (which: RawBuilder<unknown>, now: Date) => sql<AccountColumns>`
  select r.*, used.requests, used.engine_ms, u.created_at, u.status, u.erase_at,
    greatest((select max(last_seen_at) from sessions s where s.user_id = u.user_id),
      (select max(last_seen_at) from devices d where d.user_id = u.user_id)) as last_seen_at,
    (select count(*)::int from sessions s where s.user_id = u.user_id and s.revoked_at is null
      and s.auth_epoch = u.auth_epoch and least(s.idle_expires_at, s.absolute_expires_at) > ${now}::timestamptz) as sessions,
    (select count(*)::int from devices d where d.user_id = u.user_id and d.revoked_at is null) as devices
  from users u join routing r using (user_id)
  left join lateral (select coalesce(sum(requests), 0)::int8 as requests, coalesce(sum(engine_ms), 0)::int8 as engine_ms
    from usage_days d where d.user_id = u.user_id and d.day > (${now}::timestamptz - interval '30 days')::date) used on true
  ${which}`;

const toAccount = (row: AccountColumns): Account => ({
  routing: toRoutingRow(row),
  createdAt: row.created_at,
  status: row.status,
  eraseAt: row.erase_at,
  lastSeenAt: row.last_seen_at,
  sessions: row.sessions,
  devices: row.devices,
  used: { requests: row.requests, engineMs: row.engine_ms },
});

/** The oldest first, those after `after`. */
export async function listAccounts(
  master: Master,
  { after, limit }: { readonly after: UserId | null; readonly limit: number },
  now: Date,
): Promise<Account[]> {
  const which = sql`where ${after}::uuid is null or u.user_id > ${after}::uuid order by u.user_id limit ${limit}`;
  return (await accounts(which, now).execute(master.db)).rows.map(toAccount);
}

/** Null where nobody has this id. */
export async function findAccount(master: Master, userId: UserId, now: Date): Promise<Account | null> {
  const [row] = (await accounts(sql`where u.user_id = ${userId}::uuid`, now).execute(master.db)).rows;
  return row === undefined ? null : toAccount(row);
}

/** From the next start of its engine on. */
export async function setQuota(master: Master, userId: UserId, quotaBytes: number): Promise<void> {
  await master.db.updateTable('routing').set({ quota_bytes: quotaBytes }).where('user_id', '=', userId).execute();
}

/** Where the space of somebody who may use it lies; null for locked accounts and those that are to be erased. */
export async function findActiveRouting(master: Master, userId: UserId): Promise<RoutingRow | null> {
  const row = await master.db
    .selectFrom('routing as r')
    .innerJoin('users as u', 'u.user_id', 'r.user_id')
    .where('r.user_id', '=', userId)
    .where('u.status', '=', 'active')
    .selectAll('r')
    .executeTakeFirst();
  return row === undefined ? null : toRoutingRow(row);
}
