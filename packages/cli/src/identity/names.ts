/**
 * Names only their owner reads: sealed under a key made of the space's key, which is sealed to this device. Keeps neither key
 * longer than a command runs.
 */
import { nameKeyOf, openName, openSpaceKey, type SealingKey } from '@vivim/contract/sealing';
import { CliError } from '../cli-error.ts';
import { sealingLoggedKey, sealingPairOf } from '../profile/sealing-key.ts';
import { connectWithKey } from '../session/connect.ts';
import type { KeyConnection } from '../session/connection.ts';
import { tokenAsked } from '../session/token.ts';
import type { GlobalOptions, World } from '../world.ts';

/** Null where nothing is sealed to this device yet. */
async function openNameKey({ client, profile }: KeyConnection): Promise<SealingKey | null> {
  const { kid } = await sealingLoggedKey(profile.sealingKey.x);
  const { items } = await client.listSpaceKeyWraps({});
  const wrap = items.find((each) => each.kid === kid);
  if (wrap === undefined) return null;
  return nameKeyOf(await openSpaceKey(wrap.sealed, await sealingPairOf(profile.sealingKey), kid));
}

/** @throws CliError `refused` where nothing is sealed to this device */
export async function nameKeyFor(connection: KeyConnection): Promise<SealingKey> {
  const key = await openNameKey(connection);
  if (key === null)
    throw new CliError(
      'refused',
      'Nothing is sealed to this device, so it cannot read or write names. Run: vivim login',
    );
  return key;
}

/** What can carry a sealed name. */
interface Named {
  readonly id: string;
  readonly nameCt: string | null;
}

/** Reads names; null for one that is not there or that this device cannot open. */
export type ReadName = (named: Named) => Promise<string | null>;

export async function nameReader(connection: KeyConnection): Promise<ReadName> {
  const key = await openNameKey(connection);
  return async ({ id, nameCt }) => (key === null || nameCt === null ? null : openName(key, nameCt, id));
}

/** Names of devices by id, for tables; none where only a token is there to ask. */
export async function deviceNames(world: World, options: GlobalOptions): Promise<ReadonlyMap<string, string>> {
  if (tokenAsked(world, options) !== null) return new Map();
  const connection = await connectWithKey(world, options);
  const { items } = await connection.client.listDevices({});
  const nameOf = await nameReader(connection);
  const names = await Promise.all(items.map(async (device) => [device.id, (await nameOf(device)) ?? ''] as const));
  return new Map(names);
}
