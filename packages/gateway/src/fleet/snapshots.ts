/**
 * Copies of spaces from before a change of schema: `<data>/snapshots/<storage id>/<time>.db`, ciphertext, there whole or not at all.
 * No backups: they are the way back from an upgrade, and go after some days.
 */
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, isoTime } from '@vivim/contract/clock';
import { StorageId } from '@vivim/contract/ids';
import { syncDirectory } from '../keys/durable-file.ts';
import { assertPlain, move } from './plain-copy.ts';

export interface Snapshots {
  /**
   * Takes a copy out of a space.
   *
   * @param copy where the engine left it
   * @throws AppError `storage_integrity` when it is not a plain file of the size the engine named
   */
  take(storageId: StorageId, copy: string, bytes: number): Promise<void>;
  /** When the newest of a space was made, ms UTC; null where there is none. */
  newest(storageId: StorageId): Promise<number | null>;
  remove(storageId: StorageId): Promise<void>;
  /** Spaces there are any of. */
  spaces(): Promise<StorageId[]>;
}

/** @param root e.g. `<data>/snapshots`; made 0700 with the first one */
export function openSnapshots(root: string, clock: Clock): Snapshots {
  const directoryOf = (storageId: StorageId) => join(root, storageId);
  return {
    async take(storageId, copy, bytes) {
      await assertPlain(copy, bytes);
      const directory = directoryOf(storageId);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // On the disk before it has its name: a name vouches for what is under it.
      const file = await open(copy, 'r');
      await file.sync().finally(() => file.close());
      // Colons are not for file names everywhere.
      await move(copy, join(directory, `${isoTime(clock()).replaceAll(':', '-')}.db`));
      await syncDirectory(directory);
    },
    async newest(storageId) {
      const names = (await readdir(directoryOf(storageId)).catch(() => [])).filter((name) => name.endsWith('.db'));
      const name = names.sort().at(-1);
      return name === undefined ? null : Date.parse(name.slice(0, -3).replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'));
    },
    remove: (storageId) => rm(directoryOf(storageId), { recursive: true, force: true }),
    async spaces() {
      const names = await readdir(root).catch(() => []);
      return names.flatMap((name) => StorageId.safeParse(name).data ?? []);
    },
  };
}
