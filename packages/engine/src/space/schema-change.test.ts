/** From an older schema to a newer one: what changes, what is copied before, and that a step that fails leaves nothing behind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import type { AssemblyId } from '@vivim/contract/ids';
import { spaceSchemaVersion } from '@vivim/contract/space-schema';
import { expect, it } from 'vitest';
import { newLocation } from '../../../../test/kit/spaces.ts';
import { openConnection } from '../sqlite/database.ts';
import type { Migration } from '../sqlite/migrate.ts';
import { attachmentId } from './attachment-id.ts';
import { migrations } from './migrations/migrations.ts';
import { createUserSpace, openUserSpace, prepareUserSpace, type SpaceLocation } from './user-space.ts';

const now = () => 1_700_000_000_000;
const step = (version: number, sql: string): Migration => ({ version, name: `test-${version}`, sql });
const newest = migrations.length;
const good = [
  ...migrations,
  step(newest + 1, 'CREATE TABLE parent (pk INTEGER PRIMARY KEY); INSERT INTO parent VALUES (1)'),
];
const bad = [...good, step(newest + 2, 'DELETE FROM space; CREATE TABLE half (x); SELECT no_such_function()')];

/** Every row of every table, and what the file says of itself. */
function contentOf(location: SpaceLocation): unknown {
  const connection = openConnection(join(location.directory, 'user.db'), location);
  try {
    const schema = connection.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
    const tables = connection
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all();
    const rows = tables.map((name) => connection.prepare(`SELECT * FROM "${String(name)}"`).all());
    return { version: connection.pragma('user_version', { simple: true }), schema, rows };
  } finally {
    connection.close();
  }
}

