/**
 * Puts one person's space back to a backup while the server runs. Their engine is stopped and everybody who was let in before
 * is let go; the copy is found sound first, and what it replaces is kept aside. Nobody else notices.
 */
import type { RestoredSpace } from '@vivim/contract/backup';
import { AppError } from '@vivim/contract/errors';
import type { UserId } from '@vivim/contract/ids';
import { findAccount } from '../master/accounts.ts';
import { advanceFence } from '../master/routing.ts';
import { forget } from './copy-spaces.ts';
import type { BackupDeps, Memory } from './deps.ts';
import { spacePrefix } from './names.ts';
import { newestAt } from './space-copies.ts';

/**
 * @param atMs the newest copy at or before this time; null: the newest
 * @throws AppError `not_found`, `account_deleting`, `storage_integrity`, `storage_owner_mismatch`, `schema_too_new`,
 *   `migration_failed`; BackupError. Nothing is changed then
 */
export async function restoreSpace(
  deps: BackupDeps,
  memory: Memory,
  userId: UserId,
  atMs: number | null,
): Promise<RestoredSpace> {
  const { master, fleet, store, clock } = deps;
  const account = await findAccount(master, userId, new Date(clock()));
  if (account === null) throw new AppError('not_found');
  const { routing, status } = account;
  if (status === 'deleting')
    throw new AppError('account_deleting', 'The account is about to be erased; nothing is brought back.');
  const manifest = await newestAt(store, routing.storageId, atMs);
  const take = async () => {
    const row = await advanceFence(master, routing.storageId);
    if (row === null) throw new AppError('not_found');
    return row;
  };
  const name = `${spacePrefix(routing.storageId)}${manifest.file}`;
  const known = memory.state.spaces[routing.storageId];
  // Before it is put back: a server that is killed in between copies once too often and not once too little.
  forget(memory, routing.storageId);
  await memory.save();
  const { facts, versionBefore, keptAside } = await fleet
    .replace(routing, (path) => store.download(name, path, manifest), take)
    .catch(async (error: unknown) => {
      // Refused, nothing was changed: the next set names the copy there is.
      if (known !== undefined) memory.state.spaces[routing.storageId] = known;
      await memory.save();
      throw error;
    });
  if (status === 'locked') await fleet.stop(routing);
  const counted = manifest.spaceVersion !== null && versionBefore !== null;
  return {
    userId,
    backupAt: manifest.createdAt,
    bytes: manifest.bytes,
    writesLost: counted ? Math.max(0, (versionBefore ?? 0) - facts.version) : null,
    counts: facts.counts,
    erasuresRepeated: facts.erasuresUnseen,
    keptAside,
  };
}
