/**
 * People and the names they go by. An account is a user id; DIDs and keys are rows attached to it.
 * Never decides whether somebody may sign in with a name: a DID proves nothing.
 */
import type { AccountStatus } from '@vivim/contract/account';
import type { Platform } from '@vivim/contract/identity';
import type { StorageId, UserId } from '@vivim/contract/ids';
import type { Guardians, KeyLogPayload } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { sql } from 'kysely';
import type { Master } from './db.ts';
import { type RoutingColumns, type RoutingRow, toRoutingRow } from './routing.ts';
import type { IdentitiesTable, KeysTable } from './schema.ts';

export interface NewIdentity {
  readonly userId: UserId;
  readonly did: string;
  readonly method: IdentitiesTable['method'];
  /** Of a did:web document as it was; null for DIDs that are their key. */
  readonly documentDigest: Uint8Array | null;
  readonly key: { readonly kid: string; readonly alg: KeysTable['alg']; readonly publicKey: Uint8Array };
  /** The first entry of the key log. */
  readonly entry: { readonly payload: KeyLogPayload; readonly signature: string; readonly hash: Uint8Array };
  readonly device: { readonly deviceId: string; readonly platform: Platform };
  readonly storageId: StorageId;
  readonly shard: string;
  readonly quotaBytes: number;
}

/**
 * User, identity, key, log, device and routing row appear together in one statement, or not at all.
 *
 * @returns `key_in_use` when somebody registered this key before, however its DID was spelled, or this name with another key
 */
export async function createIdentity(
  master: Master,
  identity: NewIdentity,
  now: Date,
): Promise<RoutingRow | 'key_in_use'> {
  const { userId, did, method, key, entry, device, storageId, shard, quotaBytes } = identity;
  const { rows } = await sql<RoutingColumns>`
    with new_key as (
      insert into keys (kid, user_id, alg, public_key, purpose, priority, device_id, added_at)
      select ${key.kid}, ${userId}::uuid, ${key.alg}, ${key.publicKey}, 'rotation', ${keyPriority.first},
        ${device.deviceId}::uuid, ${now}::timestamptz
      where not exists (select from identities where did = ${did})
      on conflict (kid) do nothing
      returning user_id, kid, added_at
    ), new_user as (
      insert into users (user_id, created_at, key_log_seq, key_log_head)
      select user_id, added_at, 1, ${entry.hash}::bytea from new_key
    ), new_identity as (
      insert into identities (did, user_id, method, is_primary, document_digest, added_by_key, created_at)
      select ${did}, user_id, ${method}, true, ${identity.documentDigest}::bytea, kid, added_at from new_key
    ), new_device as (
      insert into devices (device_id, user_id, platform, created_at)
      select ${device.deviceId}::uuid, user_id, ${device.platform}, added_at from new_key
    ), new_entry as (
      insert into key_log (user_id, seq, payload, signer_kid, signature, hash, at)
      select user_id, 1, ${JSON.stringify(entry.payload)}::jsonb, kid, ${entry.signature}, ${entry.hash}::bytea, added_at
      from new_key
    )
    insert into routing (user_id, shard, storage_id, state, quota_bytes)
    select user_id, ${shard}, ${storageId}::uuid, 'creating', ${quotaBytes}::bigint from new_key
    returning *`.execute(master.db);
  return rows[0] === undefined ? 'key_in_use' : toRoutingRow(rows[0]);
}

export interface Person {
  readonly userId: UserId;
  /** The primary one first. */
  readonly dids: readonly string[];
  readonly createdAt: Date;
  readonly status: AccountStatus;
  readonly frozenUntil: Date | null;
  readonly eraseAt: Date | null;
  readonly guardians: Guardians | null;
  /** Live keys of each purpose. */
  readonly keys: Readonly<Partial<Record<KeysTable['purpose'], number>>>;
}

