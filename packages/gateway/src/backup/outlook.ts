/** What an erasure is told of the backups made before it: how many copies hold what goes, and when the last of them will be gone. */
import type { StorageId } from '@vivim/contract/ids';
import type { Keep } from './retention.ts';
import { listCopies } from './space-copies.ts';
import type { BackupStore } from './store.ts';

const weekMs = 7 * 86_400_000;

export interface Outlook {
  readonly backups: number;
  /** Milliseconds UTC; null where nothing removes old backups by itself. */
  readonly backupsUntil: number | null;
}

/** How often sets are made and how many are kept. */
export interface Rhythm {
  readonly everyMs: number | null;
  readonly keep: Keep;
}

/**
 * The next set copies the space as it is then; from there on older copies go with the last set that names them. The bound is one week
 * above the weekly sets, because a week's set is the newest of it. A place that cannot be reached is taken to hold one copy.
 */
export async function outlookOf(
  store: BackupStore,
  storageId: StorageId,
  { everyMs, keep }: Rhythm,
  nowMs: number,
): Promise<Outlook> {
  const backups = await listCopies(store, storageId).then(
    ({ length }) => length,
    () => 1,
  );
  if (backups === 0 || everyMs === null) return { backups, backupsUntil: null };
  const keptMs = Math.max(Math.max(1, keep.last) * everyMs, (keep.weekly + 1) * weekMs);
  return { backups, backupsUntil: nowMs + everyMs + keptMs };
}
