/**
 * Opening sessions and renewing their tokens. Session and tokens appear together or not at all; who may open one is decided
 * in the same statement that opens it.
 */
import type { AccountStatus } from '@vivim/contract/account';
import type { Scope, SessionKind } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';
import { type RawBuilder, sql } from 'kysely';
import type { Master } from './db.ts';
import { tellEnded } from './news.ts';
import type { UsedProof } from './replay.ts';
import { type RoutingColumns, type RoutingRow, toRoutingRow } from './routing.ts';

export interface NewToken {
  readonly hash: Uint8Array;
  readonly type: 'access' | 'cookie' | 'refresh' | 'pat';
  readonly expiresAt: Date;
}

export interface NewSession {
  readonly sessionId: string;
  readonly kind: SessionKind;
  /** Thumbprint of the key the session is bound to; null for bearers. */
  readonly jkt: string | null;
  readonly scopes: readonly Scope[];
  readonly audience: string;
  readonly tokens: readonly NewToken[];
  readonly idleExpiresAt: Date;
  readonly absoluteExpiresAt: Date;
}

const tokenRows = (tokens: readonly NewToken[], session: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql.join(
    tokens.map(
      ({ hash, type, expiresAt }) =>
        sql`select ${hash}::bytea, session_id, ${type}, ${expiresAt}::timestamptz from ${session}`,
    ),
    sql` union all `,
  );

/** Of each kind this many may be open; the one unused for longest goes first. */
const openAtMost = 10;

/** What a signature proved: a key of somebody's, and for a name on the web that the name is theirs too. */
export interface ProvenKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  /** A did:web as it is registered; null for DIDs that are their key. */
  readonly did: string | null;
  /** `key` or `passkey`. */
  readonly amr: string;
  /** Address prefix it was proved from, noted with its device. */
  readonly network: string;
}

export type Opened = { readonly routing: RoutingRow; readonly deviceId: string | null } | 'locked' | null;

/**
 * Opens a session for whoever a key belongs to.
 *
 * @returns null when the key may not sign in: unknown or revoked; `locked` for a locked account
 */
export async function openSession(master: Master, session: NewSession, key: ProvenKey, now: Date): Promise<Opened> {
  const { rows } = await sql<RoutingColumns & { device_id: string | null; status: AccountStatus }>`
    with holder as (
      select u.user_id, u.auth_epoch, u.status, k.device_id
      from keys k
      join users u on u.user_id = k.user_id
      where k.kid = ${key.kid} and k.revoked_at is null and k.purpose in ('rotation', 'device-auth', 'passkey')
        and (${key.did}::text is null
          or exists (select from identities i where i.did = ${key.did} and i.user_id = u.user_id))
      -- Whoever revokes the key right now waits and finds the session, or is waited for and leaves none to open.
      for share of k
    ), session as (
      insert into sessions (session_id, user_id, kind, jkt, kid, device_id, scope, audience, amr, auth_epoch, auth_time,
        created_at, last_seen_at, idle_expires_at, absolute_expires_at)
      select ${session.sessionId}::uuid, user_id, ${session.kind}, ${session.jkt}, ${key.kid}, device_id,
        ${session.scopes.join(' ')}, ${session.audience}, array[${key.amr}], auth_epoch, ${now}::timestamptz,
        ${now}::timestamptz, ${now}::timestamptz, ${session.idleExpiresAt}::timestamptz, ${session.absoluteExpiresAt}::timestamptz
      from holder where status <> 'locked'
      returning session_id, user_id
    ), token as (
      insert into tokens (token_h, session_id, type, expires_at) ${tokenRows(session.tokens, sql`session`)}
    ), seen as (
      update devices set last_seen_at = ${now}::timestamptz, last_network = ${key.network}
      from holder where devices.device_id = holder.device_id and holder.status <> 'locked'
    ), crowded as (
      select s.session_id from sessions s join holder using (user_id)
      where s.kind = ${session.kind} and s.revoked_at is null and s.absolute_expires_at > ${now}::timestamptz
      order by s.last_seen_at desc offset ${openAtMost - 1}
    ), ended as (
      update sessions set revoked_at = ${now}::timestamptz, revoke_reason = 'too_many'
      from crowded where sessions.session_id = crowded.session_id
      returning sessions.session_id
    )
    select r.*, holder.device_id, holder.status, (select count(${tellEnded(sql.ref('session_id'))}) from ended)
    from routing r join holder using (user_id)`.execute(master.db);
  const [row] = rows;
  if (row === undefined) return null;
  return row.status === 'locked' ? 'locked' : { routing: toRoutingRow(row), deviceId: row.device_id };
}

