/**
 * Sessions and the tokens that open them. A token is 256 random bits; only its SHA-256 lies here.
 * Finding a session, remembering its proof and moving its idle limit is one statement: one trip a request.
 */
import { Scope } from '@vivim/contract/identity';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Master } from './db.ts';
import type { UsedProof } from './replay.ts';
import { type RoutingColumns, type RoutingRow, toRoutingRow } from './routing.ts';

export type SessionKind = 'cookie' | 'dpop';

export interface NewSession {
  readonly sessionId: string;
  /** The key that signed: RFC 7638 thumbprint of its canonical form. */
  readonly kid: string;
  readonly kind: SessionKind;
  /** Thumbprint of the key the session is bound to. */
  readonly jkt: string;
  readonly scopes: readonly Scope[];
  readonly tokenHash: Uint8Array;
  readonly tokenExpiresAt: Date;
  readonly idleExpiresAt: Date;
  readonly absoluteExpiresAt: Date;
}

/**
 * Opens a session for whoever a key belongs to. Session and token appear together or not at all.
 *
 * @returns null when the key may not sign in: unknown, revoked, or of an account that is not active
 */
export async function openSession(master: Master, session: NewSession, now: Date): Promise<RoutingRow | null> {
  const { rows } = await sql<RoutingColumns>`
    with holder as (
      select u.user_id, u.auth_epoch
      from keys k
      join users u on u.user_id = k.user_id
      where k.kid = ${session.kid} and k.revoked_at is null and k.purpose in ('rotation', 'device-auth') and u.status = 'active'
    ), session as (
      insert into sessions (session_id, user_id, kind, jkt, scope, auth_epoch, auth_time, last_seen_at, idle_expires_at, absolute_expires_at)
      select ${session.sessionId}::uuid, user_id, ${session.kind}, ${session.jkt}, ${session.scopes.join(' ')}, auth_epoch,
        ${now}::timestamptz, ${now}::timestamptz, ${session.idleExpiresAt}::timestamptz, ${session.absoluteExpiresAt}::timestamptz
      from holder
      returning session_id, user_id
    ), token as (
      insert into tokens (token_h, session_id, type, expires_at)
      select ${session.tokenHash}, session_id, ${session.kind === 'cookie' ? 'cookie' : 'access'}, ${session.tokenExpiresAt}::timestamptz
      from session
    )
    select r.* from routing r join session using (user_id)`.execute(master.db);
  return rows[0] === undefined ? null : toRoutingRow(rows[0]);
}

export interface FoundSession {
  readonly sessionId: string;
  readonly kind: SessionKind;
  readonly jkt: string;
  readonly scopes: readonly Scope[];
  /** The earliest of the token's, the idle and the absolute limit. */
  readonly expiresAt: Date;
  readonly revoked: boolean;
  /** The proof handed in had not been used before. False without a proof, or where its key is not the session's. */
  readonly freshProof: boolean;
  readonly routing: RoutingRow;
}

interface SessionColumns extends RoutingColumns {
  readonly session_id: string;
  readonly kind: SessionKind;
  readonly jkt: string;
  readonly scope: string;
  readonly expires_at: Date;
  readonly revoked: boolean;
  readonly fresh_proof: boolean;
}

export interface SessionQuery {
  readonly tokenHash: Uint8Array;
  /** The proof that came with the token and the thumbprint of its key. */
  readonly proof: (UsedProof & { readonly jkt: string }) | null;
  /** A session in use lives this much longer; written at most every five minutes. */
  readonly idleMs: number;
}

const touchEveryMs = 5 * 60_000;
const Scopes = z.array(Scope);

/** Remembers the proof, if it is of the session's own key. */
const using = (found: RawBuilder<unknown>, proof: UsedProof & { readonly jkt: string }) => sql<SessionColumns>`
  with found as (${found}), used as (
    insert into replay (scope, jti_h, expires_at)
    select 'dpop', ${proof.hash}::bytea, ${proof.expiresAt}::timestamptz
    from found where found.kind = 'dpop' and found.jkt = ${proof.jkt}::text
    on conflict do nothing
    returning 1
  )
  select found.*, exists (select from used) as fresh_proof from found`;

/** Moves the idle limit of a browser's session that is still alive. */
const touching = (found: RawBuilder<unknown>, idleMs: number, now: Date) => sql<SessionColumns>`
  with found as (${found}), touched as (
    update sessions set
      last_seen_at = ${now}::timestamptz,
      idle_expires_at = least(${new Date(now.getTime() + idleMs)}::timestamptz, found.absolute_expires_at)
    from found
    where sessions.session_id = found.session_id and found.kind = 'cookie' and not found.revoked
      and found.expires_at > ${now}::timestamptz
      and found.last_seen_at < ${new Date(now.getTime() - touchEveryMs)}::timestamptz
  )
  select found.*, false as fresh_proof from found`;

/** Null when no session has this token. A session that ended is found too, so that its holder can be told so. */
export async function findSession(master: Master, query: SessionQuery, now: Date): Promise<FoundSession | null> {
  const { proof } = query;
  const found = sql`
    select s.session_id, s.kind, s.jkt, s.scope, s.last_seen_at, s.absolute_expires_at,
      least(t.expires_at, s.idle_expires_at, s.absolute_expires_at) as expires_at,
      s.revoked_at is not null or s.auth_epoch <> u.auth_epoch or u.status <> 'active' as revoked,
      r.user_id, r.storage_id, r.state, r.shard, r.fence, r.quota_bytes
    from tokens t
    join sessions s on s.session_id = t.session_id
    join users u on u.user_id = s.user_id
    join routing r on r.user_id = s.user_id
    where t.token_h = ${query.tokenHash}`;
  const rows =
    proof === null
      ? await master.prepared('find-session', touching(found, query.idleMs, now))
      : await master.prepared('find-session-with-proof', using(found, proof));
  const [row] = rows;
  if (row === undefined) return null;
  return {
    sessionId: row.session_id,
    kind: row.kind,
    jkt: row.jkt,
    scopes: Scopes.parse(row.scope.split(' ')),
    expiresAt: row.expires_at,
    revoked: row.revoked,
    freshProof: row.fresh_proof,
    routing: toRoutingRow(row),
  };
}

/** Ends a session at once, on every node. Doing it again is harmless. */
export async function revokeSession(master: Master, sessionId: string, now: Date): Promise<void> {
  await master.db
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('session_id', '=', sessionId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Ends the session a token opens, if there is one. */
export async function revokeByToken(master: Master, tokenHash: Uint8Array, now: Date): Promise<void> {
  await master.db
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('revoked_at', 'is', null)
    .where('session_id', 'in', (tokens) =>
      tokens.selectFrom('tokens').select('session_id').where('token_h', '=', tokenHash),
    )
    .execute();
}
