/**
 * Getting back in with a new key: keys of its own on disk, a request the paper or guardians vouch for, and after the wait the
 * entry that lets the new key in. What was begun goes on where it was.
 */
import { AppError } from '@vivim/contract/errors';
import type { RecoveryApproval } from '@vivim/contract/key-log';
import { keyPriority, recoverPayload } from '@vivim/contract/key-log-bytes';
import { type RecoveryState, recoveryClaim } from '@vivim/contract/recovery';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { signedBytes, signedTags } from '@vivim/contract/signed-object';
import { CliError } from '../cli-error.ts';
import { moment } from '../output/when.ts';
import { usualName } from '../profile/device-name.ts';
import { dpopSigner } from '../profile/dpop-key.ts';
import { didOf, kidOf } from '../profile/identity-key.ts';
import { changeProfile, discardProfile, readProfile } from '../profile/profile.ts';
import type { Pending, Profile } from '../profile/profile-shape.ts';
import { sealingLoggedKey } from '../profile/sealing-key.ts';
import { requireProfile } from '../session/connect.ts';
import type { KeyConnection } from '../session/connection.ts';
import { guestClient, signChallenge } from '../session/sign-in.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';
import { sixWords } from './comparing.ts';
import { isRefusal, platform, startProfile } from './create-identity.ts';
import { enter } from './enter.ts';
import { deviceSigner, signEntry } from './sign-entry.ts';

type RecoveryPending = Extract<Pending, { kind: 'recovery' }>;

const guest = async ({ server, dpopKey }: Profile) => guestClient(server, await dpopSigner(dpopKey));

export interface StartOptions extends GlobalOptions {
  readonly account: string;
  readonly name?: string;
}

/** A request that was made, and what guardians compare. */
export type Started = RecoveryState & { readonly account: string; readonly words: string };

/**
 * @param paper the printed key; null asks guardians
 * @throws AppError `signature_invalid` where the printed key is of another account; CliError `profile_exists`
 */
export async function startRecovery(world: World, options: StartOptions, paper: RecoveryKey | null): Promise<Started> {
  const { configDirectory } = world.environment;
  const method = paper === null ? 'guardians' : 'recovery-key';
  const { name, profile } = await recoveringProfile(world, options, method);
  const client = await guest(profile);
  const { account } = options;
  try {
    const { thumbprint } = await dpopSigner(profile.dpopKey);
    const proof = await signChallenge(client, profile.identityKey, thumbprint, 'recovery');
    const { challengeId } = proof;
    const approval = paper === null ? {} : { approval: await approvalOf(paper, account, profile, challengeId) };
    const encKey = profile.sealingKey.x;
    const state = await client.createRecoveryRequest({
      body: { account, proof, encKey, platform, method, ...approval },
    });
    const pending: RecoveryPending = { kind: 'recovery', method, request: { id: state.id, challengeId } };
    await changeProfile(configDirectory, name, (current) => ({ ...current, pending }));
    return { ...state, account, words: await wordsOf(profile, challengeId) };
  } catch (error) {
    if (isRefusal(error) || error instanceof CliError) discardProfile(configDirectory, name);
    throw error;
  }
}

const wordsOf = ({ account, identityKey }: Profile, challengeId: string): Promise<string> =>
  sixWords(recoveryClaim({ account, did: didOf(identityKey), challengeId }));

async function approvalOf(
  { sign }: RecoveryKey,
  account: string,
  profile: Profile,
  challengeId: string,
): Promise<RecoveryApproval> {
  const payload = recoverPayload(account, await kidOf(profile.identityKey), challengeId);
  const signature = await sign.signBytes(signedBytes(signedTags.recover, payload));
  return { kid: sign.kid, did: didOf({ x: sign.publicKey }), signature };
}

