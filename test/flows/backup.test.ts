/**
 * Backups of a real server into a real bucket: what is copied and what is not, what is found when it is tried out, and one person
 * put back while the other notices nothing.
 */
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdminUserDetail } from '@vivim/contract/admin';
import { BackupManifest, BackupOverview, BackupRun, RestoredSpace, VerifyReport } from '@vivim/contract/backup';
import { spaceDirectory } from '@vivim/gateway/fleet/space-directory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Bucket, startBucket } from '../kit/bucket.ts';
import { aliceExport, bobExport, manyConversations } from '../kit/exports.ts';
import { atTerminal, hashOfSpace } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

let bucket: Bucket;
let server: TestServer;
let alice: Person;
let bob: Person;
let her: AdminUserDetail;
let his: AdminUserDetail;

const vivim = (...args: string[]) => atTerminal(server.dataDir, args);
async function read<T extends z.ZodType>(schema: T, args: readonly string[], expected = 0): Promise<z.output<T>> {
  const { code, stdout, stderr } = await vivim(...args, '--json');
  expect([code, stderr]).toEqual([expected, '']);
  return schema.parse(JSON.parse(stdout));
}
const run = (...args: string[]) => read(BackupRun, ['backup', 'run', ...args]);
const copies = async ({ userId }: Person) =>
  (await read(z.object({ items: z.array(BackupManifest) }), ['backup', 'list', '--user', userId])).items;
const counted = async ({ client }: Person) => (await client.getSpace({})).counts.conversations;

