/** Says to standing bundles that messages are told otherwise now: by the blocks they stand in. Called in the write that does it. */
import type { Connection } from '../../sqlite/database.ts';
import { blockKey, blockOf } from './bundle-blocks.ts';
import { BundleWriter } from './bundles.ts';

export function markMessages(connection: Connection, conversationPk: number, messagePks: Iterable<number>): void {
  const blocks = new Set([...messagePks].map(blockOf));
  new BundleWriter(connection).markDirty(
    'messages',
    [...blocks].map((block) => blockKey(conversationPk, block)),
  );
}
