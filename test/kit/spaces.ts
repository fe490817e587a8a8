/**
 * Real spaces in real files for tests: each in a directory and under a key of its own, gone when the test ends. The migrations run
 * once for a process, and every space begins with what they made.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { migrations } from '@vivim/engine/space/migrations/migrations';
import { createSpaceRow } from '@vivim/engine/space/space-row';
import {
  createUserSpace,
  databasePath,
  openUserSpace,
  type SpaceLocation,
  type UserSpace,
} from '@vivim/engine/space/user-space';
import { openConnection } from '@vivim/engine/sqlite/database';
import { migrate } from '@vivim/engine/sqlite/migrate';
import { onTestFinished } from 'vitest';

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

interface Blank {
  readonly keyHex: string;
  readonly bytes: Buffer;
}

let blank: Blank | undefined;

/** The file of a space nobody owns yet. */
function makeBlank(): Blank {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-blank-'));
  try {
    const keyHex = randomBytes(32).toString('hex');
    const path = databasePath(directory);
    const connection = openConnection(path, { keyHex, quotaBytes: 1024 ** 3, isNew: true });
    connection.pragma('synchronous=OFF');
    migrate(connection, migrations);
    connection.close();
    return { keyHex, bytes: readFileSync(path) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * What `createUserSpace` makes, in a sixth of the time: under the key and in the name of whoever owns it
 * (`packages/engine/src/space/user-space.test.ts` compares the two).
 */
export function stampSpace(location: SpaceLocation, clock: Clock): UserSpace {
  const path = databasePath(location.directory);
  if (existsSync(path)) return createUserSpace(location, clock);
  blank ??= makeBlank();
  mkdirSync(location.directory, { recursive: true, mode: 0o700 });
  writeFileSync(path, blank.bytes, { mode: 0o600 });
  const connection = openConnection(path, { ...location, keyHex: blank.keyHex });
  try {
    connection.pragma('synchronous=OFF');
    connection.pragma('journal_mode=MEMORY');
    connection.pragma(`rekey='raw:${location.keyHex}'`);
    createSpaceRow(connection, location, clock());
  } finally {
    connection.close();
  }
  return openUserSpace(location, clock);
}

/** A new, empty, open space; closed when the test ends. */
export function newSpace(overrides: Partial<SpaceLocation> = {}, clock: Clock = systemClock): UserSpace {
  const space = stampSpace(newLocation(overrides), clock);
  onTestFinished(() => space.close());
  return space;
}

/** Two people on the same server: what one does, the other must never see. */
export function twoSpaces(): { alice: UserSpace; bob: UserSpace } {
  return { alice: newSpace(), bob: newSpace() };
}
