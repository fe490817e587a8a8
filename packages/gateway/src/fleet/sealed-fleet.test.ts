/** A sealed space over real processes: its engine runs only while the key is here, its jobs wait, and the neighbour notices nothing. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSpaceKey } from '@vivim/contract/sealing';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, isRunning, startTestFleet, type TestFleet } from '../../../../test/kit/fleet/fleet-kit.ts';
import { newSealingKey } from '../../../../test/kit/keyring.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import type { SpaceRow } from './fleet-control.ts';

const started: TestFleet[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.end()));
});

async function start(): Promise<TestFleet> {
  const one = await startTestFleet();
  started.push(one);
  return one;
}
async function restart(one: TestFleet): Promise<TestFleet> {
  const again = await one.restart();
  started.splice(started.indexOf(one), 1, again);
  return again;
}

const pidOf = async (one: TestFleet, row: SpaceRow) =>
  ((await (await one.get(row, '/who')).json()) as { pid: number }).pid;

/** The space's key, as a client of its owner opens it. */
async function keyOf(one: TestFleet, row: SpaceRow): Promise<Uint8Array> {
  const { logged, pair } = await newSealingKey();
  await one.fleet.keyring.seal(row, logged);
  const wrap = (await one.fleet.keyring.list(row)).find(({ kid }) => kid === logged.kid);
  if (wrap === undefined) throw new Error('nothing was sealed');
  return openSpaceKey(wrap.sealed, pair, logged.kid);
}

describe('a sealed space', () => {
  it('goes on in the engine it has, ends with the lock, and starts again with its key alone', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    const [hers, his] = [await keyOf(one, alice), await keyOf(one, bob)];
    const [before, neighbour] = [await pidOf(one, alice), await pidOf(one, bob)];
    await one.fleet.seals.seal(alice);
    expect(readdirSync(join(one.dataDir, 'keys/wraps'))).toEqual([bob.storageId]);
    expect(await pidOf(one, alice)).toBe(before);

    expect(await one.fleet.seals.lock(alice)).toBe(true);
    expect(isRunning(before)).toBe(false);
    expect(await refusalOf(() => one.get(alice, '/who'))).toBe('space_sealed');
    expect(await refusalOf(() => one.fleet.backUp(alice))).toBe('space_sealed');
    expect(await one.fleet.seals.lock(alice)).toBe(false);
    expect(await refusalOf(() => one.fleet.seals.unlock(alice, his))).toBe('space_key_wrong');
    expect(await refusalOf(() => one.get(alice, '/who'))).toBe('space_sealed');

    await one.fleet.seals.unlock(alice, hers);
    expect(await pidOf(one, alice)).toBeGreaterThan(0);
    expect([await pidOf(one, bob), await one.fleet.seals.lock(bob)]).toEqual([neighbour, false]);
  });

  it('is locked by whatever closes it, and by the end of the server', async () => {
    const one = await start();
    const alice = await one.newSpace();
    const hers = await keyOf(one, alice);
    await one.fleet.seals.seal(alice);
    await one.fleet.stop(alice);
    expect((await one.fleet.seals.state(alice)).state).toBe('locked');
    await one.fleet.seals.unlock(alice, hers);
    // One that nobody uses is put away, and comes back without its owner: the key is still here.
    await one.fleet.evict(alice).catch(() => {});
    expect(await pidOf(one, alice)).toBeGreaterThan(0);
    const again = await restart(one);
    expect(await refusalOf(() => again.get(alice, '/who'))).toBe('space_sealed');
  });

  it('keeps its jobs for the unlock: they are asked for once at start and not again and again', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    const hers = await keyOf(one, alice);
    for (const row of [alice, bob]) {
      await one.get(row, '/jobs?n=2');
      await eventually(() => one.fleet.state(row).pendingJobs === 2);
    }
    await one.fleet.seals.seal(alice);
    await one.fleet.seals.lock(alice);
    const marker = (which: TestFleet) => existsSync(join(which.dataDir, 'run-pending', alice.storageId));
    expect(marker(one)).toBe(true);
    const again = await restart(one);
    await eventually(() => again.fleet.state(bob).running);
    await eventually(() => again.log.some(({ event }) => event === 'engine.wake_failed'));
    expect([again.fleet.state(alice).running, marker(again)]).toEqual([false, true]);
    await again.fleet.seals.unlock(alice, hers);
    await eventually(() => again.fleet.state(alice).running);
    const failed = again.log.filter(({ event }) => event === 'engine.wake_failed');
    expect(failed.map(({ fields }) => fields)).toEqual([{ code: 'space_sealed' }]);
  });

  it('goes with everything when it is erased while it is locked', async () => {
    const one = await start();
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    await keyOf(one, alice);
    await one.fleet.seals.seal(alice);
    await one.fleet.seals.lock(alice);
    expect(await one.fleet.traces()).toContain(alice.storageId);
    await one.fleet.erase(alice);
    expect(await one.fleet.traces()).toEqual([bob.storageId]);
    expect(existsSync(join(one.dataDir, 'keys/seals', alice.storageId))).toBe(false);
  });
});
