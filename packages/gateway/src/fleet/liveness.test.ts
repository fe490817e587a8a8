import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchLiveness } from './liveness.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An engine under watch: `answers` says whether it does, `cpu` what it uses, `waits` how long others have the processor. */
function watched(start: { answers: boolean; limitMs?: number; cpuPerSecond?: number | null; waitsPerSecond?: number }) {
  const engine = { ...start, pings: 0, reported: 0 };
  let [computedMs, waitedMs] = [0, 0];
  setInterval(() => {
    computedMs += (engine.cpuPerSecond ?? 0) / 10;
    waitedMs += (engine.waitsPerSecond ?? 0) / 10;
  }, 100);
  const stop = watchLiveness({
    ping: () => {
      engine.pings += 1;
      return engine.answers ? Promise.resolve() : new Promise(() => {});
    },
    turns: () => (engine.cpuPerSecond === null ? null : { computedMs, waitedMs }),
    limitMs: () => engine.limitMs ?? 2_000,
    onSilent: () => {
      engine.reported += 1;
    },
  });
  return { engine, stop };
}

test('one that answers is asked once in a while and never reported', async () => {
  const { engine } = watched({ answers: true, cpuPerSecond: 1_000 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(engine.reported).toBe(0);
  expect(engine.pings).toBeLessThanOrEqual(120);
});

test('one that spins is reported when it has computed for too long, once', async () => {
  const { engine } = watched({ answers: false, cpuPerSecond: 1_000 });
  await vi.advanceTimersByTimeAsync(2_250);
  expect(engine.reported).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(engine.reported).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(engine.reported).toBe(1);
});

test('one that hardly gets the processor is given its share of it', async () => {
  const { engine } = watched({ answers: false, cpuPerSecond: 250 });
  await vi.advanceTimersByTimeAsync(6_000);
  expect(engine.reported).toBe(0);
  engine.answers = true;
});

test('one that waits for the processor for minutes is not reported before it has computed for too long', async () => {
  const { engine } = watched({ answers: false, cpuPerSecond: 20, waitsPerSecond: 975 });
  await vi.advanceTimersByTimeAsync(90_000);
  expect(engine.reported).toBe(0);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(engine.reported).toBe(1);
});

test('one that does not even run is reported in the end', async () => {
  const { engine } = watched({ answers: false, cpuPerSecond: 0 });
  await vi.advanceTimersByTimeAsync(9_000);
  expect(engine.reported).toBe(0);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(engine.reported).toBe(1);
});

test('where processor time is not known, silence alone decides', async () => {
  const { engine } = watched({ answers: false, cpuPerSecond: null });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(engine.reported).toBe(1);
});

test('one at work on a job may compute for longer', async () => {
  const { engine } = watched({ answers: false, cpuPerSecond: 1_000, limitMs: 15_000 });
  await vi.advanceTimersByTimeAsync(15_000);
  expect(engine.reported).toBe(0);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(engine.reported).toBe(1);
});

test('after the watch is over nothing is reported', async () => {
  const { engine, stop } = watched({ answers: false, cpuPerSecond: 1_000 });
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(engine).toMatchObject({ pings: 0, reported: 0 });
});
