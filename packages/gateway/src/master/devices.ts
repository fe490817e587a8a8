/** Devices of a person, and those that ask to become one. Names lie here sealed; only their owner opens them. */
import type { Platform } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';
import type { KeyPurpose } from '@vivim/contract/key-log';
import type { ExpressionBuilder } from 'kysely';
import type { Master } from './db.ts';
import type { MasterReader } from './reader.ts';
import type { DevicesTable, MasterSchema } from './schema.ts';
import { toWaitingKey, type WaitingKey, waitingColumns } from './waiting-key.ts';

export interface DeviceRow {
  readonly deviceId: string;
  readonly platform: Platform;
  readonly nameCt: string | null;
  readonly authKid: string | null;
  readonly encKid: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly lastNetwork: string | null;
  readonly approvedBy: string | null;
}

/** Of several keys of a kind a device has, the one that came last. */
const latestKey =
  (purposes: readonly KeyPurpose[]) => (from: ExpressionBuilder<MasterSchema & { d: DevicesTable }, 'd'>) =>
    from
      .selectFrom('keys as k')
      .whereRef('k.device_id', '=', 'd.device_id')
      .where('k.purpose', 'in', purposes)
      .where('k.revoked_at', 'is', null)
      .orderBy('k.added_at', 'desc')
      .limit(1)
      .select('k.kid');

/** Devices that may sign in, the oldest first. */
export async function listDevices(master: Master, userId: UserId): Promise<DeviceRow[]> {
  const rows = await master.db
    .selectFrom('devices as d')
    .where('d.user_id', '=', userId)
    .where('d.revoked_at', 'is', null)
    .orderBy('d.created_at')
    .select([
      'd.device_id',
      'd.platform',
      'd.name_ct',
      'd.created_at',
      'd.last_seen_at',
      'd.last_network',
      'd.approved_by',
    ])
    .select((from) => [
      latestKey(['rotation', 'device-auth'])(from).as('auth_kid'),
      latestKey(['device-enc'])(from).as('enc_kid'),
    ])
    .execute();
  return rows.map((row) => ({
    deviceId: row.device_id,
    platform: row.platform,
    nameCt: row.name_ct,
    authKid: row.auth_kid,
    encKid: row.enc_kid,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    lastNetwork: row.last_network,
    approvedBy: row.approved_by,
  }));
}

/** False where the person has no such device. */
export async function renameDevice(
  master: Master,
  { userId, deviceId, nameCt }: { readonly userId: UserId; readonly deviceId: string; readonly nameCt: string },
): Promise<boolean> {
  const { numUpdatedRows } = await master.db
    .updateTable('devices')
    .set({ name_ct: nameCt })
    .where('device_id', '=', deviceId)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface DeviceRequestRow extends WaitingKey {
  readonly state: 'pending' | 'approved' | 'refused';
}

export async function storeDeviceRequest(master: Master, request: WaitingKey): Promise<void> {
  await master.db.insertInto('device_requests').values(waitingColumns(request)).execute();
}

const requests = (master: Master, now: Date) =>
  master.db.selectFrom('device_requests').where('expires_at', '>', now).selectAll();

type RequestColumns = Awaited<ReturnType<ReturnType<typeof requests>['executeTakeFirstOrThrow']>>;

const toRequest = (row: RequestColumns): DeviceRequestRow => ({ ...toWaitingKey(row), state: row.state });

/** Whoever has the id asked for it. Null when there is none, or its time is over. */
export async function findDeviceRequest(
  master: Master,
  requestId: string,
  now: Date,
): Promise<DeviceRequestRow | null> {
  const row = await requests(master, now).where('request_id', '=', requestId).executeTakeFirst();
  return row === undefined ? null : toRequest(row);
}

/** Those that wait for an answer of this person. */
export async function listDeviceRequests(master: Master, userId: UserId, now: Date): Promise<DeviceRequestRow[]> {
  const rows = await requests(master, now)
    .where('user_id', '=', userId)
    .where('state', '=', 'pending')
    .orderBy('created_at')
    .execute();
  return rows.map(toRequest);
}

/** Answers a request once. False where there is none of this person's that waits. */
export async function settleDeviceRequest(
  db: MasterReader,
  answer: { readonly userId: UserId; readonly requestId: string; readonly state: 'approved' | 'refused' },
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('device_requests')
    .set({ state: answer.state })
    .where('request_id', '=', answer.requestId)
    .where('user_id', '=', answer.userId)
    .where('state', '=', 'pending')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
