/**
 * Makes this device whole on its server: its sealing key in the key log, its name sealed. Every step looks at what is there
 * first, so that one that was cut short is made up for by the next command that comes by.
 */
import type { Device } from '@vivim/contract/devices';
import { AppError } from '@vivim/contract/errors';
import type { KeyLog } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { uuidv7 } from '@vivim/contract/random';
import { sealName } from '@vivim/contract/sealing';
import { kidOf } from '../profile/identity-key.ts';
import { changeProfile, profilePath, readProfile } from '../profile/profile.ts';
import { withLock } from '../profile/profile-lock.ts';
import { sealingLoggedKey } from '../profile/sealing-key.ts';
import type { KeyConnection } from '../session/connection.ts';
import type { World } from '../world.ts';
import { nameKeyFor } from './names.ts';
import { addEntry, type Change, deviceSigner } from './sign-entry.ts';

type Append = (change: Change) => Promise<KeyLog>;

async function appender({ client, profile }: KeyConnection): Promise<Append> {
  const signer = await deviceSigner(profile.identityKey);
  return (change) =>
    addEntry(
      client,
      () => ({ change, signer }),
      (entry) => client.appendKeyLog({ body: { entry } }),
    );
}

/** The device whose key this profile has; undefined in an account from before there were devices. */
async function findDevice({ client, profile }: KeyConnection): Promise<Device | undefined> {
  const kid = await kidOf(profile.identityKey);
  return (await client.listDevices({})).items.find(({ authKid }) => authKid === kid);
}

/** The same, where such an account first begins its log with this device. */
async function ownDevice(connection: KeyConnection, append: Append): Promise<Device> {
  const { client, profile } = connection;
  const known = await findDevice(connection);
  if (known !== undefined) return known;
  if ((await client.getKeyLog({})).head.seq === 0) {
    const kid = await kidOf(profile.identityKey);
    const key = { kid, alg: 'Ed25519', publicKey: profile.identityKey.x, purpose: 'rotation' } as const;
    await append({ op: 'add', keys: [{ ...key, priority: keyPriority.first }], deviceId: uuidv7() });
  }
  const made = await findDevice(connection);
  if (made === undefined) throw new AppError('not_found', 'The key of this profile is of no device of its account.');
  return made;
}

/** The device this profile is, with its sealing key in the log. */
async function ensureSealingKey(world: World, connection: KeyConnection): Promise<Device> {
  const key = await sealingLoggedKey(connection.profile.sealingKey.x);
  const known = await findDevice(connection);
  if (known?.encKid === key.kid) return known;
  // Commands that run at once come one after the other: the first does it for the rest.
  return withLock(`${profilePath(world.environment.configDirectory, connection.name)}.settle`, async () => {
    const append = await appender(connection);
    const device = await ownDevice(connection, append);
    if (device.encKid === key.kid) return device;
    // One that another copy of this profile brought in opens nothing here.
    if (device.encKid !== null) await append({ op: 'revoke', kids: [device.encKid] });
    await append({ op: 'add', keys: [key], deviceId: device.id });
    return { ...device, encKid: key.kid };
  });
}

/** Seals a name for this device and sends it. */
export async function nameDevice(connection: KeyConnection, device: Device, name: string): Promise<Device> {
  const nameCt = await sealName(await nameKeyFor(connection), name, device.id);
  return connection.client.updateDevice({ params: { id: device.id }, body: { nameCt } });
}

/** Both steps, as far as they are still to be done. @returns the device with the name it has from now on */
export async function settleDevice(world: World, connection: KeyConnection): Promise<Device> {
  const { configDirectory } = world.environment;
  const device = await ensureSealingKey(world, connection);
  // As it is by now: this connection may have settled it before.
  const { deviceId, unsentName } = (await readProfile(configDirectory, connection.name)) ?? connection.profile;
  if (unsentName === null && deviceId === device.id) return device;
  const named = unsentName === null ? device : await nameDevice(connection, device, unsentName);
  await changeProfile(configDirectory, connection.name, (current) => ({
    ...current,
    deviceId: device.id,
    unsentName: null,
  }));
  return named;
}
