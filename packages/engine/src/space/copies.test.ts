/** Copies of real spaces: what is in them, what lies on the disk meanwhile, and what is left however it ends. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AskedId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { newLocation, newSpace } from '../../../../test/kit/spaces.ts';
import { openConnection } from '../sqlite/database.ts';
import { Copies, type ReadableCopy } from './copies.ts';
import type { UserSpace } from './user-space.ts';

const never = new AbortController().signal;
const canary = 'a lighthouse keeper nobody else knows';

function filled(conversations = 20): UserSpace {
  const space = newSpace();
  const texts = Array.from({ length: conversations }, (_, index) => `${canary} ${index} ${'and on '.repeat(200)}`);
  fillSpace(
    space,
    texts.map((text, index) => ({ externalId: `c${index}`, messages: [{ text }] })),
  );
  return space;
}

const copiesOf = (space: UserSpace) => join(space.location.directory, 'copies');
const left = (space: UserSpace) => (existsSync(copiesOf(space)) ? readdirSync(copiesOf(space)) : []);

async function bytesOf({ stream }: ReadableCopy): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A stock SQLite, without our driver. */
function read(directory: string, bytes: Buffer, query: string): unknown[] {
  const path = join(directory, `taken-${readdirSync(directory).length}.db`);
  writeFileSync(path, bytes);
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}

const counted =
  'SELECT (SELECT count(*) FROM conversation) AS conversations, (SELECT count(*) FROM message) AS messages';

