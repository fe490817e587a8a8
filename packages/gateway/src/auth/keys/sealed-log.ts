/**
 * What a sealed space asks of the key log: that its owner stays able to open it, and that a key which is to open it comes in while
 * it is unlocked, since nothing could be sealed to it otherwise. Never stands in the way of coming back.
 */
import { AppError } from '@vivim/contract/errors';
import type { KeyLogPayload, LoggedKey } from '@vivim/contract/key-log';
import type { KeyState } from '@vivim/contract/key-log-rules';
import { listLiveKeys } from '../../master/keys.ts';
import type { AuthDeps } from '../deps.ts';
import { newKeys } from './key-entries.ts';
import type { LogOwner } from './log-owner.ts';

/**
 * Where no live key opens the space there is nothing to wait for: the account goes on without it.
 *
 * @throws AppError `space_sealed`
 */
export async function assertSealableTo(
  deps: AuthDeps,
  { userId, routing }: Pick<LogOwner, 'userId' | 'routing'>,
  payload: KeyLogPayload,
): Promise<void> {
  // A recovery is how somebody comes back who has nothing else.
  if (payload.op === 'recover') return;
  const opening = newKeys(payload).filter(({ alg }) => alg === 'X25519');
  if (opening.length === 0 || (await deps.seals.state(routing)).state !== 'locked') return;
  const live = new Set((await listLiveKeys(deps.master, userId)).map(({ kid }) => kid));
  if (opening.every(({ kid }) => live.has(kid))) return;
  if ((await deps.keyring.list(routing)).some(({ kid }) => live.has(kid)))
    throw new AppError('space_sealed', 'Unlock your sealed space first: the new key is to open it too.');
}

/** @throws AppError `last_key` where an entry takes away the last key that opens a sealed space */
export async function assertStaysOpen(
  deps: AuthDeps,
  { routing }: Pick<LogOwner, 'routing'>,
  { op }: KeyLogPayload,
  { before, after }: { readonly before: KeyState; readonly after: KeyState },
): Promise<void> {
  if (op === 'recover' || [...before.keys.keys()].every((kid) => after.keys.has(kid))) return;
  const { state } = await deps.seals.state(routing);
  if (state === 'open') return;
  const wrapped = new Set((await deps.keyring.list(routing)).map(({ kid }) => kid));
  const opens = ({ kid, alg }: LoggedKey) => alg === 'X25519' && (state === 'unlocked' || wrapped.has(kid));
  const someOpen = ({ keys }: KeyState) => [...keys.values()].some(opens);
  if (someOpen(before) && !someOpen(after))
    throw new AppError('last_key', 'This takes away the last key that opens your sealed space. Unseal it first.');
}
