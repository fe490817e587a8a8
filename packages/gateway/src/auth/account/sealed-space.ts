/**
 * Sealing a space and handing its key in, for its owner. Knows which keys of theirs open it; never keeps the key itself, and
 * never says more of a wrong one than that it is.
 */
import { AppError } from '@vivim/contract/errors';
import { isSealable, openerOf, type SpaceOpener, type SpaceSeal } from '@vivim/contract/sealed-space';
import { appendAudit } from '../../master/audit.ts';
import { listLiveKeys } from '../../master/keys.ts';
import { decodeBase64url } from '../base64url.ts';
import type { AuthDeps } from '../deps.ts';
import type { Principal } from '../gateway.ts';
import { describeWraps } from '../keys/keyring.ts';

type SealEvent = 'space.sealed' | 'space.unsealed' | 'space.unlocked' | 'space.locked';

const note = (deps: AuthDeps, { userId, sessionId }: Principal, event: SealEvent) =>
  appendAudit(deps.master, { chain: userId, event, actor: sessionId }, new Date(deps.clock()));

/** Live keys the space's key is sealed to. */
async function openersOf(deps: AuthDeps, principal: Principal): Promise<{ kid: string; by: SpaceOpener }[]> {
  const wrapped = new Set((await describeWraps(deps, principal)).map(({ kid }) => kid));
  const keys = await listLiveKeys(deps.master, principal.userId);
  return keys.flatMap(({ kid, purpose }) => {
    const by = openerOf(purpose);
    return by === null || !wrapped.has(kid) ? [] : [{ kid, by }];
  });
}

export async function describeSeal(deps: AuthDeps, principal: Principal): Promise<SpaceSeal> {
  const [{ state, sealedAt }, openers] = await Promise.all([
    deps.seals.state(principal.routing),
    openersOf(deps, principal),
  ]);
  return { state, sealedAt, idleMinutes: deps.sealedIdleMinutes, openers, sealable: isSealable(openers) };
}

/** @throws AppError `last_key` where one loss would close the space for good, `engine_unavailable` before the space is made */
export async function sealSpace(deps: AuthDeps, principal: Principal): Promise<SpaceSeal> {
  if (principal.routing.state !== 'ready') throw new AppError('engine_unavailable', 'Your space is not made yet.');
  const before = await describeSeal(deps, principal);
  if (!before.sealable)
    throw new AppError(
      'last_key',
      'Fewer than two keys of yours open the space. Make a recovery key, or add a second device or a passkey that can open it: without any of them a sealed space is lost for good, backups included.',
    );
  await deps.seals.seal(principal.routing);
  if (before.state === 'open') await note(deps, principal, 'space.sealed');
  return describeSeal(deps, principal);
}

/** The key in the open for as long as it takes. */
async function withKey(text: string, act: (key: Uint8Array) => Promise<void>): Promise<void> {
  const key = decodeBase64url(text);
  if (key?.length !== 32) throw new AppError('space_key_wrong');
  try {
    await act(key);
  } finally {
    key.fill(0);
  }
}

/** Keys that came in while it was locked are sealed to now. @throws AppError `space_key_wrong` */
export async function unlockSpace(deps: AuthDeps, principal: Principal, text: string): Promise<SpaceSeal> {
  const { state } = await deps.seals.state(principal.routing);
  if (principal.status === 'deleting') throw new AppError('account_deleting');
  await withKey(text, (key) => deps.seals.unlock(principal.routing, key));
  if (state === 'locked') await note(deps, principal, 'space.unlocked');
  return describeSeal(deps, principal);
}

export async function lockSpace(deps: AuthDeps, principal: Principal): Promise<SpaceSeal> {
  if (await deps.seals.lock(principal.routing)) await note(deps, principal, 'space.locked');
  return describeSeal(deps, principal);
}

/** @throws AppError `space_key_wrong` */
export async function unsealSpace(deps: AuthDeps, principal: Principal, text: string): Promise<SpaceSeal> {
  const { state } = await deps.seals.state(principal.routing);
  await withKey(text, (key) => deps.seals.unseal(principal.routing, key));
  if (state !== 'open') await note(deps, principal, 'space.unsealed');
  return describeSeal(deps, principal);
}
