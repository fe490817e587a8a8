/** What a person may know of the backups of their space: when, and how large. Never where they lie. */
import type { SpaceBackups } from '@vivim/contract/account';
import type { StorageId } from '@vivim/contract/ids';
import { type Backups, unlessAway } from './service.ts';

export async function backupsForOwner(backups: Backups, storageId: StorageId): Promise<SpaceBackups> {
  const { everyMs, nextAt, keep } = backups.plan();
  // A place that is away is no reason to keep the plan from somebody.
  const copies = await unlessAway(backups.copies(storageId));
  return { everyMs, nextAt, keep, items: copies?.map(({ createdAt, bytes }) => ({ createdAt, bytes })) ?? null };
}
