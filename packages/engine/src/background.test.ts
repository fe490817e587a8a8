import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Background, type BackgroundTask } from './background.ts';

/** A task with so much to do; `fails` is asked at every step. */
function task(name: string, left: number, fails: () => boolean = () => false) {
  const made: BackgroundTask & { left: number } = {
    name,
    left,
    pending: () => made.left,
    async step() {
      if (fails()) throw new Error(`${name} failed`);
      made.left -= 1;
    },
  };
  return made;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await settle();
};

describe('background work', () => {
  it('is done one step at a time, the most urgent first, until nothing is left', async () => {
    const order: string[] = [];
    const steps = [
      task('import', 2, () => order.push('import') < 0),
      task('rollup', 1, () => order.push('rollup') < 0),
    ];
    const told: number[] = [];
    const background = new Background(steps, { failure: () => {}, pending: (n) => told.push(n) });
    background.wake();
    await settled();
    expect(order).toEqual(['import', 'import', 'rollup']);
    expect(told.at(-1)).toBe(0);
  });

  it('tells work that is computed here from work that awaits another process', async () => {
    const told: [number, boolean][] = [];
    const elsewhere = {
      ...task('embed', 0),
      awaits: true as const,
      pending: () => left,
      step: async () => void left--,
    };
    let left = 1;
    const background = new Background([task('import', 1), elsewhere], {
      failure: () => {},
      pending: (n, computing) => told.push([n, computing]),
    });
    background.wake();
    await settled();
    expect(told).toEqual([
      [2, true],
      [1, false],
      [0, false],
    ]);
  });

  it('goes on with the others when one fails, lets the failed one rest without keeping the engine, and tries again', async () => {
    let broken = true;
    const failing = task('rollup', 1, () => broken);
    const other = task('embed', 1);
    const failures: string[] = [];
    const told: number[] = [];
    const background = new Background([failing, other], {
      failure: (name) => failures.push(name),
      pending: (n) => told.push(n),
    });
    background.wake();
    await settled();
    expect([failures, other.left, failing.left]).toEqual([['rollup'], 0, 1]);
    expect(told.at(-1)).toBe(0);
    broken = false;
    vi.advanceTimersByTime(1_000);
    await settled();
    expect(failing.left).toBe(0);
    await background.stop();
  });

  it('waits longer each time', async () => {
    const failing = task('import', 1, () => true);
    let failures = 0;
    const background = new Background([failing], { failure: () => (failures += 1), pending: () => {} });
    background.wake();
    await settled();
    vi.advanceTimersByTime(1_000);
    await settled();
    expect(failures).toBe(2);
    vi.advanceTimersByTime(1_000);
    await settled();
    expect(failures).toBe(2);
    vi.advanceTimersByTime(1_000);
    await settled();
    expect(failures).toBe(3);
    await background.stop();
  });

  it('does nothing after it was stopped', async () => {
    const work = task('import', 3);
    const background = new Background([work], { failure: () => {}, pending: () => {} });
    await background.stop();
    background.wake();
    await settled();
    expect(work.left).toBe(3);
  });
});
