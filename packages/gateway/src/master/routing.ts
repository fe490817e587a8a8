/**
 * Where a person's space lives. A space is named by a random storage id, never by a DID or a user id.
 * Never opens a space and never knows a path.
 */
import { StorageId, UserId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Master } from './db.ts';
import type { MasterReader } from './reader.ts';

export interface RoutingRow {
  readonly userId: UserId;
  readonly storageId: StorageId;
  /** `creating` until the first engine has made the space. */
  readonly state: 'creating' | 'ready' | 'migrating' | 'sealed' | 'deleting';
  readonly shard: string;
  /** Ownership counter: an engine refuses a ticket with an older one than it has seen. */
  readonly fence: number;
  readonly quotaBytes: number;
}

/** The columns of a routing row as they come back from SQL. */
export interface RoutingColumns {
  readonly user_id: string;
  readonly storage_id: string;
  readonly state: RoutingRow['state'];
  readonly shard: string;
  readonly fence: number;
  readonly quota_bytes: number;
}

export function toRoutingRow(row: RoutingColumns): RoutingRow {
  return {
    userId: UserId.parse(row.user_id),
    storageId: StorageId.parse(row.storage_id),
    state: row.state,
    shard: row.shard,
    fence: row.fence,
    quotaBytes: row.quota_bytes,
  };
}

/** The only shard until spaces live on many machines. */
export const localShard = 'local';

/** Null when nobody has this id. */
export async function findRouting(master: MasterReader, userId: UserId): Promise<RoutingRow | null> {
  const row = await master.selectFrom('routing').selectAll().where('user_id', '=', userId).executeTakeFirst();
  return row === undefined ? null : toRoutingRow(row);
}

/** Every space of this shard that was made and is not about to be erased; those of locked accounts too. */
export async function listReadyRouting(master: Master): Promise<RoutingRow[]> {
  const rows = await master.db
    .selectFrom('routing as r')
    .innerJoin('users as u', 'u.user_id', 'r.user_id')
    .where('r.shard', '=', localShard)
    .where('r.state', '=', 'ready')
    .where('u.status', '!=', 'deleting')
    .selectAll('r')
    .execute();
  return rows.map(toRoutingRow);
}

/** The space exists now. Does nothing when another request said so already. */
export async function markSpaceReady(master: Master, userId: UserId): Promise<void> {
  await master.db
    .updateTable('routing')
    .set({ state: 'ready' })
    .where('user_id', '=', userId)
    .where('state', '=', 'creating')
    .execute();
}

/** Takes ownership of a space: answers the row with a fence no earlier owner held. Null when there is no such space. */
export async function advanceFence(master: Master, storageId: StorageId): Promise<RoutingRow | null> {
  const row = await master.db
    .updateTable('routing')
    .set({ fence: sql<number>`fence + 1` })
    .where('storage_id', '=', storageId)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : toRoutingRow(row);
}

/** Whose space this is and where it lives. Null when there is no such space. */
export async function findSpace(master: Master, storageId: StorageId): Promise<RoutingRow | null> {
  const row = await master.db.selectFrom('routing').selectAll().where('storage_id', '=', storageId).executeTakeFirst();
  return row === undefined ? null : toRoutingRow(row);
}
