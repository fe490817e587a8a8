/** Which key of its owner signs: this device's, or the one on paper where this device is not strong enough. */
import type { LoggedKey } from '@vivim/contract/key-log';
import type { KeyState } from '@vivim/contract/key-log-rules';
import { askSecret } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { kidOf } from '../profile/identity-key.ts';
import type { KeyConnection } from '../session/connect.ts';
import type { World } from '../world.ts';
import { recoveryKeyOfWords } from './recovery-words.ts';
import { deviceSigner, paperSigner, type Signer } from './sign-entry.ts';

/** The 24 words, typed unseen or sent by a program. */
export const askRecoveryWords = (world: World): Promise<string> =>
  askSecret(world, 'The 24 words of the recovery key, on one line (they are not shown): ');

/**
 * @param enough whether a key is strong enough for what is to be signed
 * @param state the keys among which it has to be
 * @throws CliError `refused` where no key of theirs is strong enough, or the words are of another account
 */
export async function signerFor(
  world: World,
  { profile }: KeyConnection,
  state: KeyState,
  enough: (key: LoggedKey) => boolean,
): Promise<Signer> {
  const mine = state.keys.get(await kidOf(profile.identityKey));
  if (mine !== undefined && enough(mine)) return deviceSigner(profile.identityKey);
  const paper = [...state.keys.values()].find(({ purpose }) => purpose === 'recovery');
  if (paper === undefined || !enough(paper)) {
    throw new CliError(
      'refused',
      'This device is not strong enough for that, and there is no recovery key that is. A stronger device can do it.',
    );
  }
  const key = await recoveryKeyOfWords(await askRecoveryWords(world));
  if (key.sign.kid !== paper.kid)
    throw new CliError('refused', 'These are the words of another recovery key than this account has.');
  return paperSigner(key);
}