/** One whose asking was cut short is taken up again. */
async function recoveringProfile(
  world: World,
  options: StartOptions,
  method: RecoveryPending['method'],
): Promise<{ name: string; profile: Profile }> {
  const name = profileName(world, options);
  const { account } = options;
  const begun = await readProfile(world.environment.configDirectory, name);
  if (begun?.pending?.kind === 'recovery') {
    if (begun.pending.request === null && begun.account === account) return { name, profile: begun };
    throw new CliError(
      'profile_exists',
      `The profile ${name} asks to get back in already. Look with vivim recovery status, or choose another --profile.`,
    );
  }
  const unsentName = options.name ?? usualName();
  return startProfile(world, options, { account, unsentName, pending: { kind: 'recovery', method, request: null } });
}

/** A recovery of this profile that is under way. */
export interface Begun {
  readonly name: string;
  readonly profile: Profile;
  readonly request: { readonly id: string; readonly challengeId: string };
}

/** Null for a profile that recovers nothing. */
export function begunRecovery(name: string, profile: Profile): Begun | null {
  const request = profile.pending?.kind === 'recovery' ? profile.pending.request : null;
  return request === null ? null : { name, profile, request };
}

/** How far it is. @throws CliError `refused` where it is over for good; its keys are of no use then */
export async function recoveryState(world: World, { name, profile, request }: Begun): Promise<Started> {
  const client = await guest(profile);
  const over = (why: string) => {
    discardProfile(world.environment.configDirectory, name);
    return new CliError('refused', why);
  };
  const state = await client.getRecoveryRequest({ params: { id: request.id } }).catch((error: unknown) => {
    const gone = error instanceof AppError && error.code === 'not_found';
    throw gone ? over('The time to get back in with this request is over. Start again: vivim recovery start') : error;
  });
  if (state.state === 'vetoed') throw over('A device of that account stopped this recovery.');
  return { ...state, account: profile.account, words: await wordsOf(profile, request.challengeId) };
}

/** @throws AppError `recovery_pending` while it waits; CliError `no_profile`, `refused` */
export async function finishRecovery(
  world: World,
  options: GlobalOptions & { readonly revokeOthers?: true },
): Promise<KeyConnection> {
  const { name, profile } = await requireProfile(world, options);
  const begun = begunRecovery(name, profile);
  if (begun === null)
    throw new CliError('usage', `The profile ${name} recovers nothing. Begin with: vivim recovery start --account DID`);
  for (;;) {
    const state = await recoveryState(world, begun);
    if (state.state !== 'done') {
      if (state.state !== 'ready' || state.head === null) throw new AppError('recovery_pending', progressText(state));
      const moved = await complete(begun, state, options.revokeOthers === true);
      if (moved) continue;
    }
    return enter(world, options, name);
  }
}

/** @returns true when the log of the account moved on meanwhile */
async function complete({ profile, request }: Begun, state: Started, revokeOthers: boolean): Promise<boolean> {
  const { x: publicKey } = profile.identityKey;
  const { added: priority } = keyPriority;
  const kid = await kidOf(profile.identityKey);
  const entry = await signEntry(
    state.head ?? { seq: 0, hash: null },
    {
      op: 'recover',
      requestId: request.id,
      keys: [
        { kid, alg: 'Ed25519', publicKey, purpose: 'device-auth', priority },
        await sealingLoggedKey(profile.sealingKey.x),
      ],
      deviceId: state.deviceId,
      approvals: state.vouchers,
      revokeOthers,
    },
    await deviceSigner(profile.identityKey),
  );
  try {
    await (await guest(profile)).completeRecovery({ params: { id: request.id }, body: { entry } });
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'key_log_conflict') return true;
    throw error;
  }
}

/** Where a recovery stands, in words. */
export function progressText({ state, method, approvals, threshold, notBefore }: RecoveryState): string {
  if (state === 'waiting') return `${approvals} of ${threshold} guardians have vouched.`;
  if (state === 'ready' || state === 'done') return 'The wait is over. Finish with: vivim recovery finish';
  const vouched = method === 'guardians' ? `${approvals} guardians have vouched; it` : 'It';
  return `${vouched} can be finished from ${moment(notBefore)} on, unless a device of the account says no.`;
}
