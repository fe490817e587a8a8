/**
 * Accounts that are to be erased: taking the work, and the last statement of an account's life. An account that was taken is
 * past being kept: no other statement moves it any more.
 */
import type { UserId } from '@vivim/contract/ids';
import { type RawBuilder, sql } from 'kysely';
import { placeEntry } from './audit.ts';
import type { Master } from './db.ts';
import { newsChannel } from './news.ts';
import { type RoutingColumns, type RoutingRow, toRoutingRow } from './routing.ts';

export interface ErasureClaim {
  /** This server, by the same name after every start. */
  readonly node: string;
  /** Spaces lie on shards; a server erases those of its own. */
  readonly shard: string;
  /** After this time another server may take the work over. */
  readonly until: Date;
}

export interface ClaimedErasure {
  readonly routing: RoutingRow;
  readonly by: 'owner' | 'operator';
}

/** Takes the account that has waited longest past its time. Of many servers one gets it; null when there is none. */
export async function claimErasure(master: Master, claim: ErasureClaim, now: Date): Promise<ClaimedErasure | null> {
  const { rows } = await sql<RoutingColumns & { erase_by: 'operator' | null }>`
    with due as (
      select u.user_id from users u join routing r using (user_id)
      where u.status = 'deleting' and u.erase_at <= ${now}::timestamptz and r.shard = ${claim.shard}
        and (u.erasing_until is null or u.erasing_until <= ${now}::timestamptz)
      order by u.erase_at limit 1 for update of u skip locked
    ), claimed as (
      update users set erasing_node = ${claim.node}, erasing_until = ${claim.until}::timestamptz
      from due where users.user_id = due.user_id returning users.user_id, users.erase_by
    )
    update routing set state = 'deleting', fence = fence + 1 from claimed
    where routing.user_id = claimed.user_id returning routing.*, claimed.erase_by`.execute(master.db);
  const [row] = rows;
  return row === undefined ? null : { routing: toRoutingRow(row), by: row.erase_by ?? 'owner' };
}

/** Gives back what this server had taken when it was killed, so that it can take it again at once. */
export async function releaseErasures(master: Master, node: string): Promise<void> {
  await master.db
    .updateTable('users')
    .set({ erasing_until: new Date(0) })
    .where('erasing_node', '=', node)
    .execute();
}

const markDue = (which: RawBuilder<unknown>, by: 'operator' | null, now: Date): RawBuilder<{ user_id: UserId }> => sql`
  with due as (
    update users set status = 'deleting', erase_at = ${now}::timestamptz, erase_by = ${by}, auth_epoch = auth_epoch + 1
    where ${which} and erasing_node is null returning user_id
  )
  select user_id, pg_notify(${newsChannel},
    json_build_object('kind', 'person-ended', 'userId', user_id, 'except', null)::text) from due`;

/** The operator's word: the account is to be erased now, and every session of it ends. */
export async function markForErasure(master: Master, userId: UserId, now: Date): Promise<void> {
  await markDue(sql`user_id = ${userId}::uuid`, 'operator', now).execute(master.db);
}

/** Accounts of these ids that are in master: erased before, they came back with a backup of it. */
export async function markReturned(master: Master, userIds: readonly UserId[], now: Date): Promise<number> {
  const { rows } = await markDue(sql`user_id = any(${[...userIds]}::uuid[])`, null, now).execute(master.db);
  return rows.length;
}

/**
 * Everything of a person goes: identity, keys, devices, sessions, their chain. What stays is one entry of the operator's chain.
 * Whatever is open in their name ends. All of it happens, or nothing.
 *
 * @param erasure the receipt, and the number of its line in the ledger
 */
export async function eraseRows(
  master: Master,
  { routing: { userId }, by }: ClaimedErasure,
  erasure: { readonly receipt: string; readonly seq: number },
  now: Date,
): Promise<void> {
  const again = new Error('contended');
  for (;;) {
    try {
      const head = await master.db.transaction().execute(async (tx) => {
        // First the person, for whoever writes an entry holds their row; then their chain, with what was written last.
        await tx.deleteFrom('users').where('user_id', '=', userId).execute();
        await tx.deleteFrom('audit').where('chain', '=', userId).execute();
        // Questions of applications that were being answered name who answered.
        await tx.deleteFrom('oauth_payloads').where(sql<string>`payload::text`, 'like', `%${userId}%`).execute();
        const placed = await placeEntry(
          tx,
          {
            chain: 'operator',
            event: by === 'operator' ? 'admin.erased' : 'account.erased',
            actor: by,
            ref: erasure.receipt,
            meta: { seq: erasure.seq },
          },
          now,
        );
        if (placed === 'contended' || placed === 'gone') throw again;
        const news = JSON.stringify({ kind: 'person-ended', userId, except: null });
        await sql`select pg_notify(${newsChannel}, ${news})`.execute(tx);
        return placed;
      });
      return await master.witness.note({ chain: 'operator', ...head });
    } catch (error) {
      if (error !== again) throw error;
    }
  }
}
