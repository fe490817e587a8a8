/**
 * Devices: listing, naming, shutting out, and letting a new one in. A request proves the new device's key and tells nobody
 * whether the account it names exists; only a signature of a device that is in makes it one.
 */
import { isoTime } from '@vivim/contract/clock';
import {
  type Device,
  type DeviceApproval,
  type DeviceRequest,
  type DeviceRequestBody,
  type DeviceRequestState,
  deviceRequestSeconds,
  deviceStatement,
} from '@vivim/contract/devices';
import { AppError } from '@vivim/contract/errors';
import type { SignedEntry } from '@vivim/contract/key-log';
import { signedBytes, signedTags } from '@vivim/contract/signed-object';
import type { z } from 'zod';
import { appendAudit } from '../../master/audit.ts';
import {
  type DeviceRequestRow,
  type DeviceRow,
  findDeviceRequest,
  listDeviceRequests,
  listDevices,
  renameDevice,
  settleDeviceRequest,
  storeDeviceRequest,
} from '../../master/devices.ts';
import { findLiveKey, listLiveKeys } from '../../master/keys.ts';
import { decodeBase64url } from '../base64url.ts';
import type { AuthDeps } from '../deps.ts';
import type { Principal } from '../gateway.ts';
import { keyAlgorithms } from '../keys/key-algorithms.ts';
import { appendToKeyLog } from '../keys/keyring.ts';
import { bringsKeysOf, proveWaitingKey } from './waiting-key.ts';

const toDevice = (row: DeviceRow, principal: Principal): Device => ({
  id: row.deviceId,
  platform: row.platform,
  nameCt: row.nameCt,
  authKid: row.authKid,
  encKid: row.encKid,
  createdAt: isoTime(row.createdAt.getTime()),
  lastSeenAt: row.lastSeenAt === null ? null : isoTime(row.lastSeenAt.getTime()),
  lastNetwork: row.lastNetwork,
  approvedBy: row.approvedBy,
  current: row.deviceId === principal.deviceId,
});

export async function describeDevices(deps: AuthDeps, principal: Principal): Promise<Device[]> {
  return (await listDevices(deps.master, principal.userId)).map((row) => toDevice(row, principal));
}

async function describeDevice(deps: AuthDeps, principal: Principal, id: string): Promise<Device> {
  const device = (await describeDevices(deps, principal)).find((one) => one.id === id);
  if (device === undefined) throw new AppError('not_found');
  return device;
}

/** @throws AppError `not_found` */
export async function nameDevice(deps: AuthDeps, principal: Principal, id: string, nameCt: string): Promise<Device> {
  if (!(await renameDevice(deps.master, { userId: principal.userId, deviceId: id, nameCt })))
    throw new AppError('not_found');
  await audit(deps, principal, 'device.renamed', id);
  return describeDevice(deps, principal, id);
}

/**
 * @param entry revokes every key of the device
 * @throws AppError `not_found`, `key_log_invalid` where it leaves a key of the device alive or touches another's
 */
export async function revokeDevice(
  deps: AuthDeps,
  principal: Principal,
  id: string,
  entry: SignedEntry,
): Promise<void> {
  await describeDevice(deps, principal, id);
  const keys = (await listLiveKeys(deps.master, principal.userId)).filter(({ deviceId }) => deviceId === id);
  const revoked = new Set(entry.payload.op === 'revoke' ? entry.payload.kids : []);
  if (keys.length !== revoked.size || !keys.every(({ kid }) => revoked.has(kid)))
    throw new AppError('key_log_invalid', 'The entry must revoke the keys of this device, all and no others.');
  await appendToKeyLog(deps, ownerOf(principal), entry);
  await audit(deps, principal, 'device.revoked', id);
}

export const ownerOf = ({ userId, routing, sessionId }: Principal) => ({ userId, routing, actor: sessionId });

const audit = (
  deps: AuthDeps,
  { userId, sessionId }: Principal,
  event: 'device.renamed' | 'device.revoked' | 'device.refused' | 'device.approved',
  ref: string,
) => appendAudit(deps.master, { chain: userId, event, actor: sessionId, ref }, new Date(deps.clock()));

const toState = (row: Pick<DeviceRequestRow, 'requestId' | 'state' | 'expiresAt'>): DeviceRequestState => ({
  id: row.requestId,
  state: row.state,
  expiresAt: isoTime(row.expiresAt.getTime()),
});

