import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newLocation, stampSpace } from '../../../../test/kit/spaces.ts';
import { openConnection } from '../sqlite/database.ts';
import { makeBlank } from './blank-space.ts';
import { migrations } from './migrations/migrations.ts';
import { createUserSpace, databasePath, openUserSpace, type SpaceLocation } from './user-space.ts';

const now = () => 1_700_000_000_000;
const directory = mkdtempSync(join(tmpdir(), 'vivim-blank-'));
const blank = join(directory, 'blank.db');
beforeAll(() => makeBlank(blank));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const fileOf = (location: SpaceLocation) => readFileSync(databasePath(location.directory));

/** A new space that begins as the blank, closed. */
function stamped(overrides: Partial<SpaceLocation> = {}): SpaceLocation {
  const location = newLocation(overrides);
  createUserSpace(location, now, migrations, blank).close();
  return location;
}

/** What a file says of itself, what in it is its own, and the rest. */
function look(location: SpaceLocation) {
  const connection = openConnection(databasePath(location.directory), location);
  const pragmas = ['user_version', 'auto_vacuum', 'page_size', 'journal_mode', 'page_count', 'freelist_count'];
  try {
    const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
    const { salt, owner_id, storage_id, ...row } = connection.prepare('SELECT * FROM space').get() as Record<
      string,
      unknown
    >;
    const rest = tables.filter((name) => name !== 'space');
    return {
      salt,
      owner: [owner_id, storage_id],
      same: {
        row,
        schema: connection.prepare('SELECT * FROM sqlite_schema ORDER BY name').all(),
        rows: rest.map((name) => [name, connection.prepare(`SELECT * FROM "${name}"`).all()]),
        pragmas: pragmas.map((name) => connection.pragma(name, { simple: true })),
      },
    };
  } finally {
    connection.close();
  }
}

/** The pieces a file consists of: the salt of its cipher, and every 64 bytes of its pages. */
function pieces(bytes: Buffer): Set<string> {
  const found = new Set([bytes.subarray(0, 16).toString('hex')]);
  for (let at = 0; at < bytes.length; at += 64) found.add(bytes.toString('hex', at, at + 64));
  return found;
}

describe('a space that begins as the blank', () => {
  it('is, row by row, what the steps of the schema make, and so is one of a test', () => {
    const [made, ofTest] = [newLocation(), newLocation()];
    createUserSpace(made, now).close();
    stampSpace(ofTest, now).close();
    const [one, ...others] = [made, stamped(), ofTest].map(look);
    for (const other of others) expect(other.same).toEqual(one?.same);
  });

  it('is its owner’s, with ids that are made from a salt of its own', () => {
    const [alice, bob] = [stamped(), stamped()];
    expect(look(alice).owner).toEqual([alice.ownerId, alice.storageId]);
    expect(look(bob).owner).toEqual([bob.ownerId, bob.storageId]);
    expect(new Set([alice, bob].map((location) => look(location).salt)).size).toBe(2);
  });

  it('has nothing in common with the blank, or with another space, on disk: no salt, no run of bytes', () => {
    const keyHex = 'ab'.repeat(32);
    // Two of them even under one key, which no server ever does.
    const files = [readFileSync(blank), ...[stamped(), stamped({ keyHex }), stamped({ keyHex })].map(fileOf)];
    const all = files.map(pieces);
    const sum = all.reduce((sum, each) => sum + each.size, 0);
    expect(new Set(all.flatMap((each) => [...each])).size).toBe(sum);
    for (const file of files) expect(file.includes('SQLite format 3')).toBe(false);
  });

  it('opens under its own key alone, not under that of the blank or of another', () => {
    const [alice, bob] = [stamped(), stamped()];
    for (const keyHex of ['00'.repeat(32), bob.keyHex]) {
      let code = '';
      try {
        openUserSpace({ ...alice, keyHex }, now).close();
      } catch (error) {
        code = error instanceof AppError ? error.code : String(error);
      }
      expect(code).toBe('storage_integrity');
    }
    openUserSpace(alice, now).close();
  });

  it('is readable for its own user only, and leaves nothing beside it', () => {
    const { directory: place } = stamped();
    expect(readdirSync(place)).toEqual(['user.db']);
    expect(statSync(databasePath(place)).mode & 0o777).toBe(0o600);
  });

  it('comes to the schema of whoever makes it', () => {
    const location = newLocation();
    const further = { version: migrations.length + 1, name: 'further', sql: 'CREATE TABLE further (one INTEGER)' };
    const space = createUserSpace(location, now, [...migrations, further], blank);
    expect(space.schemaVersion).toBe(migrations.length + 1);
    space.close();
  });

  it('is not made at all where the blank is missing or broken', () => {
    const location = newLocation();
    expect(() => createUserSpace(location, now, migrations, join(directory, 'nowhere.db'))).toThrow('ENOENT');
    expect(() => createUserSpace(location, now, migrations, databasePath(stamped().directory))).toThrow();
    expect(existsSync(databasePath(location.directory))).toBe(false);
    expect(readdirSync(location.directory)).toEqual([]);
  });
});