describe('a readable copy', () => {
  it('opens in a stock SQLite with everything that is in the space, and with nothing of another', async () => {
    const [alice, bob] = [filled(), newSpace()];
    const copy = await new Copies(alice).export(never);
    const bytes = await bytesOf(copy);
    expect(bytes.length).toBe(copy.bytes);
    const { conversations, messages } = alice.read((r) => r.counts());
    const { directory } = newLocation();
    expect(read(directory, bytes, counted)).toEqual([{ conversations, messages }]);
    expect(read(directory, bytes, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(read(directory, bytes, 'SELECT version FROM space')).toEqual([{ version: copy.version }]);
    expect(read(directory, bytes, `SELECT count(*) AS n FROM part WHERE text LIKE '${canary}%'`)).toEqual([{ n: 20 }]);
    const his = await bytesOf(await new Copies(bob).export(never));
    expect(his.includes(canary)).toBe(false);
  });

  it('leaves behind what programs asked for and were given, which a backup takes along', async () => {
    const [alice, bob] = [filled(), newSpace()];
    for (const space of [alice, bob])
      space.writeBeside((w) =>
        w.asked.put(
          {
            id: uuidv7(1) as AskedId,
            atMs: 1,
            sessionId: uuidv7(1),
            way: 'mcp',
            application: 'Claude',
            kind: 'search',
            words: 'qzquestion',
            count: 0,
            characters: 0,
          },
          [],
        ),
      );
    const bytes = await bytesOf(await new Copies(alice).export(never));
    const { directory } = newLocation();
    expect(read(directory, bytes, 'SELECT count(*) AS n FROM asked')).toEqual([{ n: 0 }]);
    expect(bytes.includes('qzquestion')).toBe(false);
    const copies = new Copies(bob);
    await copies.backUp('kept.db');
    const kept = openConnection(join(copiesOf(bob), 'kept.db'), bob.location);
    expect(kept.prepare('SELECT words FROM asked').pluck().all()).toEqual(['qzquestion']);
    kept.close();
  });

  it('never has a name on the disk while it is readable, and leaves nothing', async () => {
    const space = filled();
    const copy = await new Copies(space).export(never);
    expect(left(space)).toEqual([]);
    await bytesOf(copy);
    expect(left(space)).toEqual([]);
    for (const name of ['user.db', 'user.db-wal'])
      expect(readFileSync(join(space.location.directory, name)).includes(canary)).toBe(false);
  });

  it('is of one moment, whatever is written meanwhile', async () => {
    const space = filled(200);
    const copies = new Copies(space);
    const making = copies.export(never);
    const before = space.version;
    // Pairs: a copy that holds one without the other was not of one moment.
    for (let round = 0; round < 50; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      fillSpace(space, [
        { externalId: `left ${round}`, messages: [{ text: `left ${round}` }] },
        { externalId: `right ${round}`, messages: [{ text: `right ${round}` }] },
      ]);
      space.write(() => null);
    }
    const copy = await making;
    const [row] = read(
      newLocation().directory,
      await bytesOf(copy),
      `SELECT (SELECT count(*) FROM conversation WHERE external_id LIKE 'left%') AS lefts,
         (SELECT count(*) FROM conversation WHERE external_id LIKE 'right%') AS rights, (SELECT version FROM space) AS version`,
    ) as { lefts: number; rights: number; version: number }[];
    expect(row?.lefts).toBe(row?.rights);
    expect(row?.version).toBe(copy.version);
    expect(copy.version).toBeGreaterThanOrEqual(before);
    expect(space.version).toBe(before + 50);
  });

  it('is made one at a time, until its last byte is read or its reader leaves', async () => {
    const space = filled();
    const copies = new Copies(space, 50);
    const first = await copies.export(never);
    expect(await refusalOf(() => copies.export(never))).toBe('space_busy');
    await first.stream.cancel();
    const second = await copies.export(never);
    await bytesOf(second);
    const leaving = new AbortController();
    const third = await copies.export(leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(bytesOf(third)).rejects.toThrow('gone');
    await bytesOf(await copies.export(never));
    expect(left(space)).toEqual([]);
  });

  it('waits for one that is read to its end meanwhile, and whoever leaves waits for none', async () => {
    const [space, bobs] = [filled(), filled()];
    const [copies, his] = [new Copies(space, 60_000), new Copies(bobs, 60_000)];
    const first = await copies.export(never);
    const leaving = new AbortController();
    const [next, gone] = [copies.export(never), copies.archive('json', '2026-11-25T12:00:00.000Z', leaving.signal)];
    leaving.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    await bytesOf(await his.export(never));
    await bytesOf(first);
    await bytesOf(await next);
    expect([left(space), left(bobs)]).toEqual([[], []]);
  });

  it('keeps no backup from being made, however slowly it is read; copies that are made wait for each other', async () => {
    const [space, bobs] = [filled(), filled()];
    const [copies, his] = [new Copies(space), new Copies(bobs)];
    const slow = await copies.export(never);
    const reader = slow.stream.getReader();
    await reader.read();
    const names = ['backup-1.db', 'backup-2.db', 'backup-3.db'];
    const made = await Promise.all(names.map((name) => copies.backUp(name)));
    const { messages } = space.read((r) => r.counts());
    expect(made.map(({ counts }) => counts.messages)).toEqual(names.map(() => messages));
    expect(left(space)).toEqual(names);
    await reader.cancel();
    // Nor does what the owner asks for meet a backup that is being made.
    const backup = copies.backUp('backup-4.db');
    await bytesOf(await copies.export(never));
    await backup;
    expect(left(bobs)).toEqual([]);
    await his.stop();
    expect(await refusalOf(() => his.backUp('backup-1.db'))).toBe('engine_unavailable');
  });

  it('is refused where the quota has no room for it, and says what to do', async () => {
    const space = filled();
    const tight = { ...space.location, quotaBytes: space.bytes * 2 };
    const full = new Copies(
      Object.create(space, { location: { value: tight }, bytes: { value: space.bytes }, hides: { value: false } }),
    );
    const spool = join(tight.directory, 'spool');
    mkdirSync(spool);
    writeFileSync(join(spool, 'upload'), 'x');
    await expect(full.export(never)).rejects.toMatchObject({ code: 'quota_exceeded', message: /Ask the operator/ });
    expect(left(space)).toEqual([]);
  });
});

describe('an archive', () => {
  const at = '2026-11-25T12:00:00.000Z';

  it('is a copy like any other: of one moment, without a name, given back when its reader leaves', async () => {
    const space = filled(100);
    const copies = new Copies(space);
    const { stream } = await copies.archive('json', at, never);
    expect(left(space)).toEqual([]);
    fillSpace(space, [{ externalId: 'late', messages: [{ text: 'too late for it' }] }]);
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    const leaving = new AbortController();
    const second = await copies.archive('markdown', at, leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(bytesOf({ ...second, bytes: 0, schemaVersion: 0 })).rejects.toThrow();
    const third = await copies.archive('markdown', at, never);
    expect((await bytesOf({ ...third, bytes: 0, schemaVersion: 0 })).subarray(0, 2).toString()).toBe('PK');
    await bytesOf(await copies.export(never));
    expect(left(space)).toEqual([]);
  });

  it('ends with the engine', async () => {
    const copies = new Copies(filled(100));
    const { stream } = await copies.archive('json', at, never);
    await copies.stop();
    await expect(bytesOf({ stream, bytes: 0, schemaVersion: 0, version: 0 })).rejects.toThrow();
  });
});

describe('a backup', () => {
  it('is noise without the key of the space, and whole with it', async () => {
    const [alice, bob] = [filled(), newSpace()];
    const made = await new Copies(alice).backUp('backup-1.db');
    const path = join(copiesOf(alice), 'backup-1.db');
    expect(statSync(path).size).toBe(made.bytes);
    const bytes = readFileSync(path);
    expect(bytes.includes('SQLite format 3')).toBe(false);
    expect(bytes.includes(canary)).toBe(false);
    expect(() => openConnection(path, bob.location)).toThrow(/not a database/);
    const opened = openConnection(path, { ...alice.location, readonly: true });
    expect(opened.prepare(counted).get()).toMatchObject({ messages: alice.read((r) => r.counts()).messages });
    expect(opened.pragma('user_version', { simple: true })).toBe(made.schemaVersion);
    opened.close();
  });

  it('of a damaged space is refused, and nothing of it stays', async () => {
    const space = filled(200);
    space.checkpoint();
    const path = join(space.location.directory, 'user.db');
    const bytes = readFileSync(path);
    bytes.fill(7, bytes.length - 9_000, bytes.length - 5_000);
    writeFileSync(path, bytes);
    const copies = new Copies(space);
    expect(await refusalOf(() => copies.backUp('backup-1.db'))).toBe('storage_integrity');
    expect(await refusalOf(() => copies.export(never))).toBe('storage_integrity');
    expect(left(space)).toEqual([]);
  });

  it('that an earlier process left is cleared away at the start', async () => {
    const space = filled();
    await new Copies(space).backUp('backup-1.db');
    expect(left(space)).toEqual(['backup-1.db']);
    new Copies(space);
    expect(left(space)).toEqual([]);
  });

  it('ends with the engine', async () => {
    const space = filled(400);
    const copies = new Copies(space);
    const making = copies.export(never);
    await copies.stop();
    expect(['engine_unavailable', 'accepted']).toContain(await refusalOf(() => making));
    expect(left(space)).toEqual([]);
  });
});
