/**
 * N50 and its kin: an engine that computes without end or takes memory without end is killed, and only its owner notices. Behind the
 * strongest wall this machine has, with a real SQLite; two people.
 */
import { AppError } from '@vivim/contract/errors';
import { afterEach, expect, it, vi } from 'vitest';
import type { SpaceRow } from '../../packages/gateway/src/fleet/fleet-control.ts';
import {
  eventually,
  hostileEngine,
  startTestFleet,
  type TestFleet,
  type TestFleetOptions,
} from '../kit/fleet/fleet-kit.ts';

vi.setConfig({ testTimeout: 60_000 });

let one: TestFleet;
afterEach(() => one.end());

const start = async (limits: TestFleetOptions['limits'] = {}) => {
  one = await startTestFleet({ program: hostileEngine, config: { jail: 'auto' }, limits });
  return [await one.newSpace(), await one.newSpace()] as const;
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
const starts = async (row: SpaceRow) => (await one.lines(row, 'starts')).length;
const events = () => one.log.map(({ event }) => event);

/** Asks the neighbour all the while. @returns what `work` came to; fails when the neighbour was not answered once */
async function whileAsking<T>(neighbour: SpaceRow, work: Promise<T>): Promise<T> {
  let over = false;
  const asking = (async () => {
    while (!over) {
      expect((await one.get(neighbour, '/who')).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const result = await work.finally(() => {
    over = true;
  });
  await asking;
  return result;
}

it.each(['query', 'parser'])(
  'a runaway %s: 504 engine_timeout, killed, the neighbour is answered meanwhile',
  async (what) => {
    const [alice, bob] = await start();
    expect(await whileAsking(bob, codeOf(one.get(alice, `/runaway?what=${what}`)))).toBe('engine_timeout');
    expect(events()).toContain('engine.silent');
    expect((await one.get(alice, '/who')).status).toBe(200);
    expect([await starts(alice), await starts(bob)]).toEqual([2, 1]);
  },
);

it('a hundred requests for a runaway query at once: all 504, one kill, the neighbour is answered meanwhile', async () => {
  const [alice, bob] = await start({ hangMs: 500 });
  const all = Array.from({ length: 100 }, () => codeOf(one.get(alice, '/runaway?what=query')));
  expect(new Set(await whileAsking(bob, Promise.all(all)))).toEqual(new Set(['engine_timeout']));
  expect(events().filter((event) => event === 'engine.silent')).toHaveLength(1);
  expect(await starts(bob)).toBe(1);
});

it.each([
  ['query', 1],
  ['parser', 1],
  ['parser', 0],
])('a runaway %s with %i jobs pending that nobody waits for is killed too', async (what, jobs) => {
  const [alice, bob] = await start({ hangMs: 500, busyHangMs: 500 });
  await whileAsking(
    bob,
    (async () => {
      await one.get(alice, `/runaway-later?what=${what}&jobs=${jobs}`);
      await eventually(() => events().includes('engine.silent'));
    })(),
  );
  const isBack = () =>
    one.get(alice, '/who').then(
      ({ status }) => status === 200,
      () => false,
    );
  await eventually(isBack);
  expect(await starts(bob)).toBe(1);
});

it.each(['/hog', '/hog?at-once'])(
  '%s: one that takes memory without end is killed, the neighbour is answered meanwhile',
  async (path) => {
    const [alice, bob] = await start({
      memoryBytes: 200 * 1024 ** 2,
      allocationBytes: 3_000 * 1024 ** 2,
      hangMs: 30_000,
    });
    expect(await whileAsking(bob, codeOf(one.get(alice, path)))).toBe('engine_unavailable');
    expect(events()).toContain('engine.oversized');
    expect((await one.get(alice, '/who')).status).toBe(200);
    expect([await starts(alice), await starts(bob)]).toEqual([2, 1]);
  },
);

it('where nobody looks, the kernel itself ends what allocates without end', async () => {
  const [alice, bob] = await start({ memoryBytes: 2 ** 40, allocationBytes: 1_200 * 1024 ** 2, hangMs: 30_000 });
  expect(await whileAsking(bob, codeOf(one.get(alice, '/hog?at-once')))).toBe('engine_unavailable');
  expect(events()).not.toContain('engine.oversized');
  expect((await one.get(alice, '/who')).status).toBe(200);
});
