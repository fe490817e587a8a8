/**
 * Applications that were let in: one session for each consent, with the tokens that come from it. What is alive is
 * decided in the statement that uses it; ending one is told to every gateway.
 */
import type { UserId } from '@vivim/contract/ids';
import { type RawBuilder, sql } from 'kysely';
import type { Master } from './db.ts';
import { tellEnded } from './news.ts';
import type { Payload } from './oauth-payloads.ts';
import { actingPerson } from './session-opening.ts';

export interface NewConsent {
  /** SHA-256 of the id of the consent that was asked for: it is answered in the same statement. */
  readonly askedHash: Uint8Array;
  /** What it is answered with. */
  readonly result: Payload;
  readonly sessionId: string;
  readonly userId: UserId;
  /** Session of the one who allows it. */
  readonly actor: string;
  /** Where the answer was given: shutting that device out ends what it let in. */
  readonly deviceId: string | null;
  readonly clientId: string;
  readonly clientName: string;
  /** Space separated. */
  readonly scope: string;
  /** The one part of the server it is for, e.g. `https://vivim.example/mcp`. */
  readonly audience: string;
  readonly idleExpiresAt: Date;
  readonly absoluteExpiresAt: Date;
}

/** Consents of one person to one application that may be open; the one unused for longest goes first. */
const openAtMost = 10;

const alive = (now: Date): RawBuilder<boolean> => sql<boolean>`
  s.kind = 'oauth' and s.revoked_at is null and s.auth_epoch = u.auth_epoch and u.status <> 'locked'
  and least(s.idle_expires_at, s.absolute_expires_at) > ${now}::timestamptz`;

/** @returns false where the consent was answered before, is too old, or the person is not active or not in any more */
export async function openConsent(master: Master, consent: NewConsent, now: Date): Promise<boolean> {
  const { rows } = await sql<{ opened: number }>`
    with person as (${actingPerson(consent)}), answered as (
      update oauth_payloads set payload = payload || jsonb_build_object('result', ${JSON.stringify(consent.result)}::jsonb)
      where model = 'Interaction' and id_h = ${consent.askedHash} and expires_at > ${now}::timestamptz
        and not jsonb_exists(payload, 'result') and exists (select from person)
      returning 1
    ), session as (
      insert into sessions (session_id, user_id, kind, device_id, client_id, client_name, scope, audience, amr, auth_epoch, auth_time,
        created_at, last_seen_at, idle_expires_at, absolute_expires_at)
      select ${consent.sessionId}::uuid, user_id, 'oauth', ${consent.deviceId}::uuid, ${consent.clientId},
        ${consent.clientName}, ${consent.scope},
        ${consent.audience}, array[]::text[], auth_epoch, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz,
        ${consent.idleExpiresAt}::timestamptz, ${consent.absoluteExpiresAt}::timestamptz
      from person, answered
      returning session_id
    ), crowded as (
      select s.session_id from sessions s, session
      where s.user_id = ${consent.userId}::uuid and s.client_id = ${consent.clientId} and s.kind = 'oauth'
        and s.revoked_at is null and s.absolute_expires_at > ${now}::timestamptz
      order by s.last_seen_at desc offset ${openAtMost - 1}
    ), ended as (
      update sessions set revoked_at = ${now}::timestamptz, revoke_reason = 'too_many'
      from crowded where sessions.session_id = crowded.session_id
      returning sessions.session_id
    )
    select (select count(*) from session)::int as opened, (select count(${tellEnded(sql.ref('session_id'))}) from ended)`.execute(
    master.db,
  );
  return rows[0]?.opened === 1;
}

export interface Consent {
  readonly sessionId: string;
  readonly userId: UserId;
  readonly clientId: string;
  readonly scope: string;
  readonly audience: string;
  readonly jkt: string | null;
  readonly createdAt: Date;
  readonly absoluteExpiresAt: Date;
}

interface ConsentColumns {
  readonly session_id: string;
  readonly user_id: UserId;
  readonly client_id: string;
  readonly scope: string;
  readonly audience: string;
  readonly jkt: string | null;
  readonly created_at: Date;
  readonly absolute_expires_at: Date;
}

const consentColumns = sql`s.session_id, s.user_id, s.client_id, s.scope, s.audience, s.jkt, s.created_at, s.absolute_expires_at`;

const toConsent = (row: ConsentColumns): Consent => ({
  sessionId: row.session_id,
  userId: row.user_id,
  clientId: row.client_id,
  scope: row.scope,
  audience: row.audience,
  jkt: row.jkt,
  createdAt: row.created_at,
  absoluteExpiresAt: row.absolute_expires_at,
});

/** Null when there is none or it has ended. */
export async function findConsent(master: Master, sessionId: string, now: Date): Promise<Consent | null> {
  const { rows } = await sql<ConsentColumns>`
    select ${consentColumns} from sessions s join users u on u.user_id = s.user_id
    where s.session_id = ${sessionId}::uuid and ${alive(now)}`.execute(master.db);
  return rows[0] === undefined ? null : toConsent(rows[0]);
}

export interface AccessToken {
  readonly hash: Uint8Array;
  readonly sessionId: string;
  readonly scope: string;
  /** Thumbprint of the key it was proved with; the first one binds the session. */
  readonly jkt: string | null;
  readonly expiresAt: Date;
  /** A session in use lives until then, at most to its absolute end. */
  readonly idleExpiresAt: Date;
}

