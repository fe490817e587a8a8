/**
 * A new identity: its keys on disk first, then known to the server, then sealed to. Neither side is left with half of one: a
 * key the server refused is thrown away, and one it may have taken is kept.
 */
import { AppError, errorStatus } from '@vivim/contract/errors';
import type { Platform } from '@vivim/contract/identity';
import { CliError } from '../cli-error.ts';
import { say } from '../output/speak.ts';
import { usualName } from '../profile/device-name.ts';
import { dpopSigner, newDpopKey } from '../profile/dpop-key.ts';
import { newIdentityKey } from '../profile/identity-key.ts';
import { changeProfile, createProfile, discardProfile, readProfile } from '../profile/profile.ts';
import { freshProfile, type Profile, type Session } from '../profile/profile-shape.ts';
import { openProfile, serverOf } from '../session/connect.ts';
import type { KeyConnection } from '../session/connection.ts';
import { guestClient, type Keys, sessionOf, signChallenge } from '../session/sign-in.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';
import { settleDevice } from './settle.ts';

/** What devices made by this program are. */
export const platform: Platform = 'cli';

/** The server said no, so that nothing came about there. Other failures may have come after something did. */
export const isRefusal = (error: unknown): boolean => error instanceof AppError && errorStatus[error.code] < 500;

/** A fresh profile on disk. @throws CliError `profile_exists` */
export async function startProfile(
  world: World,
  options: GlobalOptions,
  parts: Partial<Profile>,
): Promise<{ name: string; profile: Profile }> {
  const { configDirectory } = world.environment;
  const name = profileName(world, options);
  if ((await readProfile(configDirectory, name)) !== null) {
    throw new CliError(
      'profile_exists',
      `There is a profile ${name} already; its key is not replaced. Sign in with vivim login --profile ${name}, or choose another --profile.`,
    );
  }
  const keys = { identityKey: newIdentityKey(), dpopKey: await newDpopKey() };
  const profile = freshProfile({ server: serverOf(world, options), ...keys, ...parts });
  createProfile(configDirectory, name, profile);
  return { name, profile };
}

/** @throws AppError `key_in_use` when the server has met the key; CliError `unreachable` before it heard of it */
export async function register(
  world: World,
  keys: Keys,
  server: string,
  onSent: () => void = () => {},
): Promise<Session> {
  const signer = await dpopSigner(keys.dpopKey);
  const client = guestClient(server, signer);
  const signed = await signChallenge(client, keys.identityKey, signer.thumbprint, 'register');
  onSent();
  return sessionOf(await client.verifyChallenge({ body: { ...signed, platform } }), server, world.clock);
}

/** @throws CliError `profile_exists` */
export async function createIdentity(
  world: World,
  options: GlobalOptions,
  deviceName: string = usualName(),
): Promise<KeyConnection> {
  const { name, profile } = await startProfile(world, options, { unsentName: deviceName });
  const { configDirectory } = world.environment;
  let sent = false;
  const session = await register(world, profile, profile.server, () => {
    sent = true;
  }).catch((error: unknown) => {
    if (!sent || isRefusal(error)) discardProfile(configDirectory, name);
    else if (!options.json)
      say(world, `The server may have taken the key; it is kept. Finish with: vivim login --profile ${name}`);
    throw error;
  });
  const registered = await changeProfile(configDirectory, name, (current) => ({ ...current, session }));
  const connection = await openProfile(world, { ...options, server: profile.server }, name, registered);
  await settleDevice(world, connection);
  return connection;
}
