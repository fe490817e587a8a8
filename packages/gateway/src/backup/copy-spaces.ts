/**
 * Copies spaces that were written to since their last copy, two at a time and in no order anybody could foresee. One that
 * fails keeps no other from being copied. Never on a request's path: engines copy beside their work.
 */
import { rm } from 'node:fs/promises';
import type { BackupFailure } from '@vivim/contract/backup';
import type { StorageId } from '@vivim/contract/ids';
import { randomBytes } from '@vivim/contract/random';
import type { Account } from '../master/accounts.ts';
import { type BackupDeps, codeOf, type Memory, type OnCopied } from './deps.ts';
import { keepCopy } from './space-copies.ts';

export interface Copied {
  copied: number;
  bytes: number;
  unchanged: number;
  readonly failed: BackupFailure[];
}

const atOnce = 2;

/**
 * @param there `<storage id>/<file>` of the copies in the place of backups
 * @param isOver asked before each space: the server is stopping
 */
export async function copySpaces(
  deps: BackupDeps,
  memory: Memory,
  accounts: readonly Account[],
  there: ReadonlySet<string>,
  { onCopied, isOver }: { readonly onCopied: OnCopied; readonly isOver: () => boolean },
): Promise<Copied> {
  const result: Copied = { copied: 0, bytes: 0, unchanged: 0, failed: [] };
  const waiting = shuffled(accounts);
  const work = async () => {
    for (let account = waiting.pop(); account !== undefined && !isOver(); account = waiting.pop()) {
      const { userId } = account.routing;
      try {
        await copyOne(deps, memory, account, there, result, onCopied);
      } catch (error) {
        result.failed.push({ userId, code: codeOf(error) });
        deps.log.warn({ code: codeOf(error) }, 'backup.space_failed');
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return result;
}

async function copyOne(
  { fleet, store, clock }: BackupDeps,
  { state, restored }: Memory,
  { routing, status }: Account,
  there: ReadonlySet<string>,
  result: Copied,
  onCopied: OnCopied,
): Promise<void> {
  const { storageId, userId } = routing;
  const epoch = restored.get(storageId);
  const remembered = state.spaces[storageId];
  const known = remembered !== undefined && there.has(`${storageId}/${remembered.file}`) ? remembered : undefined;
  // Looked at before the copy is made: what is written from here on shows the next time.
  const print = await fleet.print(routing);
  if (known !== undefined && print !== null && print === known.print) {
    result.unchanged += 1;
    return;
  }
  const copy = await fleet.copyOut(routing, known?.version ?? null);
  // Its engine ran for the copy alone; whatever else it found to do waits.
  if (status === 'locked') await fleet.stop(routing);
  if (copy === 'unchanged') {
    result.unchanged += 1;
    if (known !== undefined && restored.get(storageId) === epoch) state.spaces[storageId] = { ...known, print };
    return;
  }
  try {
    const manifest = await keepCopy(store, routing, copy, clock());
    const { file, sha256, bytes, spaceVersion } = manifest;
    if (restored.get(storageId) === epoch)
      state.spaces[storageId] = { file, sha256, bytes, version: spaceVersion, print };
    result.copied += 1;
    result.bytes += bytes;
    await onCopied(userId, manifest);
  } finally {
    await rm(copy.path, { force: true });
  }
}

/** From now on the space must be copied anew, whatever its version says. */
export function forget({ state, restored }: Memory, storageId: StorageId): void {
  restored.set(storageId, (restored.get(storageId) ?? 0) + 1);
  delete state.spaces[storageId];
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Buffer.from(randomBytes(4)).readUInt32BE() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
