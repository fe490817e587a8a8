/** Requests to get back in. Vouching, stopping and finishing are each one statement; a request of nobody's answers like any other. */
import type { Platform } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';
import type { KeyAlgorithmName, RecoveryApproval } from '@vivim/contract/key-log';
import { sql } from 'kysely';
import type { Master, MasterReader } from './db.ts';

export interface NewRecoveryRequest {
  readonly requestId: string;
  readonly userId: UserId | null;
  readonly account: string;
  readonly method: 'recovery-key' | 'guardians';
  readonly challengeId: string;
  readonly did: string;
  readonly kid: string;
  readonly alg: KeyAlgorithmName;
  readonly publicKey: Uint8Array;
  readonly encKey: string;
  readonly platform: Platform;
  readonly deviceId: string;
  readonly approvals: readonly RecoveryApproval[];
  readonly threshold: number;
  /** Null while vouchers are missing. */
  readonly notBefore: Date | null;
  readonly expiresAt: Date;
}

export interface RecoveryRequestRow extends NewRecoveryRequest {
  readonly state: 'waiting' | 'pending' | 'done' | 'vetoed';
  readonly createdAt: Date;
}

export async function storeRecoveryRequest(master: Master, request: NewRecoveryRequest, now: Date): Promise<void> {
  await master.db
    .insertInto('recovery_requests')
    .values({
      request_id: request.requestId,
      user_id: request.userId,
      account: request.account,
      method: request.method,
      challenge_id: request.challengeId,
      did: request.did,
      kid: request.kid,
      alg: request.alg,
      public_key: request.publicKey,
      enc_key: request.encKey,
      platform: request.platform,
      device_id: request.deviceId,
      approvals: JSON.stringify(request.approvals),
      threshold: request.threshold,
      not_before: request.notBefore,
      state: request.notBefore === null ? 'waiting' : 'pending',
      created_at: now,
      expires_at: request.expiresAt,
    })
    .execute();
}

const requests = (master: Master, now: Date) =>
  master.db.selectFrom('recovery_requests').where('expires_at', '>', now).selectAll();
type Columns = Awaited<ReturnType<ReturnType<typeof requests>['executeTakeFirstOrThrow']>>;

const toRequest = (row: Columns): RecoveryRequestRow => ({
  requestId: row.request_id,
  userId: row.user_id as UserId | null,
  account: row.account,
  method: row.method,
  challengeId: row.challenge_id,
  did: row.did,
  kid: row.kid,
  alg: row.alg,
  publicKey: row.public_key,
  encKey: row.enc_key,
  platform: row.platform,
  deviceId: row.device_id,
  approvals: row.approvals,
  threshold: row.threshold,
  notBefore: row.not_before,
  state: row.state,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
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
