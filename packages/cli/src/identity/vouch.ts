/** Vouching for a friend who lost their devices: the six words compared, then the new key signed for. Opens nothing to the guardian. */
import type { Client } from '@vivim/client/client';
import { AppError } from '@vivim/contract/errors';
import { recoverPayload } from '@vivim/contract/key-log-bytes';
import { type RecoveryNotice, recoveryClaim } from '@vivim/contract/recovery';
import { signedBytes, signedTags } from '@vivim/contract/signed-object';
import { confirm } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { say } from '../output/speak.ts';
import { kidOf, signBytes } from '../profile/identity-key.ts';
import type { KeyConnection } from '../session/connection.ts';
import type { World } from '../world.ts';
import { assertSameWords, sixWords } from './comparing.ts';

export type ShownNotice = RecoveryNotice & { readonly words: string };

export async function guardianRequests(client: Client): Promise<ShownNotice[]> {
  const { items } = await client.listGuardianRequests({});
  return Promise.all(items.map(async (each) => ({ ...each, words: await sixWords(recoveryClaim(each)) })));
}

/**
 * @param words as the friend read them; undefined asks
 * @throws CliError `refused` when they differ, `not_there`
 */
export async function vouchFor(
  world: World,
  connection: KeyConnection,
  id: string,
  words: string | undefined,
): Promise<void> {
  const { client, profile } = connection;
  const request = (await guardianRequests(client)).find((each) => each.id === id);
  if (request === undefined)
    throw new CliError('not_there', `Nobody asks you with ${id}; list those who do with: vivim recovery requests`);
  if (words !== undefined) assertSameWords(request.words, words);
  else {
    say(
      world,
      `${request.account}\nasks to get back in. On the telephone, or face to face, they must read you:\n\n    ${request.words}\n`,
    );
    const same = await confirm(world, 'Did they?', 'Give the six words they read to you with --words.');
    if (!same) throw new CliError('refused', 'You did not vouch.');
  }
  const payload = recoverPayload(request.account, request.kid, request.challengeId);
  const signature = signBytes(profile.identityKey, signedBytes(signedTags.recover, payload));
  const kid = await kidOf(profile.identityKey);
  const { dids } = await client.getMe({});
  // A friend may know this person by any of their DIDs; only under the one they named does it count.
  for (const did of dids) {
    const taken = await client.vouchForRecovery({ params: { id }, body: { kid, did, signature } }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'not_found') return false;
        throw error;
      },
    );
    if (taken) return;
  }
  throw new CliError('not_there', 'It was too late, or you have vouched already.');
}
