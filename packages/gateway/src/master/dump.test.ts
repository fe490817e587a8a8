/** Master out and in: the same rows, nothing that must not come back, and no dump that is not whole. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { describeMasters, makeDatabase, newMaster } from '../../../../test/kit/masters.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { signIn } from '../../../../test/kit/sign-in.ts';
import { startTestGateway } from '../../../../test/kit/test-gateway.ts';
import { type Master, openMaster } from './db.ts';
import { dumpMaster, tryDump } from './dump.ts';
import { dumpTables, leftOut } from './dump-tables.ts';
import { restoreMaster } from './restore-master.ts';

function newFile(name = 'dump.gz'): string {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-dump-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, name);
}

const rowsOf = async (master: Master, table: string) =>
  (await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t order by 1`.execute(master.db))
    .rows;

describeMasters('a dump of master', (kind) => {
  /** Two people who signed in, and what lies in master of them. */
  async function twoPeople(): Promise<{ master: Master; people: readonly string[] }> {
    const master = await newMaster(kind);
    const gateway = await startTestGateway(master);
    onTestFinished(() => gateway.close());
    const people = [(await signIn(gateway)).userId, (await signIn(gateway)).userId];
    return { master, people };
  }

  it('answers for every table there is', async () => {
    const master = await newMaster(kind);
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = current_schema()`.execute(master.db);
    const named = [...dumpTables.map(({ name }) => name), ...Object.keys(leftOut)];
    expect(rows.map(({ name }) => name).sort()).toEqual(named.sort());
  });

  it('comes out of a scratch schema as it went in, and leaves nothing of it', async () => {
    const { master, people } = await twoPeople();
    const path = newFile();
    const { rows, spaces, digest } = await dumpMaster(master, path);
    expect([rows.users, spaces.map(({ user_id }) => user_id)]).toEqual([2, [...people].sort()]);
    expect((await tryDump(master, path)).digest).toBe(digest);
    expect((await tryDump(master, path)).digest).toBe(digest);
    const schemas = await sql`select 1 from information_schema.schemata where schema_name = 'vivim_scratch'`.execute(
      master.db,
    );
    expect(schemas.rows).toEqual([]);
  });

  it('fills an empty database with the same rows, raises every fence, and lets nobody stay signed in', async () => {
    const { master, people } = await twoPeople();
    const path = newFile();
    await dumpMaster(master, path);
    expect(gunzipSync(readFileSync(path)).toString()).not.toMatch(/"(sessions|tokens)",/);
    const database = await makeDatabase(kind);
    await restoreMaster(database.target, path, { without: people.slice(0, 1) });
    const restored = await openMaster(database.target);
    onTestFinished(async () => {
      await restored.close();
      await database.drop();
    });
    for (const { name } of dumpTables.filter((table) => !['routing', 'oauth_payloads'].includes(table.name)))
      expect(await rowsOf(restored, name)).toEqual(await rowsOf(master, name));
    expect([await rowsOf(restored, 'sessions'), await rowsOf(restored, 'tokens')]).toEqual([[], []]);
    const routing = await restored.db.selectFrom('routing').selectAll().orderBy('user_id').execute();
    const states = new Map(routing.map((row) => [row.user_id, [row.state, row.fence]]));
    expect([states.get(people[0] ?? ''), states.get(people[1] ?? '')]).toEqual([
      ['creating', 1],
      ['ready', 1],
    ]);
    await expect(restoreMaster(database.target, path, { without: [] })).rejects.toThrow(/already/);
  });

  it('of an older version fills the tables it knew, and what came since is added', async () => {
    const { master, people } = await twoPeople();
    const path = newFile();
    await dumpMaster(master, path);
    const text = gunzipSync(readFileSync(path)).toString();
    // As the server before the last step wrote it.
    const { migrations } = JSON.parse(text.split('\n')[0] ?? '') as { migrations: string[] };
    const last = migrations.find((name) => name.includes('usage')) ?? '';
    const older = newFile();
    const before = text.replace(`,"${last}"`, '').replace('"usage_days":0,', '');
    writeFileSync(
      older,
      gzipSync(
        before
          .split('\n')
          .filter((line) => !line.startsWith('["usage_days"'))
          .join('\n'),
      ),
    );
    expect((await tryDump(master, older)).rows.users).toBe(2);
    const database = await makeDatabase(kind);
    await restoreMaster(database.target, older, { without: [] });
    const restored = await openMaster(database.target);
    onTestFinished(async () => {
      await restored.close();
      await database.drop();
    });
    expect((await rowsOf(restored, 'users')).length).toBe(people.length);
    expect(await rowsOf(restored, 'usage_days')).toEqual([]);
  });

  it('that is cut short, altered or newer is refused, and the database stays empty', async () => {
    const { master } = await twoPeople();
    const path = newFile();
    await dumpMaster(master, path);
    const lines = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n');
    const newer = (lines[0] ?? '').replace('"0001-first"', '"0001-first","9999-later"');
    const altered: readonly (readonly [string, readonly string[]])[] = [
      ['storage_integrity', lines.slice(0, -1)],
      ['storage_integrity', [...lines.slice(0, 2), ...lines.slice(3)]],
      ['storage_integrity', lines.slice(1)],
      ['schema_too_new', [newer, ...lines.slice(1)]],
    ];
    const database = await makeDatabase(kind);
    onTestFinished(database.drop);
    for (const [code, text] of altered) {
      const changed = newFile();
      writeFileSync(changed, gzipSync(`${text.join('\n')}\n`));
      expect(await refusalOf(() => tryDump(master, changed))).toBe(code);
      expect(await refusalOf(() => restoreMaster(database.target, changed, { without: [] }))).toBe(code);
    }
    const half = newFile();
    writeFileSync(half, readFileSync(path).subarray(0, -20));
    expect(await refusalOf(() => tryDump(master, half))).toBe('storage_integrity');
    await restoreMaster(database.target, path, { without: [] });
  });
});