/** Null when nobody has this id. */
export async function findPerson(master: Master, userId: UserId): Promise<Person | null> {
  const { rows } = await sql<{
    created_at: Date;
    status: AccountStatus;
    frozen_until: Date | null;
    erase_at: Date | null;
    guardians: Guardians | null;
    dids: string[];
    keys: Person['keys'];
  }>`
    select u.created_at, u.status, u.frozen_until, u.erase_at, u.guardians,
      (select json_agg(did order by is_primary desc, created_at) from identities i where i.user_id = u.user_id) as dids,
      (select coalesce(json_object_agg(purpose, n), '{}') from
        (select purpose, count(*)::int as n from keys k where k.user_id = u.user_id and k.revoked_at is null
         group by purpose) counted) as keys
    from users u where u.user_id = ${userId}::uuid`.execute(master.db);
  const [row] = rows;
  if (row === undefined) return null;
  return {
    userId,
    dids: row.dids,
    createdAt: row.created_at,
    status: row.status,
    frozenUntil: row.frozen_until,
    eraseAt: row.erase_at,
    guardians: row.guardians,
    keys: row.keys,
  };
}

/** Whose name a DID is: one they registered, or the did of a key that signs in for them. Null where it is nobody's. */
export async function findByDid(master: Master, did: string, kid: string | null): Promise<UserId | null> {
  const { rows } = await sql<{ user_id: UserId }>`
    select user_id from identities where did = ${did}
    union all
    select user_id from keys where kid = ${kid} and revoked_at is null and purpose in ('rotation', 'device-auth')
    limit 1`.execute(master.db);
  return rows[0]?.user_id ?? null;
}

/** Notes what a did:web's document says now. True where it said something else before. */
export async function pinDocument(master: Master, did: string, digest: Uint8Array): Promise<boolean> {
  const { numUpdatedRows } = await master.db
    .updateTable('identities')
    .set({ document_digest: digest })
    .where('did', '=', did)
    .where('document_digest', 'is distinct from', digest)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Locks an account that can be unlocked again. False where it has no key on paper, is locked, or is being erased. */
export async function lockWithKey(master: Master, userId: UserId): Promise<boolean> {
  const { numUpdatedRows } = await master.db
    .updateTable('users')
    .set({ status: 'locked', locked_by: 'owner', erase_at: null })
    .where('user_id', '=', userId)
    .where('status', '<>', 'locked')
    .where('erasing_node', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('keys')
          .where('user_id', '=', userId)
          .where('purpose', '=', 'recovery')
          .where('revoked_at', 'is', null)
          .select('kid'),
      ),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The operator's lock, also over its owner's own. False where it is the operator's already, or being erased. */
export async function lockByOperator(master: Master, userId: UserId): Promise<boolean> {
  const { numUpdatedRows } = await master.db
    .updateTable('users')
    .set({ status: 'locked', locked_by: 'operator' })
    .where('user_id', '=', userId)
    .where('status', 'in', ['active', 'locked'])
    .where('locked_by', 'is distinct from', 'operator')
    .where('erasing_node', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Undoes a lock; an owner undoes their own and not the operator's. False where there is none of theirs. */
export async function unlock(master: Master, userId: UserId, by: 'owner' | 'operator'): Promise<boolean> {
  const locked = master.db
    .updateTable('users')
    .set({ status: 'active', locked_by: null })
    .where('user_id', '=', userId)
    .where('status', '=', 'locked');
  const own = by === 'owner' ? locked.where('locked_by', 'is distinct from', 'operator') : locked;
  return (await own.executeTakeFirst()).numUpdatedRows > 0n;
}

/** Moves an account between states. False where it is in none of those it may come from, or is being erased. */
export async function moveStatus(
  master: Master,
  {
    userId,
    from,
    to,
    eraseAt,
  }: {
    readonly userId: UserId;
    readonly from: readonly AccountStatus[];
    readonly to: AccountStatus;
    readonly eraseAt: Date | null;
  },
): Promise<boolean> {
  const { numUpdatedRows } = await master.db
    .updateTable('users')
    .set({ status: to, erase_at: eraseAt })
    .where('user_id', '=', userId)
    .where('status', 'in', [...from])
    .where('erasing_node', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
