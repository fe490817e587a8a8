/** Shutting a device out: an entry of the log revokes its keys, and with them end its sessions and what was sealed to it. */
import type { Device } from '@vivim/contract/devices';
import { api } from './client.ts';
import { currentSigner } from './current-signer.ts';
import { sendEntry } from './key-log.ts';
import type { Signer } from './signer.ts';

/** @param signer a stronger key than the device's; by default whoever signs here */
export async function shutOut({ id, authKid, encKid }: Device, signer?: Signer): Promise<void> {
  const kids = [authKid, encKid].filter((kid) => kid !== null);
  await sendEntry({ op: 'revoke', kids }, signer ?? (await currentSigner()), (entry) =>
    api.revokeDevice({ params: { id }, body: { entry } }),
  );
}
