/**
 * The key log as it lies in master, and the table of live keys that follows from it. An entry goes behind the head it names
 * and nowhere else, in the statement that changes the keys. Never decides whether an entry is allowed.
 */
import type { UserId } from '@vivim/contract/ids';
import type { Guardians, KeyLogPayload, LoggedKey } from '@vivim/contract/key-log';
import { type RawBuilder, sql } from 'kysely';
import type { Master, MasterReader } from './db.ts';
import { settleDeviceRequest } from './devices.ts';
import { tellEnded } from './news.ts';
import { insertCredential, type NewCredential } from './passkeys.ts';

export interface KeyLogRow {
  readonly payload: KeyLogPayload;
  readonly signer: string;
  /** Base64url of a raw signature, or the JSON of a passkey's assertion. */
  readonly signature: string;
  readonly hash: Uint8Array;
  readonly at: Date;
  readonly nullifiedBy: number | null;
}

/** Every entry, oldest first. */
export async function readKeyLog(master: MasterReader, userId: UserId): Promise<KeyLogRow[]> {
  const rows = await master.selectFrom('key_log').where('user_id', '=', userId).orderBy('seq').selectAll().execute();
  return rows.map((row) => ({
    payload: row.payload,
    signer: row.signer_kid,
    signature: row.signature,
    hash: row.hash,
    at: row.at,
    nullifiedBy: row.nullified_by,
  }));
}

export interface NewEntry {
  readonly userId: UserId;
  readonly payload: KeyLogPayload;
  readonly signer: string;
  readonly signature: string;
  readonly hash: Uint8Array;
  /** Hash of the entry before, or null. */
  readonly prev: Uint8Array | null;
  readonly added: readonly LoggedKey[];
  readonly revoked: readonly string[];
  readonly guardians: Guardians | null;
  /** A device that comes in with the new keys. Keys of one that is in name it in their payload. */
  readonly device: {
    readonly deviceId: string;
    readonly platform: string;
    readonly nameCt: string | null;
    readonly approvedBy: string | null;
  } | null;
  /** The credential a new key is the key of. */
  readonly credential: NewCredential | null;
  /** Entries from here on are void. */
  readonly nullifiesFrom: number | null;
  /** A recovery: nothing is deleted, exported or widened before. */
  readonly frozenUntil: Date | null;
  /** The request of a device that the entry answers. */
  readonly deviceRequest: string | null;
}

const keyRows = (keys: readonly LoggedKey[]): RawBuilder<unknown> =>
  sql`${JSON.stringify(keys.map((key) => ({ ...key, publicKey: Buffer.from(key.publicKey, 'base64url').toString('hex') })))}::jsonb`;

/**
 * Appends an entry and does what it says to keys, devices and sessions, or nothing at all.
 *
 * @returns `moved` when the log has another head by now, `key_in_use` when a new key or credential is taken, `settled` when
 *   the device's request was answered by then
 */
