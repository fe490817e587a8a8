/** Listing sessions and ending them. An end is told to every gateway in the statement that makes it. */
import type { Platform, SessionKind } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Master } from './db.ts';
import { newsChannel, tellEnded } from './news.ts';

export interface ListedSession {
  readonly sessionId: string;
  readonly kind: SessionKind;
  readonly scope: string;
  readonly deviceId: string | null;
  readonly platform: Platform | null;
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly nameCt: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** Sessions that are open, latest used first. */
export async function listSessions(master: Master, userId: UserId, now: Date): Promise<ListedSession[]> {
  const rows = await master.db
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.user_id', 's.user_id')
    .leftJoin('devices as d', 'd.device_id', 's.device_id')
    .where('s.user_id', '=', userId)
    .where('s.revoked_at', 'is', null)
    .whereRef('s.auth_epoch', '=', 'u.auth_epoch')
    .where('s.idle_expires_at', '>', now)
    .where('s.absolute_expires_at', '>', now)
    .orderBy('s.last_seen_at', 'desc')
    .select(['s.session_id', 's.kind', 's.scope', 's.device_id', 'd.platform', 's.client_id', 's.client_name'])
    .select(['s.name_ct', 's.created_at', 's.last_seen_at', 's.idle_expires_at', 's.absolute_expires_at'])
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    kind: row.kind,
    scope: row.scope,
    deviceId: row.device_id,
    platform: row.platform,
    clientId: row.client_id,
    clientName: row.client_name,
    nameCt: row.name_ct,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.idle_expires_at < row.absolute_expires_at ? row.idle_expires_at : row.absolute_expires_at,
  }));
}

/** Ends one session of a person, at once, on every node. False where they have no open session of this id. */
export async function endSession(
  master: Master,
  { userId, sessionId, reason }: { readonly userId: UserId; readonly sessionId: string; readonly reason: string },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    with ended as (
      update sessions set revoked_at = ${now}::timestamptz, revoke_reason = ${reason}
      where session_id = ${sessionId}::uuid and user_id = ${userId}::uuid and revoked_at is null
      returning session_id
    )
    select ${tellEnded(sql.ref('session_id'))} from ended`.execute(master.db);
  return rows.length > 0;
}

/** Ends every session of a person by moving their epoch; `except` moves along with it. */
export async function endAllSessions(
  master: Master,
  { userId, except }: { readonly userId: UserId; readonly except: string | null },
): Promise<void> {
  await sql`
    with moved as (
      update users set auth_epoch = auth_epoch + 1 where user_id = ${userId}::uuid returning user_id, auth_epoch
    ), kept as (
      update sessions set auth_epoch = moved.auth_epoch from moved
      where sessions.user_id = moved.user_id and sessions.session_id = ${except}::uuid and sessions.revoked_at is null
    )
    select pg_notify(${newsChannel},
      json_build_object('kind', 'person-ended', 'userId', user_id, 'except', ${except}::text)::text) from moved`.execute(
    master.db,
  );
}

/** Ends the session a token opens, if there is one. @returns whose it was */
export async function endByToken(master: Master, tokenHash: Uint8Array, now: Date): Promise<UserId | null> {
  const { rows } = await sql<{ user_id: UserId }>`
    with ended as (
      update sessions set revoked_at = ${now}::timestamptz, revoke_reason = 'token_leaked'
      where revoked_at is null and session_id in (select session_id from tokens where token_h = ${tokenHash})
      returning session_id, user_id
    )
    select user_id, ${tellEnded(sql.ref('session_id'))} from ended`.execute(master.db);
  return rows[0]?.user_id ?? null;
}

/** Which of these sessions are no more: ended, closed with their account, or gone with it. */
export async function endedAmong(master: Master, sessionIds: readonly string[]): Promise<string[]> {
  if (sessionIds.length === 0) return [];
  const rows = await master.db
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.user_id', 's.user_id')
    .where('s.session_id', 'in', [...sessionIds])
    .where('s.revoked_at', 'is', null)
    .whereRef('s.auth_epoch', '=', 'u.auth_epoch')
    .where('u.status', '<>', 'locked')
    .select('s.session_id')
    .execute();
  const alive = new Set(rows.map((row) => row.session_id));
  return sessionIds.filter((sessionId) => !alive.has(sessionId));
}

/** Whether a person is signed in themselves somewhere: in a browser or with a key, not through an application or a token. */
export async function isSignedIn(master: Master, userId: UserId, now: Date): Promise<boolean> {
  const found = await listSessions(master, userId, now);
  return found.some(({ kind }) => kind === 'cookie' || kind === 'dpop');
}
