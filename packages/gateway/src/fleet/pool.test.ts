/** The pool with real processes: what stays warm, what is stopped for whose sake, how many are woken at once. */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import {
  eventually,
  startTestFleet,
  type TestFleet,
  type TestFleetOptions,
} from '../../../../test/kit/fleet/fleet-kit.ts';
import type { Memory } from './memory.ts';

vi.setConfig({ testTimeout: 60_000 });

let one: TestFleet | undefined;
afterEach(() => one?.end());
const start = async (options: TestFleetOptions) => {
  one = await startTestFleet(options);
  return one;
};
const GiB = 1024 ** 3;

test.each(['dedicated', 'pooled'] as const)(
  '%s: of more than may stay warm the least recently used go, those with a job or a page open stay',
  async (engineMode) => {
    const fleet = await start({ config: { engineMode, warmEngines: 2 } });
    const working = await fleet.newSpace();
    await fleet.get(working, '/jobs?n=1');
    const open = await fleet.newSpace();
    const events = await fleet.get(open, '/events');
    const idle = [await fleet.newSpace(), await fleet.newSpace(), await fleet.newSpace()];
    await eventually(() => fleet.fleet.health().pool.open === 2);
    expect(idle.map((row) => fleet.fleet.state(row).running)).toEqual([false, false, false]);
    expect([working, open].map((row) => fleet.fleet.state(row).running)).toEqual([true, true]);
    expect(fleet.fleet.health().pool).toMatchObject({ idle: 0, warmEngines: 2, starting: 0, waiting: 0 });
    await events.body?.cancel();
  },
);

test('the most recently used stays warm', async () => {
  const fleet = await start({ config: { warmEngines: 1 } });
  const [alice, bob] = [await fleet.newSpace(), await fleet.newSpace()];
  await fleet.get(alice, '/who');
  await eventually(() => fleet.fleet.health().pool.open === 1);
  expect([fleet.fleet.state(alice).running, fleet.fleet.state(bob).running]).toEqual([true, false]);
});

test('while memory is short idle engines go; while it is critical none starts beside those that run', async () => {
  let memory: Memory = { totalBytes: 16 * GiB, availableBytes: 12 * GiB };
  const fleet = await start({ memory: () => memory, limits: { idleMs: 60_000, startWaitMs: 300 } });
  const [alice, bob, carol] = [await fleet.newSpace(), await fleet.newSpace(), await fleet.newSpace()];
  await fleet.get(alice, '/jobs?n=1');
  await fleet.fleet.evict(carol);
  memory = { ...memory, availableBytes: 0.2 * GiB };
  expect(await fleet.get(carol, '/who').catch((error: unknown) => error)).toMatchObject({
    code: 'engine_unavailable',
    retryAfterSeconds: 1,
  });
  // Stopped by the next look, which comes every few seconds: this one is used meanwhile and is not waited for.
  await eventually(() => !fleet.fleet.state(bob).running);
  expect(fleet.fleet.state(alice).running).toBe(true);
  memory = { ...memory, availableBytes: 12 * GiB };
  expect((await fleet.get(carol, '/who')).status).toBe(200);
});

test('thirty people whose jobs were interrupted are woken two at a time, and all of them are', async () => {
  const fleet = await start({ config: { engineMode: 'pooled' } });
  const rows = await Promise.all(Array.from({ length: 30 }, () => fleet.newSpace()));
  for (const row of rows) {
    await writeFile(join(fleet.directory(row), 'unfinished'), '');
    await fleet.get(row, '/jobs?n=1');
  }
  const again = await fleet.restart({ limits: { wakesAtOnce: 2 } });
  one = again;
  let most = 0;
  await eventually(() => {
    const { open, idle, starting } = again.fleet.health().pool;
    most = Math.max(most, open - idle + starting);
    return readdirSync(join(again.dataDir, 'run-pending')).length === 0;
  });
  for (const row of rows) expect(await again.lines(row, 'starts')).toHaveLength(2);
  expect(most).toBeLessThanOrEqual(4);
});

test('a hundred people at once start a few engines at a time, and everybody is served', async () => {
  const fleet = await start({ config: { engineMode: 'pooled' }, limits: { startsAtOnce: 3, startWaitMs: 60_000 } });
  const rows = await Promise.all(Array.from({ length: 100 }, () => fleet.newSpace()));
  for (const row of rows) await fleet.fleet.evict(row);
  let most = 0;
  const asked = Promise.all(rows.map((row) => fleet.get(row, '/who').then(({ status }) => status)));
  const watch = setInterval(() => {
    most = Math.max(most, fleet.fleet.health().pool.starting);
  }, 1);
  expect(new Set(await asked)).toEqual(new Set([200]));
  clearInterval(watch);
  expect(most).toBeLessThanOrEqual(3);
});
