/** Real spaces in real files for tests: each in a directory and under a key of its own, gone when the test ends. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { createUserSpace, type SpaceLocation, type UserSpace } from '@vivim/engine/space/user-space';
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

/** A new, empty, open space; closed when the test ends. */
export function newSpace(overrides: Partial<SpaceLocation> = {}, clock: Clock = systemClock): UserSpace {
  const space = createUserSpace(newLocation(overrides), clock);
  onTestFinished(() => space.close());
  return space;
}

/** Two people on the same server: what one does, the other must never see. */
export function twoSpaces(): { alice: UserSpace; bob: UserSpace } {
  return { alice: newSpace(), bob: newSpace() };
}
