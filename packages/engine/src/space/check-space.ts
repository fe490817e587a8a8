/**
 * What is in a database that lies in a directory: whether it is sound, whose it is, how much it holds. Opens it as an engine
 * would, migrations included, and lets go of it. Serves nothing, and never starts the work that waits in it.
 */
import type { CopyCounts } from '@vivim/contract/backup';
import type { Clock } from '@vivim/contract/clock';
import type { ErasureId } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import { runInThread } from '../sqlite/run-in-thread.ts';
import { databasePath, openUserSpace, type SpaceLocation } from './user-space.ts';

export interface CheckedSpace {
  readonly schemaVersion: number;
  /** How many writes it has seen. */
  readonly version: number;
  readonly counts: CopyCounts;
  /** Of the erasures asked about, those it has not seen: they are done before it is served. */
  readonly erasuresUnseen: number;
}

/**
 * @param erasures of the book of this space
 * @param deep read every page, row and index first, in a thread of its own
 * @throws AppError `storage_integrity` (missing, wrong key, corrupt), `storage_owner_mismatch`, `schema_too_new`, `migration_failed`
 */
export async function checkSpace(
  location: SpaceLocation,
  { deep, erasures }: { readonly deep: boolean; readonly erasures: readonly ErasureId[] },
  clock: Clock,
): Promise<CheckedSpace> {
  if (deep) await readWhole(location);
  const space = openUserSpace(location, clock);
  try {
    const { conversations, messages, acus, imports } = space.read((r) => r.counts());
    const counts = { conversations, messages, acus, imports };
    const erasuresUnseen = space.read((r) => erasures.filter((id) => r.erasures.find(id) === null).length);
    return { schemaVersion: space.schemaVersion, version: space.version, counts, erasuresUnseen };
  } finally {
    space.close();
  }
}

async function readWhole({ directory, keyHex }: SpaceLocation): Promise<void> {
  try {
    await runInThread({ kind: 'check', path: databasePath(directory), keyHex }, new AbortController().signal);
  } catch (cause) {
    throw new AppError('storage_integrity', 'The database is damaged, or under another key.', { cause });
  }
}
