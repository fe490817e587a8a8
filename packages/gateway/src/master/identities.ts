/**
 * People and the names they go by. An account is a user id; DIDs and keys are rows attached to it.
 * Never decides whether somebody may sign in with a name: a DID proves nothing.
 */
import { type StorageId, UserId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Master } from './db.ts';
import { type RoutingColumns, type RoutingRow, toRoutingRow } from './routing.ts';
import type { IdentitiesTable, KeysTable } from './schema.ts';

export interface NewIdentity {
  readonly userId: UserId;
  readonly did: string;
  readonly method: IdentitiesTable['method'];
  readonly key: { readonly kid: string; readonly alg: KeysTable['alg']; readonly publicKey: Uint8Array };
  readonly storageId: StorageId;
  readonly shard: string;
  readonly quotaBytes: number;
}

/**
 * User, identity, key and routing row appear together in one statement, or not at all.
 *
 * @returns `key_in_use` when somebody registered this key before, however its DID was spelled
 */
export async function createIdentity(
  master: Master,
  identity: NewIdentity,
  now: Date,
): Promise<RoutingRow | 'key_in_use'> {
  const { userId, did, method, key, storageId, shard, quotaBytes } = identity;
  const { rows } = await sql<RoutingColumns>`
    with new_key as (
      insert into keys (kid, user_id, alg, public_key, purpose, added_at)
      values (${key.kid}, ${userId}::uuid, ${key.alg}, ${key.publicKey}, 'rotation', ${now}::timestamptz)
      on conflict (kid) do nothing
      returning user_id, kid, added_at
    ), new_user as (
      insert into users (user_id, created_at) select user_id, added_at from new_key
    ), new_identity as (
      insert into identities (did, user_id, method, is_primary, added_by_key, created_at)
      select ${did}, user_id, ${method}, true, kid, added_at from new_key
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
}

/** Null when nobody has this id. */
export async function findPerson(master: Master, userId: UserId): Promise<Person | null> {
  const rows = await master.db
    .selectFrom('users')
    .innerJoin('identities', 'identities.user_id', 'users.user_id')
    .where('users.user_id', '=', userId)
    .orderBy('identities.is_primary', 'desc')
    .orderBy('identities.created_at')
    .select(['users.user_id', 'users.created_at', 'identities.did'])
    .execute();
  const [row] = rows;
  if (row === undefined) return null;
  return { userId: UserId.parse(row.user_id), dids: rows.map(({ did }) => did), createdAt: row.created_at };
}
