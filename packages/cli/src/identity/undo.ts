/** Undoing an entry of the key log: by this device where it is stronger than who signed it, else by the key on paper. */
import type { KeyLog } from '@vivim/contract/key-log';
import { CliError } from '../cli-error.ts';
import type { KeyConnection } from '../session/connection.ts';
import type { World } from '../world.ts';
import { addEntry, type Signer } from './sign-entry.ts';
import { signerFor } from './signers.ts';

/** @returns the log afterwards. @throws CliError `not_there`; AppError `key_log_invalid` where no key at hand may */
export async function undoEntry(world: World, connection: KeyConnection, target: number): Promise<KeyLog> {
  const { client } = connection;
  const change = { op: 'nullify', target } as const;
  let signer: Signer | null = null;
  return addEntry(
    client,
    async (log) => {
      if (!log.entries.some(({ payload }) => payload.seq === target))
        throw new CliError('not_there', `There is no entry ${target}; see: vivim keys log`);
      signer ??= await signerFor(world, connection, log, change);
      return { change, signer };
    },
    (entry) => client.appendKeyLog({ body: { entry } }),
  );
}
