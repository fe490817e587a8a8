/** Requests to get back in. Vouching, stopping and finishing are each one statement; a request of nobody's answers like any other. */
import type { UserId } from '@vivim/contract/ids';
import type { RecoveryApproval } from '@vivim/contract/key-log';
import { sql } from 'kysely';
import type { Master } from './db.ts';
import type { MasterReader } from './reader.ts';
import { toWaitingKey, type WaitingKey, waitingColumns } from './waiting-key.ts';

export interface RecoveryRequestRow extends WaitingKey {
  readonly method: 'recovery-key' | 'guardians';
  readonly challengeId: string;
  readonly approvals: readonly RecoveryApproval[];
  readonly threshold: number;
  /** Null while vouchers are missing. */
  readonly notBefore: Date | null;
  readonly state: 'waiting' | 'pending' | 'done' | 'vetoed';
}

export async function storeRecoveryRequest(master: Master, request: RecoveryRequestRow): Promise<void> {
  const { method, challengeId, approvals, threshold, notBefore, state } = request;
  await master.db
    .insertInto('recovery_requests')
    .values({
      ...waitingColumns(request),
      method,
      challenge_id: challengeId,
      approvals: JSON.stringify(approvals),
      threshold,
      not_before: notBefore,
      state,
    })
    .execute();
}

const requests = (master: Master, now: Date) =>
  master.db.selectFrom('recovery_requests').where('expires_at', '>', now).selectAll();
type Columns = Awaited<ReturnType<ReturnType<typeof requests>['executeTakeFirstOrThrow']>>;

const toRequest = (row: Columns): RecoveryRequestRow => ({
  ...toWaitingKey(row),
  method: row.method,
  challengeId: row.challenge_id,
  approvals: row.approvals,
  threshold: row.threshold,
  notBefore: row.not_before,
  state: row.state,
});

export async function findRecoveryRequest(
  master: Master,
  requestId: string,
  now: Date,
): Promise<RecoveryRequestRow | null> {
  const row = await requests(master, now).where('request_id', '=', requestId).executeTakeFirst();
  return row === undefined ? null : toRequest(row);
}

/** Requests for this account that are under way. */
export async function listRecoveryRequests(master: Master, userId: UserId, now: Date): Promise<RecoveryRequestRow[]> {
  const rows = await requests(master, now)
    .where('user_id', '=', userId)
    .where('state', 'in', ['waiting', 'pending'])
    .orderBy('created_at')
    .execute();
  return rows.map(toRequest);
}

/** Requests that wait for one of these DIDs to vouch. */
export async function listGuardianRequests(
  master: Master,
  dids: readonly string[],
  now: Date,
): Promise<RecoveryRequestRow[]> {
  const rows = await requests(master, now)
    .where('state', 'in', ['waiting', 'pending'])
    .where('method', '=', 'guardians')
    .where('user_id', 'in', (users) =>
      users
        .selectFrom('users')
        .where('status', '<>', 'deleting')
        .where(sql<boolean>`guardians->'dids' ?| ${[...dids]}::text[]`)
        .select('user_id'),
    )
    .orderBy('created_at')
    .execute();
  return rows.map(toRequest);
}

/** Adds a voucher once for each guardian; with enough of them the wait begins. False where there is nothing to vouch for. */
export async function addApproval(
  master: Master,
  vouch: { readonly requestId: string; readonly approval: RecoveryApproval; readonly notBefore: Date },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update recovery_requests set
      approvals = approvals || ${JSON.stringify([vouch.approval])}::jsonb,
      state = case when jsonb_array_length(approvals) + 1 >= threshold then 'pending' else state end,
      not_before = case when jsonb_array_length(approvals) + 1 >= threshold
        then coalesce(not_before, ${vouch.notBefore}::timestamptz) else not_before end
    where request_id = ${vouch.requestId}::uuid and state in ('waiting', 'pending') and expires_at > ${now}::timestamptz
      and not approvals @> ${JSON.stringify([{ did: vouch.approval.did }])}::jsonb
    returning 1`.execute(master.db);
  return rows.length > 0;
}

/** Stops a request of this account. False where none is under way. */
export async function vetoRecovery(master: Master, userId: UserId, requestId: string): Promise<boolean> {
  const { numUpdatedRows } = await master.db
    .updateTable('recovery_requests')
    .set({ state: 'vetoed' })
    .where('request_id', '=', requestId)
    .where('user_id', '=', userId)
    .where('state', 'in', ['waiting', 'pending'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Takes a request of this person's whose wait is over; of many who try at once one gets it. */
export async function takeRecovery(
  db: MasterReader,
  { userId, requestId }: { readonly userId: UserId; readonly requestId: string },
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recovery_requests')
    .set({ state: 'done' })
    .where('request_id', '=', requestId)
    .where('user_id', '=', userId)
    .where('state', '=', 'pending')
    .where('not_before', '<=', now)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
