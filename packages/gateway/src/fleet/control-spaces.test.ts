/** The operator's hand on spaces, over real processes: what is stopped, copied and destroyed, and that a neighbour notices nothing. */
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  eventually,
  isRunning,
  newRow,
  startTestFleet,
  type TestFleet,
  type TestFleetOptions,
} from '../../../../test/kit/fleet/fleet-kit.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import type { SpaceCopy, SpaceRow } from './fleet-control.ts';
import { prune } from './prune.ts';
import { openSnapshots } from './snapshots.ts';

const started: TestFleet[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.end()));
});

async function start(options: TestFleetOptions = {}): Promise<TestFleet> {
  const one = await startTestFleet(options);
  started.push(one);
  return one;
}

const pidOf = async (one: TestFleet, row: SpaceRow) =>
  ((await (await one.get(row, '/who')).json()) as { pid: number }).pid;
const wraps = (one: TestFleet) => readdirSync(join(one.dataDir, 'keys/wraps'));

describe('stopping', () => {
  it('cuts what is under way, and the neighbour goes on', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    const [hers, his] = [await pidOf(one, alice), await pidOf(one, bob)];
    const asked = refusalOf(() => one.get(alice, '/silent'));
    const events = await one.get(alice, '/events');
    await eventually(() => one.fleet.state(alice).requests === 2);
    await one.fleet.stop(alice);
    expect(await asked).toBe('engine_unavailable');
    await expect(new Response(events.body).text()).rejects.toThrow();
    await eventually(() => !isRunning(hers));
    expect(one.fleet.state(alice)).toEqual({ running: false, requests: 0, pendingJobs: 0 });
    expect([await pidOf(one, bob), one.fleet.state(bob).running]).toEqual([his, true]);
  });

  it('closes the space to whoever was let in before, until they are let in again', async () => {
    const one = await start();
    const row = await one.newSpace();
    await pidOf(one, row);
    const closed = { ...row, fence: row.fence + 1 };
    await one.fleet.stop(closed);
    expect(await refusalOf(() => one.get(row, '/who'))).toBe('engine_unavailable');
    expect(one.fleet.state(row).running).toBe(false);
    expect(await pidOf(one, closed)).toBeGreaterThan(0);
  });

  it('reaches an engine that is only just starting', async () => {
    const one = await start();
    const row = await one.newSpace();
    await one.fleet.stop(row);
    const starting = refusalOf(() => one.get(row, '/silent'));
    const closed = { ...row, fence: row.fence + 1 };
    await one.fleet.stop(closed);
    expect(await starting).toBe('engine_unavailable');
    expect(one.fleet.state(row).running).toBe(false);
  });

  it('leaves jobs for the next start, which is not made for a space that may not run', async () => {
    const one = await start();
    const row = await one.newSpace();
    await one.get(row, '/jobs?n=2');
    await eventually(() => one.fleet.state(row).pendingJobs === 2);
    await eventually(() => existsSync(join(one.dataDir, 'run-pending', row.storageId)));
    await one.fleet.stop(row);
    const again = await one.restart();
    started.splice(0, 1, again);
    await eventually(() => again.fleet.state(row).running);
    await again.get(row, '/jobs?n=1');
    await eventually(() => existsSync(join(one.dataDir, 'run-pending', row.storageId)));
    const locked = await again.restart({ locate: async () => null });
    started.splice(0, 1, locked);
    await eventually(() => !existsSync(join(one.dataDir, 'run-pending', row.storageId)));
    expect(locked.fleet.state(row).running).toBe(false);
  });
});

describe('eviction', () => {
  it('is refused while requests or jobs are under way, and says which', async () => {
    const one = await start();
    const row = await one.newSpace();
    const events = await one.get(row, '/events');
    await expect(one.fleet.evict(row)).rejects.toMatchObject({ code: 'space_busy', message: /^1 requests are/ });
    await events.body?.cancel();
    await one.get(row, '/jobs?n=3');
    await eventually(() => one.fleet.state(row).requests === 0 && one.fleet.state(row).pendingJobs === 3);
    await expect(one.fleet.evict(row)).rejects.toMatchObject({ message: /3 pending jobs/ });
    await one.get(row, '/jobs?n=0');
    await eventually(() => one.fleet.state(row).pendingJobs === 0 && one.fleet.state(row).requests === 0);
    await one.fleet.evict(row);
    expect(one.fleet.state(row).running).toBe(false);
  });
});

