/**
 * Real spaces in real files for tests: each in a directory and under a key of its own, gone when the test ends. The migrations run
 * once for a process, and every space begins as a copy of what they made.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { makeBlank, stampBlank } from '@vivim/engine/space/blank-space';
import { createSpaceRow } from '@vivim/engine/space/space-row';
import {
  createUserSpace,
  databasePath,
  openUserSpace,
  type SpaceLocation,
  type UserSpace,
} from '@vivim/engine/space/user-space';
import { onTestFinished } from 'vitest';
import { closeFilesOf } from './open-files.ts';

/** Where a new space of a person nobody else is would stand. Removed when the test ends. */
export function newLocation(overrides: Partial<SpaceLocation> = {}): SpaceLocation {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-space-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return {
    directory,
    storageId: uuidv7() as StorageId,
    ownerId: uuidv7(),
    keyHex: randomBytes(32).toString('hex'),
    quotaBytes: 1024 ** 3,
    ...overrides,
  };
}

let blank: Buffer | undefined;

function blankOfProcess(): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-blank-'));
  try {
    const path = join(directory, 'blank.db');
    makeBlank(path);
    return readFileSync(path);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What `createUserSpace` makes of a blank, without waiting for the disk (`packages/engine/src/space/blank-space.test.ts` compares them). */
export function stampSpace(location: SpaceLocation, clock: Clock): UserSpace {
  const path = databasePath(location.directory);
  if (existsSync(path)) return createUserSpace(location, clock);
  mkdirSync(location.directory, { recursive: true, mode: 0o700 });
  blank ??= blankOfProcess();
  const connection = stampBlank(blank, path, location);
  try {
    createSpaceRow(connection, location, clock());
  } finally {
    connection.close();
  }
  return openUserSpace(location, clock);
}

/** A new, empty, open space; closed when the test ends. */
export function newSpace(overrides: Partial<SpaceLocation> = {}, clock: Clock = systemClock): UserSpace {
  const space = stampSpace(newLocation(overrides), clock);
  onTestFinished(async () => {
    await closeFilesOf(space);
    space.close();
  });
  return space;
}

/** Two people on the same server: what one does, the other must never see. */
export function twoSpaces(): { alice: UserSpace; bob: UserSpace } {
  return { alice: newSpace(), bob: newSpace() };
}
