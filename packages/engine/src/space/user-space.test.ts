import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import type { RecipeName } from '@vivim/contract/recipe';
import { describe, expect, it } from 'vitest';
import { newLocation, newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { openConnection } from '../sqlite/database.ts';
import { createUserSpace, openUserSpace, type SpaceLocation } from './user-space.ts';

const now = () => 1_700_000_000_000;
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${error}`;
  }
  return 'no error';
};
const fileOf = (location: SpaceLocation) => join(location.directory, 'user.db');

/** The smallest write there is. */
const write = (space: ReturnType<typeof newSpace>) => space.write(() => null);

describe('a space', () => {
  it('keeps what was written across a close, encrypted on disk, under its own key', () => {
    const location = newLocation();
    const space = createUserSpace(location, now);
    write(space);
    const version = space.version;
    space.close();
    const bytes = readFileSync(fileOf(location));
    expect(bytes.includes('SQLite format 3')).toBe(false);
    expect(bytes.includes(location.storageId)).toBe(false);
    const again = openUserSpace(location, now);
    expect(again.version).toBe(version);
    again.close();
  });

  it('that gives back the memory of its pages tells the same as before, and the other is as it was', () => {
    const { alice, bob } = twoSpaces();
    const told = () => [alice, bob].map((space) => [space.version, space.read((r) => r.recipes.all())]);
    write(alice);
    const before = told();
    alice.rest();
    expect(told()).toEqual(before);
    write(alice);
    expect(alice.version).toBe(bob.version + 2);
  });

  it('raises its version with every write, and only its own', () => {
    const { alice, bob } = twoSpaces();
    write(alice);
    write(alice);
    expect(alice.version).toBe(2);
    expect(bob.version).toBe(0);
  });

  it('writes beside its version what is no news, whole or not at all', () => {
    const { alice, bob } = twoSpaces();
    alice.write(() => {});
    const put = (name: string) =>
      alice.writeBeside((w) => {
        w.recipes.put(name as RecipeName, { description: '', settings: { budget: 900 } }, 1);
        if (name === 'broken') throw new Error('no');
      });
    put('kept');
    expect(() => put('broken')).toThrow('no');
    const has = (name: string) => alice.read((r) => r.recipes.find(name as RecipeName)) !== null;
    expect([has('kept'), has('broken')]).toEqual([true, false]);
    expect([alice.version, bob.version]).toEqual([1, 0]);
  });

  it('rolls a failed write back whole', () => {
    const { alice, bob } = twoSpaces();
    expect(() =>
      alice.write(() => {
        throw new Error('halfway');
      }),
    ).toThrow('halfway');
    expect([alice.version, bob.version]).toEqual([0, 0]);
  });

  it('refuses an asynchronous transaction at compile time', () => {
    const { alice } = twoSpaces();
    // @ts-expect-error a transaction is synchronous
    const attempt = () => alice.read(async () => 1);
    expect(attempt).toThrow();
  });

  it('gives readers no writing method', () => {
    const { alice } = twoSpaces();
    alice.read((r) => {
      // @ts-expect-error a reader cannot write
      expect(r.outbox.put).toBeUndefined();
      return null;
    });
  });
});

describe('opening', () => {
  it.each([
    ['a wrong key', (l: SpaceLocation) => ({ ...l, keyHex: 'ab'.repeat(32) }), 'storage_integrity'],
    ['another owner', (l: SpaceLocation) => ({ ...l, ownerId: 'somebody-else' }), 'storage_owner_mismatch'],
    ['a missing file', (l: SpaceLocation) => ({ ...l, directory: join(l.directory, 'nowhere') }), 'storage_integrity'],
  ])('refuses %s', (_, change, code) => {
    const location = newLocation();
    createUserSpace(location, now).close();
    expect(codeOf(() => openUserSpace(change(location), now))).toBe(code);
    openUserSpace(location, now).close();
  });

  it("refuses Bob's file in Alice's place, even under one key", () => {
    const alice = newLocation();
    const bob = newLocation({ keyHex: alice.keyHex });
    createUserSpace(alice, now).close();
    createUserSpace(bob, now).close();
    copyFileSync(fileOf(bob), fileOf(alice));
    expect(codeOf(() => openUserSpace(alice, now))).toBe('storage_owner_mismatch');
  });

  it('refuses a schema newer than the code, and changes nothing', () => {
    const location = newLocation();
    createUserSpace(location, now).close();
    const connection = openConnection(fileOf(location), location);
    connection.pragma('user_version=9999');
    connection.close();
    expect(codeOf(() => openUserSpace(location, now))).toBe('schema_too_new');
  });

  it('refuses a damaged first page', () => {
    const location = newLocation();
    createUserSpace(location, now).close();
    const bytes = readFileSync(fileOf(location));
    bytes.fill(0x5a, 100, 300);
    writeFileSync(fileOf(location), bytes);
    expect(codeOf(() => openUserSpace(location, now))).toBe('storage_integrity');
  });
});

describe('a verb', () => {
  const verb = { id: 'key-1', operation: 'createImport', requestHash: 'h' };

  it('is applied once however often it arrives', () => {
    const { alice, bob } = twoSpaces();
    let applied = 0;
    const answer = () =>
      alice.apply(verb, 201, () => {
        applied += 1;
        return { made: applied };
      });
    expect([answer(), answer(), answer()]).toEqual([{ made: 1 }, { made: 1 }, { made: 1 }]);
    expect(alice.version).toBe(1);
    expect(alice.applied(verb)).toMatchObject({ status: 201, version: 1 });
    expect(bob.applied(verb)).toBeNull();
  });

  it('is a conflict when the same id comes with another request', () => {
    const { alice } = twoSpaces();
    alice.apply(verb, 201, () => ({}));
    expect(codeOf(() => alice.apply({ ...verb, requestHash: 'other' }, 201, () => ({})))).toBe('idempotency_conflict');
  });

  it('leaves no trace when it fails', () => {
    const { alice } = twoSpaces();
    expect(() =>
      alice.apply(verb, 201, () => {
        throw new Error('no');
      }),
    ).toThrow();
    expect(alice.applied(verb)).toBeNull();
  });
});

describe('quota', () => {
  it('ends with a clear error, and the space stays whole', () => {
    const small = newSpace({ quotaBytes: 2 * 1024 * 1024 });
    const other = newSpace();
    const big = { answer: 'x'.repeat(100_000) };
    const fill = () => {
      for (let i = 0; i < 50; i += 1) small.apply({ id: `k${i}`, operation: 'fill', requestHash: '' }, 200, () => big);
    };
    expect(codeOf(fill)).toBe('quota_exceeded');
    const version = small.version;
    expect(version).toBeGreaterThan(0);
    expect(small.applied({ id: `k${version}`, operation: 'fill', requestHash: '' })).toBeNull();
    expect(small.applied({ id: 'k0', operation: 'fill', requestHash: '' })).not.toBeNull();
    expect(other.version).toBe(0);
  });
});