describe('a copy', () => {
  it('is taken out of the space, to where no engine reaches it', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    await writeFile(join(one.directory(alice), 'copy'), 'noise');
    const copy = (await one.fleet.copyOut(alice, null)) as SpaceCopy;
    expect(copy).toMatchObject({ bytes: 5, made: 'engine', facts: { schemaVersion: 1, version: 7 } });
    expect(readFileSync(copy.path, 'utf8')).toBe('noise');
    expect(statSync(copy.path).mode & 0o777).toBe(0o600);
    expect(dirname(copy.path)).toBe(join(one.dataDir, 'scratch'));
    expect(readdirSync(join(one.directory(alice), 'copies'))).toEqual([]);
    expect(existsSync(join(one.directory(bob), 'copies'))).toBe(false);
  });

  it('is not made of a space that has seen no write since the last', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    await writeFile(join(one.directory(alice), 'user.db'), 'written');
    await writeFile(join(one.directory(bob), 'user.db'), 'written again');
    expect(await one.fleet.copyOut(alice, 7)).toBe('unchanged');
    expect(await one.fleet.copyOut(bob, 7)).toMatchObject({ made: 'engine' });
    expect(readdirSync(join(one.dataDir, 'scratch'))).toHaveLength(1);
  });

  it('stops an engine that was not running, and leaves one that was', async () => {
    const one = await start();
    const row = await one.newSpace();
    const pid = await pidOf(one, row);
    await one.fleet.copyOut(row, null);
    expect(await pidOf(one, row)).toBe(pid);
    await one.fleet.evict(row);
    await one.fleet.copyOut(row, null);
    expect(one.fleet.state(row).running).toBe(false);
  });

  it('is not taken where an engine that was taken over puts something else in its place', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    await writeFile(join(one.directory(bob), 'user.db'), 'his');
    await writeFile(join(one.directory(alice), 'link'), join(one.directory(bob), 'user.db'));
    expect(await refusalOf(() => one.fleet.copyOut(alice, null))).toBe('storage_integrity');
    expect(existsSync(join(one.dataDir, 'scratch'))).toBe(false);
    expect(readFileSync(join(one.directory(bob), 'user.db'), 'utf8')).toBe('his');
  });

  it('fails in words when the engine refuses, and when it dies over it', async () => {
    const one = await start();
    const [full, dying] = [await one.newSpace(), await one.newSpace()];
    await writeFile(join(one.directory(full), 'no-room'), '');
    await writeFile(join(one.directory(dying), 'die-at-backup'), '');
    expect(await refusalOf(() => one.fleet.copyOut(full, null))).toBe('quota_exceeded');
    expect(await refusalOf(() => one.fleet.copyOut(dying, null))).toBe('engine_unavailable');
    await eventually(() => one.fleet.state(dying).requests === 0);
  });

  it('of a sealed space nobody unlocked is its file at rest, and with a log beside it there is none', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    for (const row of [alice, bob]) {
      await one.fleet.stop(row);
      await writeFile(join(one.directory(row), 'user.db'), `cipher of ${row.storageId}`);
      await writeFile(join(one.directory(row), 'refuse'), 'space_sealed');
    }
    await writeFile(join(one.directory(bob), 'user.db-wal'), 'what is not in the file yet');
    const copy = (await one.fleet.copyOut(alice, null)) as SpaceCopy;
    expect(copy).toMatchObject({ made: 'at-rest', facts: null });
    expect(readFileSync(copy.path, 'utf8')).toBe(`cipher of ${alice.storageId}`);
    await expect(one.fleet.copyOut(bob, null)).rejects.toMatchObject({ code: 'space_sealed' });
    expect(readdirSync(join(one.dataDir, 'scratch'))).toHaveLength(1);
  });
});

describe('how the files of a space look', () => {
  it('is the same while nothing is written, and is not said just after a write', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    const file = join(one.directory(alice), 'user.db');
    await writeFile(file, 'a');
    expect(await one.fleet.print(alice)).toBeNull();
    utimesSync(file, 1_000, 1_000);
    const before = await one.fleet.print(alice);
    expect([before === null, await one.fleet.print(alice), await one.fleet.print(bob)]).toEqual([false, before, null]);
    await writeFile(`${file}-wal`, 'b');
    utimesSync(`${file}-wal`, 1_000, 1_000);
    expect(await one.fleet.print(alice)).not.toBe(before);
  });
});

