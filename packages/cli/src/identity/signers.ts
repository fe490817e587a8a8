/** Which key of its owner signs: this device's, or the one on paper where the rules want a stronger one. */
import { AppError } from '@vivim/contract/errors';
import type { KeyLog } from '@vivim/contract/key-log';
import { replay, stateAfter } from '@vivim/contract/key-log-rules';
import { askSecret } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { say } from '../output/speak.ts';
import { kidOf } from '../profile/identity-key.ts';
import type { KeyConnection } from '../session/connection.ts';
import type { World } from '../world.ts';
import { recoveryKeyOfWords } from './recovery-words.ts';
import { type Change, deviceSigner, nextPayload, paperSigner, type Signer, standing } from './sign-entry.ts';

/** The 24 words, typed unseen or sent by a program. */
export const askRecoveryWords = (world: World): Promise<string> =>
  askSecret(world, 'The 24 words of the recovery key, on one line (they are not shown): ');

/** What the rules have against an entry by this key; null for nothing. Recoveries are not made this way. */
function objection(log: KeyLog, change: Change, signer: string, nowMs: number): AppError | null {
  const entry = { payload: nextPayload(log.head, change), signer, signature: '' };
  try {
    stateAfter(standing(log.entries), entry, () => null, nowMs);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** The key on paper whose word counts for a change. */
function paperFor(log: KeyLog, change: Change): string | null {
  const { keys } = replay(standing(log.entries), change.op === 'nullify' ? change.target : undefined);
  return [...keys.values()].find(({ purpose }) => purpose === 'recovery')?.kid ?? null;
}

/**
 * Asks for the words only where this device may not sign and the paper may.
 *
 * @throws AppError `key_log_invalid` with the rule where neither may; CliError `refused` for the words of another key
 */
export async function signerFor(
  world: World,
  { profile }: KeyConnection,
  log: KeyLog,
  change: Change,
): Promise<Signer> {
  const nowMs = world.clock();
  const against = objection(log, change, await kidOf(profile.identityKey), nowMs);
  if (against === null) return deviceSigner(profile.identityKey);
  const paper = paperFor(log, change);
  if (paper === null || objection(log, change, paper, nowMs) !== null) throw against;
  say(world, 'This device is not strong enough for that; the recovery key is.');
  const key = await recoveryKeyOfWords(await askRecoveryWords(world));
  if (key.sign.kid !== paper)
    throw new CliError('refused', 'These are the words of another recovery key than this takes.');
  return paperSigner(key);
}
