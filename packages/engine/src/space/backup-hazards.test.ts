/**
 * What goes wrong when a database is copied or put back by hand, shown on real files; and beside each the way that does not.
 * Two people in each: what happens to one file must not touch the other's.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { newLocation, newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { openConnection } from '../sqlite/database.ts';
import { checkSpace } from './check-space.ts';
import { Copies } from './copies.ts';
import { createUserSpace, openUserSpace, type SpaceLocation, type UserSpace } from './user-space.ts';

const conversationsOf = (space: UserSpace): number => space.read((r) => r.counts()).conversations;
const write = (space: UserSpace, count: number, from = 0) =>
  fillSpace(
    space,
    Array.from({ length: count }, (_, index) => ({
      externalId: `c${from + index}`,
      messages: [{ text: 'a sentence' }],
    })),
  );
const fileOf = ({ directory }: SpaceLocation) => join(directory, 'user.db');

/** The same space somewhere else, made of one file. */
function placed(location: SpaceLocation, file: string): SpaceLocation {
  const elsewhere = newLocation({ ...location, directory: newLocation().directory });
  copyFileSync(file, fileOf(elsewhere));
  return elsewhere;
}

describe('cp user.db while it is open', () => {
  it('copies 0 of 500 rows, which still lie in the log', () => {
    const { alice, bob } = twoSpaces();
    write(alice, 500);
    write(bob, 1);
    const cold = placed(alice.location, fileOf(alice.location));
    const copied = openUserSpace(cold, systemClock);
    expect([conversationsOf(copied), conversationsOf(alice), conversationsOf(bob)]).toEqual([0, 500, 1]);
    copied.close();
  });

  it('the proper way, the engine copying, takes all 500', async () => {
    const { alice, bob } = twoSpaces();
    write(alice, 500);
    write(bob, 1);
    const { counts } = await new Copies(alice).backUp('proper.db');
    const copy = placed(alice.location, join(alice.location.directory, 'copies', 'proper.db'));
    expect(await checkSpace(copy, { deep: true, erasures: [] }, systemClock)).toMatchObject({
      counts,
      version: alice.version,
    });
    expect([counts.conversations, conversationsOf(bob)]).toEqual([500, 1]);
  });
});

describe('restoring beside an old -wal', () => {
  /** A space that was copied, written to, and left with its log as a killed process leaves it. */
  async function killedAfterBackup(): Promise<{ left: SpaceLocation; copy: string; bob: UserSpace }> {
    const { alice, bob } = twoSpaces();
    write(alice, 3);
    write(bob, 2);
    await new Copies(alice).backUp('copy.db');
    write(alice, 4, 3);
    const left = newLocation({ ...alice.location, directory: newLocation().directory });
    for (const log of ['', '-wal', '-shm']) copyFileSync(`${fileOf(alice.location)}${log}`, `${fileOf(left)}${log}`);
    return { left, copy: join(alice.location.directory, 'copies', 'copy.db'), bob };
  }

  it('does not give the backup: newer rows come back, or the file is damaged', async () => {
    const { left, copy, bob } = await killedAfterBackup();
    copyFileSync(copy, fileOf(left));
    const outcome = await checkSpace(left, { deep: true, erasures: [] }, systemClock).then(
      ({ counts }) => counts.conversations,
      (error: { code?: string }) => error.code,
    );
    expect(outcome).not.toBe(3);
    expect(conversationsOf(bob)).toBe(2);
  });

  it('the proper way, log and index taken away and the file renamed into its place, gives exactly the backup', async () => {
    const { left, copy, bob } = await killedAfterBackup();
    const candidate = join(left.directory, 'candidate.db');
    copyFileSync(copy, candidate);
    for (const log of ['-wal', '-shm']) rmSync(`${fileOf(left)}${log}`, { force: true });
    renameSync(candidate, fileOf(left));
    expect((await checkSpace(left, { deep: true, erasures: [] }, systemClock)).counts.conversations).toBe(3);
    expect(conversationsOf(bob)).toBe(2);
  });
});

describe('looking into a file that is put in a scratch place', () => {
  it('refuses the wrong key, the wrong owner, a flipped byte and nothing at all, each by its code', async () => {
    const { alice, bob } = twoSpaces();
    write(alice, 20);
    await new Copies(alice).backUp('copy.db');
    const copy = join(alice.location.directory, 'copies', 'copy.db');
    const refused = (change: Partial<SpaceLocation>, damage: (file: string) => void = () => {}) => {
      const location = { ...placed(alice.location, copy), ...change };
      damage(fileOf(location));
      return refusalOf(() => checkSpace(location, { deep: true, erasures: [] }, systemClock));
    };
    expect(await refused({ keyHex: bob.location.keyHex })).toBe('storage_integrity');
    expect(await refused({ storageId: bob.location.storageId })).toBe('storage_owner_mismatch');
    expect(await refused({ ownerId: bob.location.ownerId })).toBe('storage_owner_mismatch');
    expect(await refused({}, flipByte)).toBe('storage_integrity');
    expect(await refused({}, (file) => rmSync(file))).toBe('storage_integrity');
    expect(
      await refusalOf(
        async () => void (await checkSpace(placed(alice.location, copy), { deep: true, erasures: [] }, systemClock)),
      ),
    ).toBe('accepted');
  });

  it('refuses a file of a newer VIVIM, and never makes one where none is', async () => {
    const location = newLocation();
    createUserSpace(location, systemClock).close();
    const connection = openConnection(fileOf(location), location);
    connection.pragma('user_version=9999');
    connection.close();
    expect(await refusalOf(() => checkSpace(location, { deep: true, erasures: [] }, systemClock))).toBe(
      'schema_too_new',
    );
    const empty = newLocation();
    mkdirSync(empty.directory, { recursive: true });
    expect(await refusalOf(() => checkSpace(empty, { deep: true, erasures: [] }, systemClock))).toBe(
      'storage_integrity',
    );
    expect(existsSync(fileOf(empty))).toBe(false);
  });

  it('starts no work that waits in it: the same twice, while the space itself goes on', async () => {
    const [alice, bob] = [newSpace(), newSpace()];
    write(alice, 5);
    write(bob, 5);
    const before = await checkSpace(alice.location, { deep: false, erasures: [] }, systemClock);
    expect(await checkSpace(alice.location, { deep: false, erasures: [] }, systemClock)).toEqual(before);
    write(alice, 1, 5);
    const after = await checkSpace(alice.location, { deep: false, erasures: [] }, systemClock);
    expect([before.counts.conversations, after.counts.conversations, conversationsOf(bob)]).toEqual([5, 6, 5]);
  });
});

function flipByte(file: string): void {
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 0xff, middle);
  writeFileSync(file, bytes);
}