describe('putting a copy in the place of a space', () => {
  const fill = (text: string) => (path: string) => writeFile(path, text);

  it('takes the old log away, keeps what was there, and closes it to whoever was let in before', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    const his = await pidOf(one, bob);
    const directory = one.directory(alice);
    await writeFile(join(directory, 'user.db'), 'what is there now');
    await writeFile(join(directory, 'user.db-wal'), 'newer rows');
    await writeFile(join(directory, 'user.db-shm'), 'their index');
    const taken = { ...alice, fence: 1 };
    const replaced = await one.fleet.replace(alice, fill('as it was'), async () => taken);
    expect(replaced).toMatchObject({ facts: { version: 9 }, versionBefore: 17 });
    expect(readFileSync(join(directory, 'user.db'), 'utf8')).toBe('as it was');
    expect([existsSync(join(directory, 'user.db-wal')), existsSync(join(directory, 'user.db-shm'))]).toEqual([
      false,
      false,
    ]);
    const aside = join(directory, replaced.keptAside ?? '');
    expect([readFileSync(aside, 'utf8'), readFileSync(`${aside}-wal`, 'utf8')]).toEqual([
      'what is there now',
      'newer rows',
    ]);
    expect(await refusalOf(() => one.get(alice, '/who'))).toBe('engine_unavailable');
    expect([(await pidOf(one, taken)) > 0, await pidOf(one, bob)]).toEqual([true, his]);
    // The wrong copy, and then another: what was there at first is there still.
    const again = await one.fleet.replace(taken, fill('another'), async () => ({ ...taken, fence: 2 }));
    expect([readFileSync(aside, 'utf8'), again.keptAside === replaced.keptAside]).toEqual(['what is there now', false]);
    const usersRoot = dirname(dirname(directory));
    const day = 86_400_000;
    const snapshots = openSnapshots(join(one.dataDir, 'snapshots'), Date.now);
    const pruneAt = (nowMs: number) => prune({ snapshots, snapshotMs: day, usersRoot, clock: () => nowMs });
    await pruneAt(Date.now() + 6 * day);
    expect(existsSync(aside)).toBe(true);
    await pruneAt(Date.now() + 8 * day);
    expect([existsSync(aside), existsSync(`${aside}-wal`), existsSync(join(directory, 'user.db'))]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('changes nothing when the copy is not sound, and does not even stop the engine', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    for (const row of [alice, bob]) await writeFile(join(one.directory(row), 'user.db'), 'what is there now');
    const pid = await pidOf(one, alice);
    const take = async () => expect.unreachable('nobody is let go before the copy is found sound');
    expect(await refusalOf(() => one.fleet.replace(alice, fill('noise'), take))).toBe('storage_integrity');
    expect(readFileSync(join(one.directory(alice), 'user.db'), 'utf8')).toBe('what is there now');
    expect(await pidOf(one, alice)).toBe(pid);
    expect(readdirSync(join(one.dataDir, 'scratch'))).toEqual([]);
  });
});

describe('erasure', () => {
  it('takes the key, its drafts and the directory; the neighbour keeps everything', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    const his = await pidOf(one, bob);
    await one.fleet.keyring.seal(alice, { kid: 'k', publicKey: Buffer.alloc(32, 9).toString('base64url') });
    writeFileSync(join(one.dataDir, 'keys/wraps', `${alice.storageId}.0.tmp`), 'half a wrap');
    await one.get(alice, '/jobs?n=1');
    const size = await one.fleet.disk(alice);
    expect(size).toBeGreaterThan(0);
    await one.fleet.erase(alice);
    expect(await one.fleet.traces()).toEqual([bob.storageId]);
    expect(wraps(one)).toEqual([bob.storageId]);
    expect(readdirSync(join(one.dataDir, 'keys/sealed'))).toEqual([]);
    expect(readdirSync(join(one.dataDir, 'run-pending'))).toEqual([]);
    expect(existsSync(one.directory(alice))).toBe(false);
    expect([await one.fleet.disk(alice), await pidOf(one, bob)]).toEqual([0, his]);
  });

  it('is for good: no request, no new key and no new wrap brings anything back', async () => {
    const one = await start();
    const row = await one.newSpace();
    await one.fleet.erase(row);
    await one.fleet.erase(row);
    expect(await refusalOf(() => one.get(row, '/who'))).toBe('engine_unavailable');
    expect(await refusalOf(() => one.fleet.createSpace(row))).toBe('engine_unavailable');
    const key = { kid: 'k', publicKey: Buffer.alloc(32, 9).toString('base64url') };
    expect(await refusalOf(() => one.fleet.keyring.seal(row, key))).toBe('storage_integrity');
    expect(await one.fleet.traces()).toEqual([]);
  });

  it('of a space nobody used since the start works as well', async () => {
    const one = await start();
    const row = await one.newSpace();
    const again = await one.restart();
    started.splice(0, 1, again);
    await again.fleet.erase(row);
    expect(await again.fleet.traces()).toEqual([]);
    await again.fleet.erase(newRow());
  });
});