const codeOf = (work: () => { close(): void } | object): string => {
  try {
    const made = work();
    if ('close' in made) made.close();
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

function made(steps?: readonly Migration[]): SpaceLocation {
  const location = newLocation();
  const space = createUserSpace(location, now, steps);
  space.write(() => null);
  space.close();
  return location;
}

it('the number both sides of the pipe know is the number of the steps', () => {
  expect(migrations.map(({ version }) => version)).toEqual(Array.from({ length: spaceSchemaVersion }, (_, i) => i + 1));
});

it('an older space is brought along when it is opened, and its neighbour stays as it is', () => {
  const [alice, bob] = [made(), made()];
  const before = contentOf(bob);
  const space = openUserSpace(alice, now, good);
  expect([space.schemaVersion, space.version]).toEqual([newest + 1, 1]);
  space.close();
  expect(contentOf(bob)).toEqual(before);
});

it('a step that fails leaves every row, every table and the version as they were', () => {
  const [alice, bob] = [made(), made()];
  const before = contentOf(alice);
  expect(codeOf(() => openUserSpace(alice, now, bad))).toBe('migration_failed');
  expect(contentOf(alice)).toEqual(before);
  expect(codeOf(() => openUserSpace(alice, now))).toBe('no error');
  expect(codeOf(() => openUserSpace(bob, now, good))).toBe('no error');
});

it('a table can be made anew without what points to it being deleted; what then points nowhere is a failure', () => {
  const pointed = step(
    newest + 1,
    'CREATE TABLE parent (pk INTEGER PRIMARY KEY); CREATE TABLE child (pk INTEGER REFERENCES parent ON DELETE CASCADE); INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1)',
  );
  const location = made([...migrations, pointed]);
  const anew = (keep: string) =>
    step(
      newest + 2,
      `CREATE TABLE other (pk INTEGER PRIMARY KEY, more TEXT); ${keep}; DROP TABLE parent; ALTER TABLE other RENAME TO parent`,
    );
  const before = contentOf(location);
  const losing = [...migrations, pointed, anew('SELECT 1')];
  expect(codeOf(() => openUserSpace(location, now, losing))).toBe('migration_failed');
  expect(contentOf(location)).toEqual(before);
  const keeping = [...migrations, pointed, anew('INSERT INTO other (pk) SELECT pk FROM parent')];
  expect(codeOf(() => openUserSpace(location, now, keeping))).toBe('no error');
  const connection = openConnection(join(location.directory, 'user.db'), location);
  expect([
    connection.prepare('SELECT count(*) FROM child').pluck().get(),
    connection.pragma('foreign_keys', { simple: true }),
  ]).toEqual([1, 1]);
  connection.close();
});

it('a full space comes along all the same, and is as full afterwards', () => {
  const location = newLocation({ quotaBytes: 1024 ** 2 });
  createUserSpace(location, now).close();
  const larger = step(
    newest + 1,
    'CREATE TABLE large (x); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) INSERT INTO large SELECT zeroblob(100000) FROM n',
  );
  const space = openUserSpace(location, now, [...migrations, larger]);
  const big = { answer: 'x'.repeat(100_000) };
  const fill = () => space.apply({ id: 'k', operation: 'fill', requestHash: '' }, 200, () => big);
  expect(fill).toThrow(expect.objectContaining({ code: 'quota_exceeded' }));
  space.close();
});

it('before, a checked copy is left under the same key; of a space that is not behind, none', () => {
  const location = made();
  const before = contentOf(location);
  expect(prepareUserSpace(location, 'before.db', migrations)).toEqual({ schemaVersion: newest, copy: null });
  expect(existsSync(join(location.directory, 'copies'))).toBe(false);
  const prepared = prepareUserSpace(location, 'before.db', good);
  const bytes = readFileSync(join(location.directory, 'copies/before.db'));
  expect(prepared).toEqual({ schemaVersion: newest, copy: { bytes: bytes.length, version: 1 } });
  expect(bytes.includes('SQLite format 3')).toBe(false);
  expect(contentOf(location)).toEqual(before);
  expect(readdirSync(join(location.directory, 'copies'))).toEqual(['before.db']);
});

it('nothing is copied of a space of somebody else, or of a newer schema', () => {
  const newer = made(good);
  expect(codeOf(() => prepareUserSpace(newer, 'before.db', migrations))).toBe('schema_too_new');
  const other = { ...made(), ownerId: 'somebody-else' };
  expect(codeOf(() => prepareUserSpace(other, 'before.db', good))).toBe('storage_owner_mismatch');
});

it('attachments of schema 2 get the ids they would have had, and what nothing shows goes', () => {
  const [alice, bob] = [made(migrations.slice(0, 2)), made(migrations.slice(0, 2))];
  const connection = openConnection(join(alice.directory, 'user.db'), alice);
  connection.exec(`
    INSERT INTO import_run (pk, id, state, file_name, created_ms) VALUES (1, 'r', 'done', 'f', 0);
    INSERT INTO conversation (pk, id, source, sort_ms, content_hash, first_run_pk, last_run_pk) VALUES (1, 'c_x', 'chatgpt', 0, '', 1, 1);
    INSERT INTO message (pk, id, conversation_pk, seq, role, author_kind, content_hash) VALUES (1, 'm_abcdefghij', 1, 0, 'user', 'human', '');
    INSERT INTO attachment (pk, external_id, status) VALUES (1, 'file-one', 'missing'), (2, NULL, 'skipped'), (3, NULL, 'missing');
    INSERT INTO part (message_pk, ix, kind, attachment_pk) VALUES (1, 0, 'image', 1), (1, 1, 'image', 2);`);
  connection.close();
  for (const location of [alice, bob]) openUserSpace(location, now).close();
  const after = openConnection(join(alice.directory, 'user.db'), alice);
  expect(after.prepare('SELECT pk, id FROM attachment ORDER BY pk').all()).toEqual([
    { pk: 1, id: attachmentId('file-one', 'm_abcdefghij', 0) },
    { pk: 2, id: attachmentId(null, 'm_abcdefghij', 1) },
  ]);
  expect(after.prepare('SELECT takes_files FROM import_run').pluck().get()).toBe(0);
  after.close();
});

it('records of schema 3 come along without their words, and pins can be made', () => {
  const line = {
    state: 'given',
    layer: 'L5',
    ref: '1',
    acuId: 'a_said',
    memoryId: null,
    rank: 1,
    score: 1,
    reasons: [],
  };
  const details = {
    layers: [],
    timings: {},
    found: 1,
    given: [line, { ...line, acuId: null, memoryId: 'k_held' }],
    left: [],
  };
  const location = newLocation();
  createUserSpace(location, now, migrations.slice(0, 3)).close();
  const connection = openConnection(join(location.directory, 'user.db'), location);
  connection.exec(`INSERT INTO assembly (id, at_ms, session_id, way, query, recipe, budget, tokens, tokenizer, hash, lines, took_ms, details_json)
    VALUES ('01900000-0000-7000-8000-000000000001', 1, 's', 'api', 'q', 'balanced', 900, 9, 'o200k_base', 'h', 0, 1,
      '${JSON.stringify(details)}')`);
  connection.close();
  prepareUserSpace(location, 'before.db', migrations);
  const space = openUserSpace(location, now);
  const kept = space.read((r) => r.assemblies.find('01900000-0000-7000-8000-000000000001' as AssemblyId));
  expect(kept).toMatchObject({ query: 'q', text: null, request: null, ...details });
  const after = openConnection(join(location.directory, 'user.db'), location);
  expect(after.prepare('SELECT given_ids FROM assembly').pluck().all()).toEqual(['a_said']);
  after.close();
  const { id } = space.write((w) => w.memories.state({ text: 'The shed is locked.', kind: 'fact' } as never, 'v', 1));
  space.write((w) => w.pins.make({ kind: 'memory', of: id }, 1));
  expect(space.read((r) => r.pins.page({ limit: 9 })).items.map(({ name }) => name)).toEqual(['The shed is locked.']);
  space.close();
});
