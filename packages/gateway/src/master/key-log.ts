/**
 * The key log as it lies in master, and the table of live keys that follows from it. An entry goes behind the head it names
 * and nowhere else, in the statement that changes the keys. Never decides whether an entry is allowed.
 */
import type { UserId } from '@vivim/contract/ids';
import type { Guardians, KeyLogPayload, LoggedKey } from '@vivim/contract/key-log';
import { type RawBuilder, sql } from 'kysely';
import type { Master } from './db.ts';
import { settleDeviceRequest } from './devices.ts';
import { tellEnded } from './news.ts';
import { insertCredential, type NewCredential } from './passkeys.ts';
import type { MasterReader } from './reader.ts';
import { takeRecovery } from './recovery.ts';

export interface KeyLogRow {
  readonly payload: KeyLogPayload;
  readonly signer: string;
  /** Base64url of a raw signature, or the JSON of a passkey's assertion. */
  readonly signature: string;
  readonly hash: Uint8Array;
  readonly at: Date;
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
  /** A request the entry answers. It waits for one answer, and has it with the entry or not at all. */
  readonly answers: { readonly kind: 'device' | 'recovery'; readonly requestId: string } | null;
  /** A recovery: nothing is deleted, exported or widened before. */
  readonly frozenUntil: Date | null;
}

const keyRows = (keys: readonly LoggedKey[]): RawBuilder<unknown> =>
  sql`${JSON.stringify(keys.map((key) => ({ ...key, publicKey: Buffer.from(key.publicKey, 'base64url').toString('hex') })))}::jsonb`;

/** `unanswerable`: the request does not wait for an answer any more. `foreign`: the device it names is not the person's. */
export type Appended = 'appended' | 'moved' | 'key_in_use' | 'unanswerable' | 'foreign';

interface Effect {
  readonly owned: boolean;
  readonly put: number;
  readonly credentials: number;
}

/** Takes the transaction back. */
class NotAppended extends Error {
  readonly outcome: Exclude<Appended, 'appended'>;

  constructor(outcome: NotAppended['outcome']) {
    super(outcome);
    this.outcome = outcome;
  }
}

function assertWhole(entry: NewEntry, effect: Effect | undefined): void {
  if (effect === undefined) throw new NotAppended('moved');
  if (!effect.owned) throw new NotAppended('foreign');
  const whole = effect.put === entry.added.length && effect.credentials === (entry.credential === null ? 0 : 1);
  if (!whole) throw new NotAppended('key_in_use');
}

/** Gives the request the entry answers its answer, if it still waits for one. */
async function answer(tx: MasterReader, { answers, userId }: NewEntry, now: Date): Promise<boolean> {
  if (answers === null) return true;
  const { kind, requestId } = answers;
  if (kind === 'recovery') return takeRecovery(tx, { userId, requestId }, now);
  return settleDeviceRequest(tx, { userId, requestId, state: 'approved' }, now);
}

/**
 * Appends an entry and does what it says to keys, devices, credentials and sessions, or nothing at all.
 *
 * @returns `moved` when the log has another head by now, `key_in_use` when a new key or credential is taken
 */
export async function appendEntry(master: Master, entry: NewEntry, now: Date): Promise<Appended> {
  try {
    await master.db.transaction().execute(async (tx) => {
      if (!(await answer(tx, entry, now))) throw new NotAppended('unanswerable');
      const { rows } = await append(entry, now).execute(tx);
      assertWhole(entry, rows[0]);
      if (entry.revoked.length > 0 || endsAll(entry)) await endSessions(entry, now).execute(tx);
    });
    return 'appended';
  } catch (error) {
    if (error instanceof NotAppended) return error.outcome;
    throw error;
  }
}

/** The device the new keys are of. */
const deviceOf = ({ device, payload }: NewEntry): string | null =>
  device?.deviceId ?? (payload.op === 'add' ? payload.deviceId : undefined) ?? null;

/** The devices were lost or stolen: nothing that was opened before goes on, whoever opened it. */
const endsAll = ({ payload }: NewEntry): boolean => payload.op === 'recover' && payload.revokeOthers;

const append = (entry: NewEntry, now: Date): RawBuilder<Effect> => sql`
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
      purpose = excluded.purpose, device_id = coalesce(excluded.device_id, keys.device_id)
      where keys.user_id = excluded.user_id
    returning kid, device_id, purpose
  ), credential as (${insertCredential(entry.credential, now)}), back as (
    update devices set revoked_at = null from put
    where devices.device_id = put.device_id and put.purpose in ('rotation', 'device-auth') and devices.revoked_at is not null
  ), gone as (
    update keys set revoked_at = ${now}::timestamptz, revoke_reason = ${entry.payload.op} from head
    where keys.user_id = head.user_id and keys.revoked_at is null and keys.kid = any(${[...entry.revoked]}::text[])
    returning keys.device_id, keys.purpose
  ), left_behind as (
    update devices set revoked_at = ${now}::timestamptz from gone
    where devices.device_id = gone.device_id and gone.purpose in ('rotation', 'device-auth') and devices.revoked_at is null
      -- One that still signs in with another key is not hidden from its owner.
      and not exists (select from keys k where k.device_id = gone.device_id and k.purpose in ('rotation', 'device-auth')
        and k.revoked_at is null and k.kid <> all(${[...entry.revoked]}::text[]))
  )
  select (${deviceOf(entry)}::uuid is null or exists (select from owner)) as owned,
    (select count(*)::int from put) as put, (select count(*)::int from credential) as credentials
  from head`;

/** Sessions of the keys that went, and of their devices. A statement of its own: it sees those opened while the keys were waited for. */
const endSessions = (entry: NewEntry, now: Date): RawBuilder<unknown> => sql`
  with gone as (
    select kid, device_id, purpose from keys where user_id = ${entry.userId}::uuid and kid = any(${[...entry.revoked]}::text[])
  ), ended as (
    update sessions set revoked_at = ${now}::timestamptz, revoke_reason = 'key_revoked'
    where user_id = ${entry.userId}::uuid and revoked_at is null and (${endsAll(entry)}::bool
      or kid in (select kid from gone)
      or device_id in (select device_id from gone where purpose in ('rotation', 'device-auth')))
    returning session_id
  )
  select ${tellEnded(sql.ref('session_id'))} from ended`;
