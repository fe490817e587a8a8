/** The first sign-in of a device that was let in, by another device or by a recovery. */

import { CliError } from '../cli-error.ts';
import { changeProfile, readProfile } from '../profile/profile.ts';
import { openProfile } from '../session/connect.ts';
import type { KeyConnection } from '../session/connection.ts';
import { renewSession } from '../session/renew.ts';
import type { GlobalOptions, World } from '../world.ts';
import { settleDevice } from './settle.ts';

/** @throws AppError `key_not_authorized` where it was not let in, `account_locked` */
export async function enter(world: World, options: GlobalOptions, name: string): Promise<KeyConnection> {
  const { configDirectory } = world.environment;
  const waiting = await readProfile(configDirectory, name);
  if (waiting === null) throw new CliError('no_profile', `The profile ${name} is not there any more.`);
  const { server } = waiting;
  await renewSession({ configDirectory, name, server, clock: world.clock }, null);
  const profile = await changeProfile(configDirectory, name, (current) => ({ ...current, pending: null }));
  const connection = await openProfile(world, { ...options, server }, name, profile);
  await settleDevice(world, connection);
  return connection;
}
