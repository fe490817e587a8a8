/** Undoing an entry of the key log: by this device where it is stronger than who signed it, else by the key on paper. */
import { type KeyLog, keyPriority } from '@vivim/contract/key-log';
import { replay } from '@vivim/contract/key-log-rules';
import { CliError } from '../cli-error.ts';
import type { KeyConnection } from '../session/connect.ts';
import type { World } from '../world.ts';
import { addEntry, type Signer, standing } from './sign-entry.ts';
import { signerFor } from './signers.ts';

/** @returns the log afterwards. @throws CliError `not_there`, `refused`; AppError `key_log_invalid` when it is too late */
export async function undoEntry(world: World, connection: KeyConnection, target: number): Promise<KeyLog> {
  const { client } = connection;
  let signer: Signer | null = null;
  return addEntry(
    client,
    async (log) => {
      const entry = log.entries.find(({ payload }) => payload.seq === target);
      if (entry === undefined) throw new CliError('not_there', `There is no entry ${target}; see: vivim keys log`);
      const before = replay(standing(log.entries), target);
      const signedWith = before.keys.get(entry.signer)?.priority ?? keyPriority.added;
      signer ??= await signerFor(world, connection, before, ({ priority }) => priority < signedWith);
      return { change: { op: 'nullify', target }, signer };
    },
    (entry) => client.appendKeyLog({ body: { entry } }),
  );
}
