import { expect, test } from 'vitest';
import { CrashRecord } from './crash-record.ts';

const at = (start = 0) => {
  let now = start;
  return { clock: () => now, pass: (ms: number) => (now += ms), record: new CrashRecord(() => now) };
};

test('the first deaths cost nothing, later ones ever more, and in the end the job waits for its owner', () => {
  const { record, clock } = at();
  const waits = Array.from({ length: 10 }, () => record.add(clock()));
  expect(waits.slice(0, 3)).toEqual([0, 0, 0]);
  expect(waits.slice(3, 9)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000]);
  expect(waits[9]).toBeNull();
});

test('nothing is started before the wait is over', () => {
  const { record, clock, pass } = at();
  for (let death = 0; death < 4; death += 1) record.add(clock());
  expect(record.waitMs()).toBe(500);
  pass(499);
  expect(record.waitMs()).toBe(1);
  pass(1);
  expect(record.waitMs()).toBe(0);
});

test('an engine that lived a while is forgiven', () => {
  const { record, clock, pass } = at();
  for (let death = 0; death < 6; death += 1) record.add(clock());
  const startedAt = clock();
  pass(30_000);
  expect(record.add(startedAt)).toBe(0);
});

test('a clock set back shuts nobody out for long', () => {
  const { record, clock, pass } = at(1_000_000_000);
  for (let death = 0; death < 9; death += 1) record.add(clock());
  pass(-900_000_000);
  expect(record.waitMs()).toBeLessThanOrEqual(30_000);
});
