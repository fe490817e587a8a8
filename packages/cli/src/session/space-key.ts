/**
 * The key of one's own space, opened from a wrap for as long as it takes to hand it in. Never keeps it, never writes it down, and
 * never prints it.
 */

import type { Client } from '@vivim/client/client';
import { encodeBase64url } from '@vivim/contract/base64url';
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import type { SpaceSeal } from '@vivim/contract/sealed-space';
import { openSpaceKey, type SealingPair } from '@vivim/contract/sealing';
import { CliError } from '../cli-error.ts';
import type { Profile } from '../profile/profile-shape.ts';
import { sealingLoggedKey, sealingPairOf } from '../profile/sealing-key.ts';

/** A key of the owner's that opens wraps. */
export interface Opener {
  readonly kid: string;
  readonly pair: SealingPair;
}

export const openerOfDevice = async ({ sealingKey }: Pick<Profile, 'sealingKey'>): Promise<Opener> => ({
  kid: (await sealingLoggedKey(sealingKey.x)).kid,
  pair: await sealingPairOf(sealingKey),
});

export const openerOfWords = ({ seal }: RecoveryKey): Opener => ({ kid: seal.kid, pair: seal.pair });

type Hand = (body: { readonly key: string }) => Promise<SpaceSeal>;

/**
 * Opens the wrap that is for this key and hands what is in it to `act`.
 *
 * @throws CliError `refused` where nothing is sealed to it
 */
async function handKeyIn(client: Client, { kid, pair }: Opener, act: Hand): Promise<SpaceSeal> {
  const { items } = await client.listSpaceKeyWraps({});
  const wrap = items.find((each) => each.kid === kid);
  if (wrap === undefined)
    throw new CliError(
      'refused',
      'Your space is sealed, and nothing is sealed to this key. Unlock it with another device, or with the 24 words: vivim space unlock --words',
    );
  const key = await openSpaceKey(wrap.sealed, pair, kid);
  try {
    return await act({ key: encodeBase64url(key) });
  } finally {
    key.fill(0);
  }
}

export const unlockWith = (client: Client, opener: Opener): Promise<SpaceSeal> =>
  handKeyIn(client, opener, (body) => client.unlockSpace({ body }));

export const unsealWith = (client: Client, opener: Opener): Promise<SpaceSeal> =>
  handKeyIn(client, opener, (body) => client.unsealSpace({ body }));
