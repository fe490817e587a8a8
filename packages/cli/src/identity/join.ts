/**
 * Becoming a device of an account that is there: keys of its own on disk, a request that proves one of them, and the wait
 * for a device that is in. What was begun goes on where it was.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { deviceClaim } from '@vivim/contract/devices';
import { AppError } from '@vivim/contract/errors';
import { CliError } from '../cli-error.ts';
import { usualName } from '../profile/device-name.ts';
import { dpopSigner } from '../profile/dpop-key.ts';
import { didOf } from '../profile/identity-key.ts';
import { changeProfile, discardProfile, readProfile } from '../profile/profile.ts';
import type { Profile } from '../profile/profile-shape.ts';
import type { KeyConnection } from '../session/connection.ts';
import { guestClient, signChallenge } from '../session/sign-in.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';
import { sixWords } from './comparing.ts';
import { isRefusal, platform, startProfile } from './create-identity.ts';
import { enter } from './enter.ts';

export interface JoinOptions extends GlobalOptions {
  readonly account?: string;
  readonly name?: string;
}

interface JoinRequest {
  readonly id: string;
  readonly expiresAt: string;
}

/**
 * @param onAsked is told what this machine has to show while it waits
 * @throws CliError `usage` without an account, `profile_exists` for a profile that is in already, `refused`, `interrupted`
 */
export async function join(
  world: World,
  options: JoinOptions,
  onAsked: (asked: JoinRequest & { readonly words: string }) => void,
): Promise<KeyConnection> {
  const { name, profile } = await joiningProfile(world, options);
  const request = await openRequest(world, name, profile);
  if (request !== null) {
    const words = await sixWords(deviceClaim(claimOf(profile)));
    await untilInterrupted(name, async (signal) => {
      onAsked({ ...request, words });
      await awaitAnswer(world, name, profile, request, signal);
    });
  }
  return enter(world, options, name);
}

/** The one that was begun, or a new one. */
async function joiningProfile(world: World, options: JoinOptions): Promise<{ name: string; profile: Profile }> {
  const name = profileName(world, options);
  const { account } = options;
  const begun = await readProfile(world.environment.configDirectory, name);
  if (begun?.pending?.kind === 'device') {
    if (account === undefined || account === begun.account) return { name, profile: begun };
    throw new CliError(
      'profile_exists',
      `The profile ${name} waits for ${begun.account} to let it in; choose another --profile.`,
    );
  }
  if (begun === null && account === undefined) {
    throw new CliError(
      'usage',
      'Say which account with --account DID; on a device that is in, `vivim identity did` prints it.',
    );
  }
  return startProfile(world, options, {
    ...(account === undefined ? {} : { account }),
    unsentName: options.name ?? usualName(),
    pending: { kind: 'device', request: null },
  });
}

const claimOf = ({ account, identityKey, sealingKey }: Profile) => ({
  account,
  did: didOf(identityKey),
  encKey: sealingKey.x,
  platform,
});

/** The request that was made, or a new one where its time is over. Null where the key was let in while nobody waited. */
async function openRequest(world: World, name: string, profile: Profile): Promise<JoinRequest | null> {
  const { configDirectory } = world.environment;
  const made = profile.pending?.kind === 'device' ? profile.pending.request : null;
  if (made !== null && Date.parse(made.expiresAt) > world.clock()) return made;
  const { account, encKey } = claimOf(profile);
  const signer = await dpopSigner(profile.dpopKey);
  const client = guestClient(profile.server, signer);
  try {
    const proof = await signChallenge(client, profile.identityKey, signer.thumbprint, 'device');
    const { id, expiresAt } = await client.createDeviceRequest({ body: { account, encKey, platform, proof } });
    const request = { id, expiresAt };
    await changeProfile(configDirectory, name, (current) => ({ ...current, pending: { kind: 'device', request } }));
    return request;
  } catch (error) {
    if (error instanceof AppError && error.code === 'key_in_use') return null;
    if (made === null && (isRefusal(error) || error instanceof CliError)) discardProfile(configDirectory, name);
    throw error;
  }
}

const lookEveryMs = 1_000;

/** A look that failed for now: the next one may not. */
const mayPass = (error: unknown): boolean =>
  error instanceof CliError
    ? error.failure === 'unreachable'
    : error instanceof AppError && error.code === 'rate_limited';

/** Looks until somebody has answered or the time is over. */
async function awaitAnswer(
  world: World,
  name: string,
  profile: Profile,
  { id, expiresAt }: JoinRequest,
  signal: AbortSignal,
): Promise<void> {
  const client = guestClient(profile.server, await dpopSigner(profile.dpopKey));
  for (;;) {
    const answer = await client.getDeviceRequest({ params: { id }, signal }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') return { state: 'expired' as const };
      if (mayPass(error) && Date.parse(expiresAt) > world.clock()) return { state: 'pending' as const };
      throw error;
    });
    if (answer.state === 'approved') return;
    if (answer.state !== 'pending') throw await notLetIn(world, name, answer.state);
    await wait(lookEveryMs, undefined, { signal });
  }
}

/** What was asked stands when somebody stops waiting for the answer. */
async function untilInterrupted(name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  try {
    await work(interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    throw new CliError('interrupted', `Stopped waiting; go on with: vivim devices join --profile ${name}`);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

/** Refused, its keys are of no use; late, they can ask again. */
async function notLetIn(world: World, name: string, state: 'refused' | 'expired'): Promise<CliError> {
  const { configDirectory } = world.environment;
  if (state === 'refused') {
    discardProfile(configDirectory, name);
    return new CliError('refused', 'A device of that account kept this one out.');
  }
  await changeProfile(configDirectory, name, (current) => ({ ...current, pending: { kind: 'device', request: null } }));
  return new CliError('refused', `Nobody let this device in in time. Ask again: vivim devices join --profile ${name}`);
}