/** A session its owner makes for somebody else: a script, or an application. */
export interface HandedOutSession extends NewSession {
  readonly userId: string;
  /** Session of the one who hands it out. */
  readonly actor: string;
  /** Where it was handed out: shutting that device out ends it too. */
  readonly deviceId: string | null;
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly nameCt: string | null;
  readonly network: string | null;
}

/**
 * Somebody who is in and may let others in. They are held until the statement ends: whoever shuts out their device, ends their
 * session or everything of theirs meanwhile waits and finds what was let in, or is waited for and leaves nobody to let in.
 */
export const actingPerson = ({
  userId,
  actor,
}: {
  readonly userId: string;
  readonly actor: string;
}): RawBuilder<unknown> => sql`
  select u.user_id, u.auth_epoch from users u join sessions by on by.user_id = u.user_id
  where u.user_id = ${userId}::uuid and u.status = 'active'
    and by.session_id = ${actor}::uuid and by.revoked_at is null and by.auth_epoch = u.auth_epoch
  for share of u, by`;

/** `gone`: the person is not active, or not in any more. `taken`: there is a session of this id. */
export type HandedOut = 'handed-out' | 'gone' | 'too-many' | 'taken';

/** @param atMost sessions of the kind a person may have */
export async function handOutSession(
  master: Master,
  session: HandedOutSession,
  atMost: number,
  now: Date,
): Promise<HandedOut> {
  const { rows } = await sql<{ acting: boolean; room: boolean; made: boolean }>`
    with person as (${actingPerson(session)}), room as (
      select 1 from person where ${atMost} > (
        select count(*) from sessions s where s.user_id = person.user_id and s.kind = ${session.kind}
          and s.revoked_at is null and s.absolute_expires_at > ${now}::timestamptz)
    ), session as (
      insert into sessions (session_id, user_id, kind, jkt, device_id, client_id, client_name, name_ct, network, scope, audience, amr,
        auth_epoch, auth_time, created_at, last_seen_at, idle_expires_at, absolute_expires_at)
      select ${session.sessionId}::uuid, user_id, ${session.kind}, ${session.jkt}, ${session.deviceId}::uuid, ${session.clientId},
        ${session.clientName}, ${session.nameCt}, ${session.network}, ${session.scopes.join(' ')}, ${session.audience},
        array[]::text[], auth_epoch, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz,
        ${session.idleExpiresAt}::timestamptz, ${session.absoluteExpiresAt}::timestamptz
      from person, room
      on conflict (session_id) do nothing
      returning session_id
    )${
      session.tokens.length === 0
        ? sql``
        : sql`, token as (insert into tokens (token_h, session_id, type, expires_at) ${tokenRows(session.tokens, sql`session`)})`
    }
    select exists (select from person) as acting, exists (select from room) as room, exists (select from session) as made`.execute(
    master.db,
  );
  const [row] = rows;
  if (row?.acting !== true) return 'gone';
  if (!row.room) return 'too-many';
  return row.made ? 'handed-out' : 'taken';
}

export interface Refresh {
  readonly tokenHash: Uint8Array;
  /** Proof by the key the session is bound to. */
  readonly proof: UsedProof & { readonly jkt: string };
  readonly access: NewToken;
  readonly refresh: NewToken;
  /** A used token still works for this long, so that answers lost on the way do not lock anybody out. */
  readonly graceMs: number;
  readonly idleExpiresAt: Date;
}

