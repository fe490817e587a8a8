/**
 * Makes this device whole on its server: its sealing key in the key log, its name sealed. Every step looks at what is there
 * first, so that one that was cut short is made up for by the next command that comes by.
 */
import { hostname } from 'node:os';
import type { Device } from '@vivim/contract/devices';
import { AppError } from '@vivim/contract/errors';
import { keyPriority } from '@vivim/contract/key-log';
import { sealName } from '@vivim/contract/sealing';
import { kidOf } from '../profile/identity-key.ts';
import { changeProfile } from '../profile/profile.ts';
import { sealingLoggedKey } from '../profile/sealing-key.ts';
import type { KeyConnection } from '../session/connect.ts';
import type { World } from '../world.ts';
import { nameKeyFor } from './names.ts';
import { addEntry, deviceSigner } from './sign-entry.ts';

/** What a device is called unless its owner says otherwise. */
export const usualName = (): string => hostname().replace(/\.(local|lan|home)$/, '') || 'terminal';

/** The device this session signs in from. @throws AppError `not_found` for a session that is of none */
export async function thisDevice({ client }: KeyConnection): Promise<Device> {
  const { items } = await client.listDevices({});
  const device = items.find(({ current }) => current);
  if (device === undefined) throw new AppError('not_found', 'This session is of no device.');
  return device;
}

/** The sealing key goes in once; accounts from before there was a log begin theirs first. */
export async function ensureSealingKey(connection: KeyConnection): Promise<Device> {
  const { client, profile } = connection;
  const key = await sealingLoggedKey(profile.sealingKey.x);
  const device = await thisDevice(connection);
  if (device.encKid === key.kid) return device;
  const signer = await deviceSigner(profile.identityKey);
  const append = (change: Parameters<typeof addEntry>[1]) =>
    addEntry(client, change, (entry) => client.appendKeyLog({ body: { entry } }));
  const { head } = await client.getKeyLog({});
  if (head.seq === 0) {
    const { x: publicKey } = profile.identityKey;
    const first = { kid: await kidOf(profile.identityKey), alg: 'Ed25519', publicKey } as const;
    const keys = [{ ...first, purpose: 'rotation', priority: keyPriority.first } as const];
    await append(() => ({ change: { op: 'add', keys, deviceId: device.id }, signer }));
  }
  // One that another copy of this profile brought in opens nothing any more.
  const { encKid } = device;
  if (encKid !== null) await append(() => ({ change: { op: 'revoke', kids: [encKid] }, signer }));
  await append(() => ({ change: { op: 'add', keys: [key], deviceId: device.id }, signer }));
  return { ...device, encKid: key.kid };
}

/** Seals a name for this device and sends it. */
export async function nameDevice(connection: KeyConnection, device: Device, name: string): Promise<Device> {
  const nameCt = await sealName(await nameKeyFor(connection), name, device.id);
  return connection.client.updateDevice({ params: { id: device.id }, body: { nameCt } });
}

/** Both steps, as far as they are still to be done. @returns the device and the name it has from now on */
export async function settleDevice(world: World, connection: KeyConnection): Promise<Device> {
  const device = await ensureSealingKey(connection);
  const { name, profile } = connection;
  const wanted = profile.unsentName;
  const named = wanted === null ? device : await nameDevice(connection, device, wanted);
  if (profile.deviceId !== device.id || wanted !== null) {
    await changeProfile(world.environment.configDirectory, name, (current) => ({
      ...current,
      deviceId: device.id,
      unsentName: null,
    }));
  }
  return named;
}