export async function appendEntry(
  master: Master,
  entry: NewEntry,
  now: Date,
): Promise<'appended' | 'moved' | 'key_in_use' | 'settled'> {
  const { userId, deviceRequest } = entry;
  try {
    return await master.db.transaction().execute(async (tx) => {
      if (deviceRequest !== null) {
        const answer = { userId, requestId: deviceRequest, state: 'approved' } as const;
        if (!(await settleDeviceRequest(tx, answer, now))) return 'settled';
      }
      const { rows } = await append(entry, now).execute(tx);
      const [row] = rows;
      if (row === undefined) throw new Undone('moved');
      if (row.put !== entry.added.length || row.credentials !== (entry.credential === null ? 0 : 1))
        throw new Undone('key_in_use');
      if (entry.revoked.length > 0) await endSessionsOf(entry, now).execute(tx);
      return 'appended';
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

/** Takes the transaction back. */
class Undone extends Error {
  readonly outcome: 'moved' | 'key_in_use';

  constructor(outcome: Undone['outcome']) {
    super(outcome);
    this.outcome = outcome;
  }
}

/** The device the new keys are of, if it is the person's. */
const deviceOf = ({ device, payload }: NewEntry): string | null =>
  device?.deviceId ?? (payload.op === 'add' ? payload.deviceId : undefined) ?? null;

const append = (entry: NewEntry, now: Date): RawBuilder<{ put: number; credentials: number }> => sql`
  with head as (
    update users set key_log_seq = ${entry.payload.seq}, key_log_head = ${entry.hash}::bytea,
      guardians = ${entry.guardians === null ? null : JSON.stringify(entry.guardians)}::jsonb,
      frozen_until = coalesce(${entry.frozenUntil}::timestamptz, frozen_until)
    where user_id = ${entry.userId}::uuid and key_log_seq = ${entry.payload.seq - 1}
      and key_log_head is not distinct from ${entry.prev}::bytea
    returning user_id
  ), logged as (
    insert into key_log (user_id, seq, payload, signer_kid, signature, hash, at)
    select user_id, ${entry.payload.seq}, ${JSON.stringify(entry.payload)}::jsonb, ${entry.signer}, ${entry.signature},
      ${entry.hash}::bytea, ${now}::timestamptz from head
  ), voided as (
    update key_log set nullified_by = ${entry.payload.seq} from head
    where key_log.user_id = head.user_id and key_log.seq >= ${entry.nullifiesFrom}::int and key_log.nullified_by is null
  ), device as (
    insert into devices (device_id, user_id, platform, name_ct, created_at, approved_by)
    select ${entry.device?.deviceId ?? null}::uuid, user_id, ${entry.device?.platform ?? null}::text,
      ${entry.device?.nameCt ?? null}::text, ${now}::timestamptz, ${entry.device?.approvedBy ?? null}::uuid
    from head where ${entry.device !== null}::bool
    on conflict (device_id) do nothing
    returning device_id
  ), owner as (
    select device_id from device
    union all
    select d.device_id from devices d join head using (user_id)
    where d.device_id = ${deviceOf(entry)}::uuid and d.revoked_at is null
  ), put as (
    insert into keys (kid, user_id, alg, public_key, purpose, priority, device_id, added_at)
    select k->>'kid', head.user_id, k->>'alg', decode(k->>'publicKey', 'hex'), k->>'purpose', (k->>'priority')::int,
      (select device_id from owner), ${now}::timestamptz
    from head, jsonb_array_elements(${keyRows(entry.added)}) k
    on conflict (kid) do update set revoked_at = null, revoke_reason = null, priority = excluded.priority,
      device_id = coalesce(keys.device_id, excluded.device_id)
      where keys.user_id = excluded.user_id
    returning kid, device_id
  ), credential as (${insertCredential(entry.credential, now)}), back as (
    update devices set revoked_at = null from put where devices.device_id = put.device_id and devices.revoked_at is not null
  ), gone as (
    update keys set revoked_at = ${now}::timestamptz, revoke_reason = ${entry.payload.op} from head
    where keys.user_id = head.user_id and keys.revoked_at is null and keys.kid = any(${[...entry.revoked]}::text[])
    returning keys.device_id, keys.purpose
  ), left_behind as (
    update devices set revoked_at = ${now}::timestamptz from gone
    where devices.device_id = gone.device_id and gone.purpose in ('rotation', 'device-auth') and devices.revoked_at is null
  )
  select (select count(*)::int from put) as put, (select count(*)::int from credential) as credentials from head`;

/** Sessions of the keys that went, and of their devices. A statement of its own: it sees those opened while the keys were waited for. */
const endSessionsOf = (entry: NewEntry, now: Date): RawBuilder<unknown> => sql`
  with gone as (
    select kid, device_id, purpose from keys where user_id = ${entry.userId}::uuid and kid = any(${[...entry.revoked]}::text[])
  ), ended as (
    update sessions set revoked_at = ${now}::timestamptz, revoke_reason = 'key_revoked' from gone
    where sessions.user_id = ${entry.userId}::uuid and sessions.revoked_at is null and (sessions.kid = gone.kid
      or (sessions.device_id = gone.device_id and gone.purpose in ('rotation', 'device-auth')))
    returning sessions.session_id
  )
  select ${tellEnded(sql.ref('session_id'))} from ended`;