export type Refreshed =
  | { readonly outcome: 'renewed'; readonly sessionId: string; readonly userId: UserId }
  /** It had been used before: somebody else has it. Its session has ended with everything it opened. */
  | { readonly outcome: 'reused'; readonly sessionId: string; readonly userId: UserId }
  /** The proof was used before. */
  | { readonly outcome: 'replayed' }
  | { readonly outcome: 'refused' };

/**
 * Trades a refresh token for new tokens.
 *
 * @see RFC 9700 section 4.14 (rotation and reuse detection)
 */
export async function rotateRefresh(master: Master, refresh: Refresh, now: Date): Promise<Refreshed> {
  const { rows } = await sql<{
    session_id: string;
    user_id: UserId;
    renewed: boolean;
    reused: boolean;
    fresh: boolean;
  }>`
    with presented as (
      select t.token_h, t.generation, t.consumed_at, s.session_id, s.user_id, s.absolute_expires_at,
        s.revoked_at is null and s.auth_epoch = u.auth_epoch and u.status <> 'locked'
          and least(t.expires_at, s.idle_expires_at, s.absolute_expires_at) > ${now}::timestamptz as alive,
        coalesce(t.consumed_at <= ${new Date(now.getTime() - refresh.graceMs)}::timestamptz, false) as stale
      from tokens t
      join sessions s on s.session_id = t.session_id
      join users u on u.user_id = s.user_id
      where t.token_h = ${refresh.tokenHash} and t.type = 'refresh' and s.kind = 'dpop' and s.jkt = ${refresh.proof.jkt}
    ), fresh as (
      insert into replay (scope, jti_h, expires_at)
      select 'dpop', ${refresh.proof.hash}::bytea, ${refresh.proof.expiresAt}::timestamptz from presented
      on conflict do nothing
      returning 1
    ), usable as (
      select * from presented where alive and not stale and exists (select from fresh)
    ), consumed as (
      update tokens set consumed_at = coalesce(tokens.consumed_at, ${now}::timestamptz)
      from usable where tokens.token_h = usable.token_h
    ), renewed as (
      insert into tokens (token_h, session_id, type, expires_at, generation, parent_h)
      select ${refresh.access.hash}::bytea, session_id, 'access', least(${refresh.access.expiresAt}::timestamptz, absolute_expires_at),
        generation + 1, token_h from usable
      union all
      select ${refresh.refresh.hash}::bytea, session_id, 'refresh', absolute_expires_at, generation + 1, token_h from usable
    ), moved as (
      update sessions set last_seen_at = ${now}::timestamptz,
        idle_expires_at = least(${refresh.idleExpiresAt}::timestamptz, sessions.absolute_expires_at)
      from usable where sessions.session_id = usable.session_id
    ), ended as (
      update sessions set revoked_at = ${now}::timestamptz, revoke_reason = 'refresh_reused'
      from presented where sessions.session_id = presented.session_id and presented.alive and presented.stale
        and exists (select from fresh) and sessions.revoked_at is null
      returning sessions.session_id
    )
    select session_id, user_id, alive and not stale as renewed, exists (select from fresh) as fresh,
      (select count(${tellEnded(sql.ref('ended.session_id'))}) from ended) > 0 as reused
    from presented`.execute(master.db);
  const [row] = rows;
  if (row !== undefined && !row.fresh) return { outcome: 'replayed' };
  if (row === undefined || !(row.renewed || row.reused)) return { outcome: 'refused' };
  return { outcome: row.renewed ? 'renewed' : 'reused', sessionId: row.session_id, userId: row.user_id };
}

/** A fresh signature for a session that is open: by a key of the same person. False where key and session do not belong together. */
export async function renewSignature(
  master: Master,
  { sessionId, kid }: { readonly sessionId: string; readonly kid: string },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update sessions set auth_time = ${now}::timestamptz
    from keys k
    where sessions.session_id = ${sessionId}::uuid and sessions.revoked_at is null
      and k.kid = ${kid} and k.user_id = sessions.user_id and k.revoked_at is null
      and k.purpose in ('rotation', 'device-auth', 'passkey')
    returning 1`.execute(master.db);
  return rows.length > 0;
}
