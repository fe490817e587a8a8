/** When the next run is. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { delayUntilNext } from './schedule.ts';

const hour = 3_600_000;

it('an interval after the last run ended, give or take a tenth', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
      const delay = delayUntilNext(6 * hour, 0, false, hour, () => chance);
      expect(delay).toBeGreaterThanOrEqual(6 * hour * 0.9 - hour);
      expect(delay).toBeLessThanOrEqual(6 * hour * 1.1 - hour);
    }),
  );
});

it('sooner after one that failed, soon where there never was one, and at once where it is long past', () => {
  expect(delayUntilNext(8 * hour, 0, true, 0, () => 0.5)).toBe(hour);
  expect(delayUntilNext(20 * hour, null, false, 5, () => 1)).toBe(hour);
  expect(delayUntilNext(hour, 0, false, 50 * hour, () => 1)).toBe(1_000);
});