/** False where the session has ended, or is bound to another key. */
export async function addAccessToken(master: Master, token: AccessToken, now: Date): Promise<boolean> {
  const { rows } = await sql`
    with holder as (
      update sessions s set last_seen_at = ${now}::timestamptz, jkt = coalesce(s.jkt, ${token.jkt}::text),
        idle_expires_at = least(${token.idleExpiresAt}::timestamptz, s.absolute_expires_at)
      from users u
      where s.session_id = ${token.sessionId}::uuid and u.user_id = s.user_id and ${alive(now)}
        and (s.jkt is null or s.jkt = ${token.jkt}::text)
      returning s.session_id, s.scope, s.absolute_expires_at
    )
    insert into tokens (token_h, session_id, type, scope, expires_at)
    select ${token.hash}, session_id, 'access', nullif(${token.scope}::text, scope),
      least(${token.expiresAt}::timestamptz, absolute_expires_at)
    from holder
    returning 1`.execute(master.db);
  return rows.length > 0;
}

export interface RefreshToken {
  readonly hash: Uint8Array;
  readonly sessionId: string;
  readonly generation: number;
  /** Of the token it was traded for. */
  readonly parentHash: Uint8Array | null;
  readonly expiresAt: Date;
}

/** False where the session has ended. */
export async function addRefreshToken(master: Master, token: RefreshToken, now: Date): Promise<boolean> {
  const { rows } = await sql`
    insert into tokens (token_h, session_id, type, generation, parent_h, expires_at)
    select ${token.hash}, s.session_id, 'refresh', ${token.generation}, ${token.parentHash}::bytea,
      least(${token.expiresAt}::timestamptz, s.absolute_expires_at)
    from sessions s join users u on u.user_id = s.user_id
    where s.session_id = ${token.sessionId}::uuid and ${alive(now)}
    returning 1`.execute(master.db);
  return rows.length > 0;
}

export interface FoundToken extends Consent {
  /** The token's own where it has less than the session. */
  readonly tokenScope: string;
  readonly generation: number;
  readonly expiresAt: Date;
}

interface TokenColumns extends ConsentColumns {
  readonly token_scope: string;
  readonly generation: number;
  readonly expires_at: Date;
}

const toToken = (row: TokenColumns): FoundToken => ({
  ...toConsent(row),
  tokenScope: row.token_scope,
  generation: row.generation,
  expiresAt: row.expires_at,
});

const tokenColumns = sql`${consentColumns}, coalesce(t.scope, s.scope) as token_scope, t.generation, t.expires_at`;

/** Null when there is none or it opens nothing any more. */
export async function findAccessToken(master: Master, hash: Uint8Array, now: Date): Promise<FoundToken | null> {
  const { rows } = await sql<TokenColumns>`
    select ${tokenColumns}
    from tokens t join sessions s on s.session_id = t.session_id join users u on u.user_id = s.user_id
    where t.token_h = ${hash} and t.type = 'access' and t.expires_at > ${now}::timestamptz and ${alive(now)}`.execute(
    master.db,
  );
  return rows[0] === undefined ? null : toToken(rows[0]);
}

export type Presented =
  | { readonly outcome: 'usable'; readonly token: FoundToken }
  /** It was traded before, longer ago than the grace: somebody else has it. Its session ended with all it opened. */
  | { readonly outcome: 'reused'; readonly sessionId: string; readonly userId: UserId }
  | { readonly outcome: 'unknown' };

/**
 * Looks a refresh token up.
 *
 * @param usedSince a token that was first traded before then is a replay
 * @see RFC 9700 section 4.14 (rotation and reuse detection)
 */
export async function presentRefreshToken(
  master: Master,
  hash: Uint8Array,
  usedSince: Date,
  now: Date,
): Promise<Presented> {
  const { rows } = await sql<TokenColumns & { reused: boolean; ended: number }>`
    with presented as (
      select ${tokenColumns}, coalesce(t.consumed_at <= ${usedSince}::timestamptz, false) as reused
      from tokens t join sessions s on s.session_id = t.session_id join users u on u.user_id = s.user_id
      where t.token_h = ${hash} and t.type = 'refresh' and t.expires_at > ${now}::timestamptz and ${alive(now)}
    ), ended as (
      update sessions set revoked_at = ${now}::timestamptz, revoke_reason = 'refresh_reused'
      from presented where sessions.session_id = presented.session_id and presented.reused and sessions.revoked_at is null
      returning sessions.session_id
    )
    select presented.*, (select count(${tellEnded(sql.ref('session_id'))}) from ended)::int as ended from presented`.execute(
    master.db,
  );
  const [row] = rows;
  // Of many who bring it at once, one has found it out.
  if (row === undefined || (row.reused && row.ended === 0)) return { outcome: 'unknown' };
  if (row.reused) return { outcome: 'reused', sessionId: row.session_id, userId: row.user_id };
  return { outcome: 'usable', token: toToken(row) };
}

/** Notes that it was traded; the first time counts. False where that was before `usedSince`. */
export async function consumeRefreshToken(
  master: Master,
  hash: Uint8Array,
  usedSince: Date,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update tokens set consumed_at = coalesce(consumed_at, ${now}::timestamptz)
    where token_h = ${hash} and type = 'refresh' and (consumed_at is null or consumed_at > ${usedSince}::timestamptz)
    returning 1`.execute(master.db);
  return rows.length > 0;
}

/**
 * Ends a consent with everything it opened. Doing it again is harmless, and the first reason stays.
 *
 * @returns whose it was, where this ended it
 */
export async function endConsent(master: Master, sessionId: string, reason: string, now: Date): Promise<UserId | null> {
  const { rows } = await sql<{ user_id: UserId }>`
    with ended as (
      update sessions set revoked_at = ${now}::timestamptz, revoke_reason = ${reason}
      where session_id = ${sessionId}::uuid and kind = 'oauth' and revoked_at is null
      returning session_id, user_id
    )
    select user_id, ${tellEnded(sql.ref('session_id'))} from ended`.execute(master.db);
  return rows[0]?.user_id ?? null;
}
