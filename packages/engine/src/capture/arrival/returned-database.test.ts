/**
 * N60: a plain SQLite export given back. One that VIVIM made for this account comes in; one with a view, a trigger, a virtual
 * table, damaged pages or another owner is refused as `import_schema_untrusted`, and nothing of it is kept.
 */

import Database from 'better-sqlite3-multiple-ciphers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseOfSpace, filesOf, jsonArchiveOf, live, settle, standing } from '../../../../../test/kit/archives.ts';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { runs } from '../../../../../test/kit/property-runs.ts';
import { newSpace } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';

const ownerId = '0197c1f4-0000-7000-8000-000000000001';
const talks = [
  dialogue('roof', 'The roof', ['I am a nurse in Leeds and Emma Watson repairs my roof.', 'Slate lasts a century.']),
  dialogue('garden', 'The garden', ['Emma Watson asked about the garden. I prefer slate.', 'It grows.']),
];

const bring = (space: UserSpace, bytes: Buffer, sure = true) =>
  newCapture(space, standing).bring({ bytes, name: 'vivim.db', ...(sure ? { source: 'vivim' as const } : {}) });
const countsOf = (space: UserSpace) => space.read((r) => r.counts());
const empty = { conversations: 0, messages: 0, acus: 0, topics: 0, entities: 0, bundles: 0, imports: 1, files: 0 };

/** The database with something done to it by somebody who has SQLite. */
function changed(bytes: Buffer, sql: string): Buffer {
  const database = new Database(Buffer.from(bytes));
  try {
    database.unsafeMode(true);
    database.exec(sql);
    return database.serialize();
  } finally {
    database.close();
  }
}

let exported: { bytes: Buffer; archive: Record<string, string> };
async function exportOnce(): Promise<typeof exported> {
  if (exported !== undefined) return exported;
  const alice = newSpace({ ownerId });
  await live(alice, [talks]);
  exported = { bytes: await databaseOfSpace(alice), archive: await filesOf(await jsonArchiveOf(alice)) };
  return exported;
}

describe('a database its owner gives back', () => {
  it('comes in as it was, recognised by its shape', async () => {
    const { bytes, archive } = await exportOnce();
    const again = newSpace({ ownerId });
    const run = await bring(again, Buffer.from(bytes), false);
    expect(run).toMatchObject({ state: 'done', detected: { source: 'vivim' }, error: null });
    await settle(again);
    const after = await filesOf(await jsonArchiveOf(again));
    for (const name of ['space.json', 'conversations.jsonl', 'topics.jsonl', 'entities.jsonl', 'bundles.jsonl'])
      expect(after[name], name).toBe(archive[name]);
  });

  it.each<[string, string, RegExp]>([
    ['a view', 'CREATE VIEW peek AS SELECT * FROM part', /view peek/],
    [
      'a view in place of a table',
      'DROP TABLE speaker; CREATE VIEW speaker AS SELECT text AS name FROM part',
      /speaker/,
    ],
    ['a trigger', 'CREATE TRIGGER boom AFTER INSERT ON part BEGIN DELETE FROM part; END', /trigger boom/],
    ['a virtual table', 'CREATE VIRTUAL TABLE v USING fts5(x)', /table v/],
    ['a table of another kind', 'ALTER TABLE part ADD COLUMN evil TEXT', /table part/],
    ['a computed column', 'ALTER TABLE part ADD COLUMN evil TEXT AS (upper(text)) VIRTUAL', /table part/],
    ['an index of its own', 'CREATE INDEX mine ON part(lower(text))', /index mine/],
    ['one index less', 'DROP INDEX acu_message', /index acu_/],
    ['a later schema', 'PRAGMA user_version = 99', /schema 99/],
    ['no row of a space', 'DELETE FROM space', /another account/],
    ['a salt that is none', "UPDATE space SET salt = 'x'", /whose space/],
    ['an id that is none', "UPDATE acu SET id = '../../etc/passwd' WHERE pk = 1", /conversations\.jsonl, record 1/],
    ['a number for a text', "UPDATE part SET text = x'00ff' WHERE pk = 1", /conversations\.jsonl, record 1/],
    ['a time no date can show', 'UPDATE conversation SET sort_ms = 9e17 WHERE pk = 1', /sortMs/],
    ['JSON that is none', "UPDATE topic SET aliases_json = '{'", /topics\.jsonl/],
  ])('is refused with %s; nothing is kept', async (_, sql, words) => {
    const { bytes } = await exportOnce();
    const [space, bob] = [newSpace({ ownerId }), newSpace()];
    const run = await bring(space, changed(bytes, sql), false);
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'import_schema_untrusted', detail: expect.stringMatching(words) },
    });
    expect(countsOf(space)).toEqual(empty);
    expect(countsOf(bob)).toEqual({ ...empty, imports: 0 });
  });

  it('is refused in the hands of another person, who is told how an account moves', async () => {
    const { bytes } = await exportOnce();
    const bob = newSpace();
    const run = await bring(bob, Buffer.from(bytes));
    expect(run.error).toMatchObject({
      code: 'import_schema_untrusted',
      detail: expect.stringMatching(/--format json/),
    });
    expect(countsOf(bob)).toEqual(empty);
  });

  it('is refused with damaged pages', async () => {
    const { bytes } = await exportOnce();
    const database = new Database(Buffer.from(bytes));
    const { rootpage } = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'part'").get() as {
      rootpage: number;
    };
    database.close();
    const damaged = Buffer.from(bytes);
    damaged.fill(0xee, (rootpage - 1) * 4096 + 8, rootpage * 4096 - 100);
    const space = newSpace({ ownerId });
    expect((await bring(space, damaged)).error?.code).toBe('import_schema_untrusted');
    expect(countsOf(space)).toEqual(empty);
  });

  it('whatever is done to its bytes: it comes in, or it is refused, and the engine goes on', async () => {
    const { bytes } = await exportOnce();
    const space = newSpace({ ownerId });
    const change = fc.array(fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }), {
      minLength: 1,
      maxLength: 30,
    });
    const cut = fc.option(fc.integer({ min: 1, max: bytes.length - 1 }), { freq: 5 });
    const head = fc.constantFrom(0, 100, 4096);
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(change, cut, head, async (changes, length, within) => {
        const spoiled = Buffer.from(bytes);
        // Small places are hit as often as large ones: the header, the schema, anywhere.
        for (const { at, byte } of changes) spoiled[within === 0 ? at : at % within] = byte;
        // The magic words say what kind of file it is; without them it is another matter.
        bytes.copy(spoiled, 0, 0, 16);
        const run = await bring(space, length === null ? spoiled : spoiled.subarray(0, Math.max(512, length)));
        expect(['done', 'failed']).toContain(run.state);
        if (run.state === 'failed') {
          expect(run.error?.code).toBe('import_schema_untrusted');
          refused += 1;
        }
      }),
      { numRuns: Number(process.env.VIVIM_FUZZ_RUNS ?? runs(200)) },
    );
    expect(refused).toBeGreaterThan(10);
    expect(countsOf(space).conversations).toBeLessThanOrEqual(talks.length + 200);
  });
});