/** Idle, and still: whatever changes from here on was done to them. */
async function stopped(person: Person): Promise<void> {
  await quiet(person, { embedding: false });
  while ((await vivim('admin', 'evict', person.userId)).code !== 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Where the bucket's server keeps the bytes of an object. */
function objectFile(storageId: string, file: string): string {
  const below = join(bucket.directory, 'kept/vivim/spaces', storageId);
  const name = readdirSync(below).find((each) => each.startsWith(file) && each.endsWith('_object'));
  return join(below, name ?? 'missing');
}

beforeAll(async () => {
  bucket = await startBucket();
  server = await startTestServer({ env: { VIVIM_MODELS: 'off', ...bucket.env, VIVIM_BACKUP_EVERY: 'off' } });
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
  await Promise.all([importFile(alice, 'a.json', aliceExport), importFile(bob, 'b.json', bobExport)]);
  await stopped(alice);
  await stopped(bob);
  her = await read(AdminUserDetail, ['admin', 'show', alice.userId]);
  his = await read(AdminUserDetail, ['admin', 'show', bob.userId]);
}, 120_000);
afterAll(async () => {
  await server?.stop();
  await bucket?.stop();
});

describe('a run', () => {
  it('copies everybody and makes a set; nothing in the bucket can be read as what they wrote', async () => {
    expect(await read(BackupOverview, ['backup', 'list'])).toMatchObject({ sets: [], lastRun: null, everyMs: null });
    const first = await run();
    expect(first).toMatchObject({ copied: 2, unchanged: 0, failed: [], code: null });
    const kept = readdirSync(bucket.directory, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
    expect(kept.length).toBeGreaterThan(4);
    expect(kept.filter((bytes) => /SQLite format 3|marzano|lisbon/i.test(bytes))).toEqual([]);
    const overview = await read(BackupOverview, ['backup', 'list']);
    expect(overview).toMatchObject({
      place: bucket.place,
      overdue: false,
      sets: [{ id: first.set, spaces: 2, without: 0 }],
    });
  });

  it('copies nobody again who has written nothing, and starts no engine for it once that was seen', async () => {
    expect(await run()).toMatchObject({ copied: 0, unchanged: 2 });
    expect(await run('--all')).toMatchObject({ copied: 0, unchanged: 2 });
    expect([await copies(alice), await copies(bob)]).toMatchObject([{ length: 1 }, { length: 1 }]);
    const states = await Promise.all(
      [alice, bob].map(({ userId }) => read(AdminUserDetail, ['admin', 'show', userId])),
    );
    expect(states.map(({ engine }) => engine.running)).toEqual([false, false]);
  });

  it('copies who has written, while they work on, and nobody else', async () => {
    await importFile(alice, 'more.json', manyConversations(5, 2));
    await quiet(alice, { embedding: false });
    const second = await run();
    expect(second).toMatchObject({ copied: 1, unchanged: 1, failed: [] });
    const [newest, oldest] = await copies(alice);
    expect([newest?.counts?.conversations, oldest?.counts?.conversations]).toEqual([await counted(alice), 2]);
    expect(await copies(bob)).toHaveLength(1);
  });

  it('of one account makes no set, is written into its books, and somebody who is nobody is not found', async () => {
    await alice.client.getSpace({});
    await importFile(alice, 'one.json', manyConversations(1, 3).replaceAll('"0', '"x'));
    expect(await run('--user', alice.userId)).toMatchObject({ set: null, failed: [] });
    const { items } = await alice.client.listAccountEvents({ query: { limit: 50 } });
    expect(items.map(({ event }) => event)).toContain('admin.backed_up');
    expect((await vivim('backup', 'run', '--user', '01935870-0000-7000-8000-000000000000')).code).toBe(4);
    expect((await vivim('backup', 'run', '--user', alice.userId, '--all')).code).toBe(2);
  });
});

describe('verifying', () => {
  it('restores master and every space into scratch places, and leaves nothing there', async () => {
    await stopped(alice);
    await run();
    const report = await read(VerifyReport, ['backup', 'verify']);
    expect(report).toMatchObject({ sound: true, masterProblem: null, without: 0 });
    expect(report.spaces.map(({ userId, problem }) => [userId, problem]).sort()).toEqual(
      [alice, bob].map(({ userId }) => [userId, null]).sort(),
    );
    expect(readdirSync(join(server.dataDir, 'scratch'))).toEqual([]);
    expect((await read(VerifyReport, ['backup', 'verify', '--sample', '1'])).spaces).toHaveLength(1);
    expect((await read(VerifyReport, ['backup', 'verify', '--user', bob.userId])).spaces).toHaveLength(1);
    expect((await vivim('backup', 'verify', '--set', '2001-01-01T00-00-00.000Z')).code).toBe(4);
  });

  it('finds one flipped byte, names that copy and no other, and ends with 1', async () => {
    const [manifest] = await copies(alice);
    const file = objectFile(her.storageId, manifest?.file ?? '');
    const sound = readFileSync(file);
    const damaged = Buffer.from(sound);
    damaged.writeUInt8(damaged.readUInt8(5_000) ^ 1, 5_000);
    writeFileSync(file, damaged);
    const report = await read(VerifyReport, ['backup', 'verify'], 1);
    expect(report.sound).toBe(false);
    expect(report.spaces.filter(({ problem }) => problem !== null)).toMatchObject([
      { userId: alice.userId, problem: 'copy_altered' },
    ]);
    const before = hashOfSpace(server.dataDir, her.storageId);
    expect((await vivim('restore', '--user', alice.userId, '--yes')).code).toBe(7);
    expect(hashOfSpace(server.dataDir, her.storageId)).toBe(before);
    writeFileSync(file, sound);
  });
});

describe('restoring one person', () => {
  it('puts her back to the newest backup at or before the time, says what is lost, and he notices nothing', async () => {
    await stopped(bob);
    const untouched = hashOfSpace(server.dataDir, his.storageId);
    const all = await copies(alice);
    const oldest = all.at(-1);
    const at = new Date(Date.parse(oldest?.createdAt ?? '') + 1).toISOString();
    const restored = await read(RestoredSpace, ['restore', '--user', alice.userId, '--at', at, '--yes']);
    expect(restored).toMatchObject({ backupAt: oldest?.createdAt, counts: oldest?.counts });
    expect(restored.writesLost).toBeGreaterThan(0);
    expect(await counted(alice)).toBe(2);
    const directory = spaceDirectory(join(server.dataDir, 'users'), her.storageId);
    expect(readdirSync(directory)).toContain(restored.keptAside);
    expect((await alice.client.search({ query: { q: 'marzano' } })).items.length).toBeGreaterThan(0);
    expect(hashOfSpace(server.dataDir, his.storageId)).toBe(untouched);
    expect(await counted(bob)).toBeGreaterThan(0);
    const { items } = await alice.client.listAccountEvents({ query: { limit: 50 } });
    expect(items.map(({ event }) => event)).toContain('admin.restored');
  });

  it('says how many erasures it repeated, and what they took does not come back', async () => {
    await run();
    const before = (await alice.client.listConversations({})).items;
    const going = before[0];
    if (going === undefined) return expect.unreachable();
    await alice.client.eraseConversation({ params: { id: going.id } });
    const restored = await read(RestoredSpace, ['restore', '--user', alice.userId, '--yes']);
    expect(restored.erasuresRepeated).toBe(1);
    expect((await alice.client.listConversations({})).items.map(({ id }) => id)).not.toContain(going.id);
    const told = await vivim('restore', '--user', alice.userId, '--yes');
    expect(told.stdout).toContain('1 erasure made since then was repeated');
    expect((await read(RestoredSpace, ['restore', '--user', bob.userId, '--yes'])).erasuresRepeated).toBe(0);
    await alice.client.allowErased({ params: { id: (await alice.client.listErasures({})).items[0]?.id as never } });
  });

  it('is copied anew by the next run, and goes on from there', async () => {
    const before = (await copies(alice)).length;
    await importFile(alice, 'again.json', bobExport);
    await quiet(alice, { embedding: false });
    expect((await run()).copied).toBeGreaterThanOrEqual(1);
    expect(await copies(alice)).toHaveLength(before + 1);
    expect((await read(VerifyReport, ['backup', 'verify'])).sound).toBe(true);
  });

  it('of a copy that is not hers is refused by its key, and nothing is changed', async () => {
    await stopped(alice);
    const [mine] = await copies(alice);
    const [theirs] = await copies(bob);
    if (mine === undefined || theirs === undefined) return expect.unreachable();
    const place = join(server.dataDir, '..', `planted-${her.storageId}`);
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(place, 'spaces', her.storageId), { recursive: true });
    const forged = { ...theirs, storageId: her.storageId, file: mine.file, createdAt: mine.createdAt };
    const target = join(place, 'spaces', her.storageId, mine.file);
    writeFileSync(target, readFileSync(objectFile(his.storageId, theirs.file)));
    writeFileSync(target.replace(/db$/, 'json'), JSON.stringify(forged));
    const before = hashOfSpace(server.dataDir, her.storageId);
    const refused = await vivim('restore', '--user', alice.userId, '--from', place, '--yes', '--json');
    expect([refused.code, JSON.parse(refused.stderr).code]).toEqual([7, 'storage_integrity']);
    expect(hashOfSpace(server.dataDir, her.storageId)).toBe(before);
  });

  it('asks before it puts anything back, and nobody to ask is a no', async () => {
    await stopped(alice);
    const before = hashOfSpace(server.dataDir, her.storageId);
    const nobody = await vivim('restore', '--user', alice.userId);
    expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    expect(nobody.stderr).toContain((await copies(alice))[0]?.createdAt);
    expect(hashOfSpace(server.dataDir, her.storageId)).toBe(before);
  });

  it('a second one keeps what the first put aside, and both count as hers until they are gone', async () => {
    const directory = spaceDirectory(join(server.dataDir, 'users'), her.storageId);
    const aside = () => readdirSync(directory).filter((name) => name.startsWith('before-restore-'));
    const before = aside();
    const first = await read(RestoredSpace, ['restore', '--user', alice.userId, '--yes']);
    const second = await read(RestoredSpace, ['restore', '--user', alice.userId, '--yes']);
    expect(aside()).toEqual([...before, first.keptAside, second.keptAside].sort());
    const kept = aside().reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
    expect((await alice.client.getUsage({})).disk.bytes).toBeGreaterThan(kept);
  });

  it('a refused one forgets no copy: the next run finds nothing to do', async () => {
    await stopped(alice);
    await stopped(bob);
    await run();
    const [manifest] = await copies(alice);
    const file = objectFile(her.storageId, manifest?.file ?? '');
    const sound = readFileSync(file);
    writeFileSync(file, Buffer.alloc(sound.length));
    expect((await vivim('restore', '--user', alice.userId, '--yes')).code).toBe(7);
    writeFileSync(file, sound);
    expect(await run()).toMatchObject({ copied: 0, unchanged: 2, failed: [] });
  });

  it('a space whose file is gone is named by the run, and is put back', async () => {
    await stopped(bob);
    const file = join(spaceDirectory(join(server.dataDir, 'users'), his.storageId), 'user.db');
    renameSync(file, `${file}-gone`);
    const [one] = (await read(BackupRun, ['backup', 'run'], 1)).failed;
    expect(one).toEqual({ userId: bob.userId, code: 'storage_missing' });
    rmSync(`${file}-gone`);
    await read(RestoredSpace, ['restore', '--user', bob.userId, '--yes']);
    expect(await counted(bob)).toBeGreaterThan(0);
  });

  it('needs a backup, and a time that is one', async () => {
    expect((await vivim('restore', '--user', alice.userId, '--at', '2001-01-01T00:00:00Z')).code).toBe(4);
    expect((await vivim('restore', '--user', alice.userId, '--at', 'yesterday')).code).toBe(2);
    expect((await vivim('restore')).code).toBe(2);
    expect((await vivim('restore', '--user', alice.userId, '--yes', '--from', 'ftp://host/x')).code).toBe(2);
  });
});

describe('a bucket that is not there', () => {
  it('fails with a code, keeps people working, and the next run makes up for it', async () => {
    await bucket.stop();
    const failed = await vivim('backup', 'run', '--json');
    expect([failed.code, JSON.parse(failed.stderr).code]).toEqual([7, 'backup_unavailable']);
    expect(await counted(bob)).toBeGreaterThan(0);
    expect(server.output()).toContain('backup.failed');
    expect(server.output()).not.toMatch(/S3RVER|127\.0\.0\.1:\d+\/kept/);
  });
});
