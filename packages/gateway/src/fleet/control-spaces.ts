/** The operator's hand on spaces: sizes, copies, ends. Puts together what the fleet has; never asks an engine for content. */
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StorageId } from '@vivim/contract/ids';
import { syncDirectory } from '../keys/durable-file.ts';
import type { ErasureBooks } from '../keys/erasure-books.ts';
import type { KeyWraps } from '../keys/key-wraps.ts';
import type { SealableKeys } from '../keys/sealable-keys.ts';
import { copyOut, printOf } from './copy-space.ts';
import { bytesBelow } from './disk-use.ts';
import type { FleetControl, FleetSeals, SpaceRow } from './fleet-control.ts';
import { replaceSpace } from './replace-space.ts';
import type { Residence } from './residence.ts';
import type { SchemaBook } from './schema-book.ts';
import { inScratchEngine, type ScratchDeps } from './scratch-engines.ts';
import type { Snapshots } from './snapshots.ts';
import { spaceDirectory } from './space-directory.ts';

export interface ControlDeps {
  readonly usersRoot: string;
  readonly keys: SealableKeys;
  readonly sealed: KeyWraps;
  readonly books: ErasureBooks;
  readonly scratch: ScratchDeps;
  readonly clock: () => number;
  /** Copies from before a change of schema, and what is known of schemas. */
  readonly snapshots: Snapshots;
  readonly book: SchemaBook;
  /** Of a space that has been used since the start; undefined where it has not. */
  readonly known: (storageId: StorageId) => Residence | undefined;
  readonly residence: (row: SpaceRow) => Residence;
}

export function controlSpaces(deps: ControlDeps): Omit<FleetControl, 'migrations'> {
  const { usersRoot, keys, sealed, books, scratch, snapshots, book, clock, known, residence } = deps;
  const directoryOf = ({ storageId }: Pick<SpaceRow, 'storageId'>) => spaceDirectory(usersRoot, storageId);
  return {
    state: ({ storageId }) => known(storageId)?.state() ?? { running: false, requests: 0, pendingJobs: 0 },
    disk: (row) => bytesBelow(directoryOf(row)),
    seals: sealSpaces(keys, residence),
    stop(row) {
      keys.forget(row.storageId);
      return residence(row).stop(row);
    },
    evict: (row) => residence(row).evict(),
    copyOut: (row, version) => copyOut({ keys, residence, directoryOf, scratch: scratch.root }, row, version),
    print: (row) => printOf(directoryOf(row), clock()),
    examine: (row, fill) => inScratchEngine(scratch, row, fill, async (_, facts) => facts),
    async replace(row, fill, take) {
      // What is put back may be behind again.
      await book.forget(row.storageId);
      return replaceSpace({ ...scratch, residence, directoryOf, clock }, row, fill, take);
    },
    async erase({ userId, storageId }) {
      const directory = directoryOf({ storageId });
      await residence({ userId, storageId, fence: 0, quotaBytes: 0 }).end();
      // The keys first: from here on what is left of the space is noise, however far the rest comes.
      await keys.destroy(storageId);
      await sealed.destroy(storageId);
      await rm(directory, { recursive: true, force: true });
      await syncDirectory(dirname(directory)).catch(ignoreMissing);
      await books.destroy(storageId);
      await snapshots.remove(storageId);
      await book.forget(storageId);
    },
    async traces() {
      const fans = await readdir(usersRoot).catch(() => []);
      const placed = await Promise.all(fans.map((fan) => readdir(join(usersRoot, fan)).catch(() => [])));
      const ids = placed.flat().flatMap((name) => StorageId.safeParse(name).data ?? []);
      return [
        ...new Set([
          ...ids,
          ...(await keys.list()),
          ...(await sealed.spaces()),
          ...(await books.list()),
          ...(await snapshots.spaces()),
        ]),
      ];
    },
  };
}

function sealSpaces(keys: SealableKeys, residence: ControlDeps['residence']): FleetSeals {
  return {
    state: ({ storageId }) => keys.state(storageId),
    seal: ({ storageId }) => keys.seal(storageId),
    async unlock(row, key) {
      await keys.unlock(row.storageId, key);
      if ((await keys.state(row.storageId)).state === 'unlocked') void residence(row).wake(row);
    },
    async lock(row) {
      const { state } = await keys.state(row.storageId);
      if (state === 'open') return false;
      keys.forget(row.storageId);
      // Also where the key was gone already: an engine that could not be stopped then still has it.
      await residence(row).stop(row);
      return state === 'unlocked';
    },
    unseal: ({ storageId }, key) => keys.unseal(storageId, key),
    unlocked: () => keys.unlocked(),
  };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
