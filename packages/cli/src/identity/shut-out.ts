/** Shutting a device out: an entry that revokes all its keys, signed by a key at least as strong. */
import type { Device } from '@vivim/contract/devices';
import { CliError } from '../cli-error.ts';
import type { KeyConnection } from '../session/connect.ts';
import type { World } from '../world.ts';
import { addEntry, type Signer, stateOf } from './sign-entry.ts';
import { signerFor } from './signers.ts';

export async function shutOut(world: World, connection: KeyConnection, device: Device): Promise<void> {
  const { client } = connection;
  const kids = [device.authKid, device.encKid].filter((kid) => kid !== null);
  let signer: Signer | null = null;
  await addEntry(
    client,
    async (log) => {
      const state = stateOf(log);
      const targets = kids.map((kid) => state.keys.get(kid)?.priority);
      if (targets.includes(undefined))
        throw new CliError('not_there', 'Its keys are not in the key log any more; look again with: vivim devices');
      const strongest = Math.min(...targets.filter((priority) => priority !== undefined));
      // Asked for once, even where the log moves on meanwhile.
      signer ??= await signerFor(world, connection, state, ({ priority }) => priority <= strongest);
      return { change: { op: 'revoke', kids }, signer };
    },
    (entry) => client.revokeDevice({ params: { id: device.id }, body: { entry } }),
  );
}
