/** Shutting a device out: an entry that revokes all its keys, signed by a key that may. */
import type { Device } from '@vivim/contract/devices';
import type { KeyConnection } from '../session/connection.ts';
import type { World } from '../world.ts';
import { addEntry, type Signer } from './sign-entry.ts';
import { signerFor } from './signers.ts';

/** @throws AppError `key_log_invalid` where no key at hand may, `last_key` */
export async function shutOut(world: World, connection: KeyConnection, device: Device): Promise<void> {
  const { client } = connection;
  const change = { op: 'revoke', kids: [device.authKid, device.encKid].filter((kid) => kid !== null) } as const;
  let signer: Signer | null = null;
  await addEntry(
    client,
    async (log) => {
      // Asked for once, even where the log moves on meanwhile.
      signer ??= await signerFor(world, connection, log, change);
      return { change, signer };
    },
    (entry) => client.revokeDevice({ params: { id: device.id }, body: { entry } }),
  );
}
