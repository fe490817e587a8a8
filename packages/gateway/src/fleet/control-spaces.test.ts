/** The operator's hand on spaces, over real processes: what is stopped, copied and destroyed, and that a neighbour notices nothing. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
import type { SpaceRow } from './fleet-control.ts';

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
    await eventually(() => one.fleet.state(row).requests === 0);
    await expect(one.fleet.evict(row)).rejects.toMatchObject({ message: /3 pending jobs/ });
    await one.get(row, '/jobs?n=0');
    await eventually(() => one.fleet.state(row).pendingJobs === 0 && one.fleet.state(row).requests === 0);
    await one.fleet.evict(row);
    expect(one.fleet.state(row).running).toBe(false);
  });
});

describe('a backup', () => {
  it('is moved out of the space, hashed, and described by a manifest written last', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    await writeFile(join(one.directory(alice), 'copy'), 'noise');
    const manifest = await one.fleet.backUp(alice);
    expect(manifest).toMatchObject({
      storageId: alice.storageId,
      bytes: 5,
      schemaVersion: 1,
      spaceVersion: 7,
      sha256: createHash('sha256').update('noise').digest('hex'),
    });
    const directory = join(one.dataDir, 'backups', alice.storageId);
    expect(readFileSync(join(directory, manifest.file), 'utf8')).toBe('noise');
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, manifest.file)).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(one.directory(alice), 'copies'))).toEqual([]);
    expect(await one.fleet.backups(alice)).toEqual([manifest]);
    expect(await one.fleet.backups(bob)).toEqual([]);
  });

  it('stops an engine that was not running, and leaves one that was', async () => {
    const one = await start();
    const row = await one.newSpace();
    const pid = await pidOf(one, row);
    await one.fleet.backUp(row);
    expect(await pidOf(one, row)).toBe(pid);
    await one.fleet.evict(row);
    await one.fleet.backUp(row);
    expect(one.fleet.state(row).running).toBe(false);
  });

  it('clears away copies that no manifest vouches for', async () => {
    const one = await start();
    const row = await one.newSpace();
    const directory = join(one.dataDir, 'backups', row.storageId);
    await mkdir(directory, { recursive: true });
    writeFileSync(join(directory, '2026-01-01T00-00-00.000Z.db'), 'half');
    const manifest = await one.fleet.backUp(row);
    expect(readdirSync(directory).filter((name) => name.endsWith('.db'))).toEqual([manifest.file]);
  });

  it('does not take what an engine that was taken over puts in its place', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    await writeFile(join(one.directory(bob), 'user.db'), 'his');
    await writeFile(join(one.directory(alice), 'link'), join(one.directory(bob), 'user.db'));
    expect(await refusalOf(() => one.fleet.backUp(alice))).toBe('storage_integrity');
    expect(await one.fleet.backups(alice)).toEqual([]);
    expect(readFileSync(join(one.directory(bob), 'user.db'), 'utf8')).toBe('his');
  });

  it('fails in words when the engine refuses, and when it dies over it', async () => {
    const one = await start();
    const [full, dying] = [await one.newSpace(), await one.newSpace()];
    await writeFile(join(one.directory(full), 'no-room'), '');
    await writeFile(join(one.directory(dying), 'die-at-backup'), '');
    expect(await refusalOf(() => one.fleet.backUp(full))).toBe('quota_exceeded');
    expect(await refusalOf(() => one.fleet.backUp(dying))).toBe('engine_unavailable');
    await eventually(() => one.fleet.state(dying).requests === 0);
  });
});

describe('erasure', () => {
  it('takes the key, its drafts, the directory and the backups; the neighbour keeps everything', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    const his = await pidOf(one, bob);
    await one.fleet.backUp(alice);
    await one.fleet.backUp(bob);
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
    expect(await one.fleet.backups(bob)).toHaveLength(1);
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