/**
 * @throws AppError `challenge_unknown`, `signature_invalid`, `key_in_use`, a `did_…` code for a name that is none. Whether the
 *   account exists is not said.
 */
export async function askForDevice(
  deps: AuthDeps,
  body: z.output<typeof DeviceRequestBody>,
): Promise<DeviceRequestState> {
  const { waiting } = await proveWaitingKey(deps, body, 'device');
  const { createdAt, userId, requestId, platform } = waiting;
  const request = { ...waiting, expiresAt: new Date(createdAt.getTime() + deviceRequestSeconds * 1_000) };
  await storeDeviceRequest(deps.master, request);
  if (userId !== null) {
    const event = { chain: userId, event: 'device.requested', actor: 'guest', ref: requestId } as const;
    await appendAudit(deps.master, { ...event, meta: { platform } }, createdAt);
  }
  return toState({ ...request, state: 'pending' });
}

/** @throws AppError `not_found` */
export async function describeDeviceRequest(deps: AuthDeps, id: string): Promise<DeviceRequestState> {
  const row = await findDeviceRequest(deps.master, id, new Date(deps.clock()));
  if (row === null) throw new AppError('not_found');
  return toState(row);
}

const toRequest = (row: DeviceRequestRow): DeviceRequest => ({
  id: row.requestId,
  deviceId: row.deviceId,
  account: row.account,
  did: row.did,
  encKey: row.encKey,
  platform: row.platform,
  createdAt: isoTime(row.createdAt.getTime()),
  expiresAt: isoTime(row.expiresAt.getTime()),
});

export async function describeDeviceRequests(deps: AuthDeps, principal: Principal): Promise<DeviceRequest[]> {
  const rows = await listDeviceRequests(deps.master, principal.userId, new Date(deps.clock()));
  return rows.map(toRequest);
}

/**
 * Lets a device in: its keys go into the log, the space's key is sealed to it, and from then on it signs in.
 *
 * @throws AppError `not_found`, `signature_invalid`, and the codes of {@link appendToKeyLog}
 */
export async function approveDevice(
  deps: AuthDeps,
  principal: Principal,
  id: string,
  approval: DeviceApproval,
): Promise<Device> {
  const now = new Date(deps.clock());
  const row = await findDeviceRequest(deps.master, id, now);
  if (row?.userId !== principal.userId || row.state !== 'pending') throw new AppError('not_found');
  await assertStatement(deps, principal, toRequest(row), approval);
  assertKeysOf(row, approval.entry);
  await appendToKeyLog(deps, ownerOf(principal), approval.entry, {
    device: {
      deviceId: row.deviceId,
      platform: row.platform,
      nameCt: approval.nameCt ?? null,
      approvedBy: principal.deviceId,
    },
    answers: { kind: 'device', requestId: id },
  });
  await audit(deps, principal, 'device.approved', row.deviceId);
  return describeDevice(deps, principal, row.deviceId);
}

/** The statement names what was compared; the key that signed the entry signs it too. */
async function assertStatement(
  deps: AuthDeps,
  principal: Principal,
  request: DeviceRequest,
  { entry, statement }: DeviceApproval,
): Promise<void> {
  const key = await findLiveKey(deps.master, principal.userId, entry.signer);
  const signature = decodeBase64url(statement);
  if (key === null || signature === null || key.alg === 'X25519' || key.purpose === 'passkey')
    throw new AppError('signature_invalid');
  const bytes = signedBytes(signedTags.device, deviceStatement(request));
  if (!keyAlgorithms[key.alg].verify(key.publicKey, bytes, signature)) throw new AppError('signature_invalid');
}

/** The entry adds the keys that asked, and no others. */
function assertKeysOf(row: DeviceRequestRow, { payload }: SignedEntry): void {
  if (payload.op !== 'add' || !bringsKeysOf(row, payload))
    throw new AppError('key_log_invalid', 'The entry must add the two keys of the device that asks, and no others.');
}

/** @throws AppError `not_found` */
export async function refuseDevice(deps: AuthDeps, principal: Principal, id: string): Promise<void> {
  const answer = { userId: principal.userId, requestId: id, state: 'refused' } as const;
  if (!(await settleDeviceRequest(deps.master.db, answer, new Date(deps.clock())))) throw new AppError('not_found');
  await audit(deps, principal, 'device.refused', id);
}
