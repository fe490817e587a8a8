/**
 * Many real spaces of today's schema, and a fleet of the next version over them. Spaces are made from one file under one key
 * after another, without engines, because thousands of them are wanted in seconds.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@vivim/contract/clock';
import type { StorageId, UserId } from '@vivim/contract/ids';
import { makeBlank } from '@vivim/engine/space/blank-space';
import { migrations } from '@vivim/engine/space/migrations/migrations';
import { createUserSpace, databasePath, type SpaceLocation } from '@vivim/engine/space/user-space';
import { openConnection } from '@vivim/engine/sqlite/database';
import { type EngineProgram, engineFlags } from '@vivim/gateway/fleet/engine-program';
import type { SpaceRow } from '@vivim/gateway/fleet/fleet-control';
import { spaceDirectory } from '@vivim/gateway/fleet/space-directory';
import { keysOf } from '../keks.ts';
import { newRow, startTestFleet, type TestFleet, type TestFleetOptions } from './fleet-kit.ts';
import { laterVersion } from './later-step.ts';

const entry = fileURLToPath(new URL('./later-engine.ts', import.meta.url));
/** Run from source, so it reads the whole checkout, and what the run keeps of it compiled; tests run it without a wall. */
export const laterEngine: EngineProgram = {
  node: process.execPath,
  flags: engineFlags,
  entry,
  readable: [fileURLToPath(new URL('../../..', import.meta.url))],
  compileCache: process.env.NODE_COMPILE_CACHE ?? null,
  snapshot: null,
};

export interface SpacesOnDisk {
  readonly dataDir: string;
  readonly rows: Map<UserId, SpaceRow>;
  readonly list: readonly SpaceRow[];
  locationOf(row: SpaceRow): SpaceLocation;
  /** Apply a verb in a space, under an id that means something to the later step. */
  mark(row: SpaceRow, id: 'poison' | 'slow' | 'plain'): void;
  /** Say that a newer server wrote it. */
  makeNewer(row: SpaceRow): void;
  schemaOf(row: SpaceRow): number;
  /** Ids of the verbs that were applied. */
  verbsOf(row: SpaceRow): string[];
  remove(): Promise<void>;
}

export async function makeSpaces(count: number): Promise<SpacesOnDisk> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vivim-test-'));
  const keysDirectory = join(dataDir, 'keys');
  mkdirSync(keysDirectory, { recursive: true, mode: 0o700 });
  const keys = await keysOf(dataDir);
  const blank = join(dataDir, 'blank.db');
  makeBlank(blank);
  const rows = new Map<UserId, SpaceRow>();
  const locations = new Map<StorageId, SpaceLocation>();
  for (let made = 0; made < count; made += 1) {
    const row = newRow();
    const location: SpaceLocation = {
      directory: spaceDirectory(join(dataDir, 'users'), row.storageId),
      storageId: row.storageId,
      ownerId: row.userId,
      keyHex: Buffer.from(await keys.create(row.storageId)).toString('hex'),
      quotaBytes: row.quotaBytes,
    };
    createUserSpace(location, systemClock, migrations, blank).close();
    rows.set(row.userId, row);
    locations.set(row.storageId, location);
  }
  rmSync(blank);
  const locationOf = ({ storageId }: SpaceRow) => {
    const found = locations.get(storageId);
    if (found === undefined) throw new Error('a space that was not made here');
    return found;
  };
  const inside = <T>(row: SpaceRow, work: (connection: ReturnType<typeof openConnection>) => T): T => {
    const location = locationOf(row);
    const connection = openConnection(databasePath(location.directory), location);
    try {
      return work(connection);
    } finally {
      connection.close();
    }
  };
  return {
    dataDir,
    rows,
    list: [...rows.values()],
    locationOf,
    mark(row, id) {
      const space = createUserSpace(locationOf(row), systemClock);
      space.apply({ id, operation: 'mark', requestHash: '' }, 200, () => ({}));
      space.close();
    },
    makeNewer: (row) => void inside(row, (connection) => connection.pragma('user_version=9999')),
    schemaOf: (row) => inside(row, (connection) => Number(connection.pragma('user_version', { simple: true }))),
    verbsOf: (row) => inside(row, (connection) => connection.prepare('SELECT id FROM op').pluck().all() as string[]),
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** A fleet whose engines know one step more than the spaces have. */
export const startLaterFleet = (spaces: SpacesOnDisk, options: TestFleetOptions = {}): Promise<TestFleet> =>
  startTestFleet({
    program: laterEngine,
    schemaVersion: laterVersion,
    rows: spaces.rows,
    ...options,
    config: { dataDir: spaces.dataDir, ...options.config },
  });
