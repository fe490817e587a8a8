/**
 * Sessions and the tokens that open them. A token is 256 random bits; only its SHA-256 lies here.
 * Finding a session, remembering its proof and moving its idle limit is one statement: one trip a request.
 */
import type { AccountStatus } from '@vivim/contract/account';
import { Scope, type SessionKind } from '@vivim/contract/identity';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Master } from './db.ts';
import type { UsedProof } from './replay.ts';
import { type RoutingColumns, type RoutingRow, toRoutingRow } from './routing.ts';

export interface FoundSession {
  readonly sessionId: string;
  readonly kind: SessionKind;
  readonly jkt: string | null;
  readonly deviceId: string | null;
  readonly scopes: readonly Scope[];
  /** What the application calls itself; null where it is none. */
  readonly application: string | null;
  readonly audience: string;
  /** Address prefix it works from; null: from anywhere. */
  readonly network: string | null;
  /** When a key was last asked to sign for it. */
  readonly authTime: Date;
  /** The earliest of the token's, the idle and the absolute limit. */
  readonly expiresAt: Date;
  readonly revoked: boolean;
  readonly status: AccountStatus;
  readonly frozenUntil: Date | null;
  /** The proof handed in had not been used before. False without a proof, or where its key is not the session's. */
  readonly freshProof: boolean;
  readonly routing: RoutingRow;
}

interface SessionColumns extends RoutingColumns {
  readonly session_id: string;
  readonly kind: SessionKind;
  readonly jkt: string | null;
  readonly device_id: string | null;
  readonly scope: string;
  readonly client_name: string | null;
  readonly audience: string;
  readonly network: string | null;
  readonly auth_time: Date;
  readonly expires_at: Date;
  readonly revoked: boolean;
  readonly status: AccountStatus;
  readonly frozen_until: Date | null;
  readonly fresh_proof: boolean;
}

export interface SessionQuery {
  readonly tokenHash: Uint8Array;
  /** The proof that came with the token and the thumbprint of its key. */
  readonly proof: (UsedProof & { readonly jkt: string }) | null;
  /** A session in use lives this much longer; written at most every five minutes. */
  readonly idleMs: Readonly<Record<SessionKind, number>>;
  /** Address prefix of who asks, noted with the device. */
  readonly network: string;
}

const touchEveryMs = 5 * 60_000;
const Scopes = z.array(Scope);

/** Remembers the proof, if it is of the session's own key. */
const remembering = (proof: SessionQuery['proof']) =>
  proof === null
    ? sql`select 1 where false`
    : sql`
      insert into replay (scope, jti_h, expires_at)
      select 'dpop', ${proof.hash}::bytea, ${proof.expiresAt}::timestamptz
      from found where found.jkt = ${proof.jkt}::text
      on conflict do nothing
      returning 1`;

/** Moves the idle limit of a session that is alive, and notes where its device was. */
const touching = ({ idleMs, network }: SessionQuery, now: Date): RawBuilder<unknown> => sql`
  due as (
    select found.* from found
    where not found.revoked and found.expires_at > ${now}::timestamptz
      and found.last_seen_at < ${new Date(now.getTime() - touchEveryMs)}::timestamptz
  ), touched as (
    update sessions set
      last_seen_at = ${now}::timestamptz,
      idle_expires_at = least(
        ${now}::timestamptz + make_interval(secs => case due.kind
          when 'cookie' then ${idleMs.cookie / 1_000}::float8 when 'dpop' then ${idleMs.dpop / 1_000}::float8
          when 'oauth' then ${idleMs.oauth / 1_000}::float8 else ${idleMs.pat / 1_000}::float8 end),
        due.absolute_expires_at)
    from due where sessions.session_id = due.session_id
  ), seen as (
    update devices set last_seen_at = ${now}::timestamptz, last_network = ${network}
    from due where devices.device_id = due.device_id and due.kind in ('cookie', 'dpop')
  )`;

/** Null when no session has this token. A session that ended is found too, so that its holder can be told so. */
export async function findSession(master: Master, query: SessionQuery, now: Date): Promise<FoundSession | null> {
  const { proof } = query;
  const statement = sql<SessionColumns>`
    with found as (
      select s.session_id, s.kind, s.jkt, s.device_id, coalesce(t.scope, s.scope) as scope, s.client_name, s.audience, s.network,
        s.auth_time, s.last_seen_at, s.absolute_expires_at,
        least(t.expires_at, s.idle_expires_at, s.absolute_expires_at) as expires_at,
        s.revoked_at is not null or s.auth_epoch <> u.auth_epoch or u.status = 'locked' as revoked,
        u.status, u.frozen_until,
        r.user_id, r.storage_id, r.state, r.shard, r.fence, r.quota_bytes
      from tokens t
      join sessions s on s.session_id = t.session_id
      join users u on u.user_id = s.user_id
      join routing r on r.user_id = s.user_id
      where t.token_h = ${query.tokenHash} and t.type <> 'refresh'
    ), used as (${remembering(proof)}), ${touching(query, now)}
    select found.*, exists (select from used) as fresh_proof from found`;
  const [row] = await master.prepared(proof === null ? 'find-session' : 'find-session-with-proof', statement);
  if (row === undefined) return null;
  return {
    sessionId: row.session_id,
    kind: row.kind,
    jkt: row.jkt,
    deviceId: row.device_id,
    scopes: Scopes.parse(row.scope.split(' ')),
    application: row.client_name,
    audience: row.audience,
    network: row.network,
    authTime: row.auth_time,
    expiresAt: row.expires_at,
    revoked: row.revoked,
    status: row.status,
    frozenUntil: row.frozen_until,
    freshProof: row.fresh_proof,
    routing: toRoutingRow(row),
  };
}
