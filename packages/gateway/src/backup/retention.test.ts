/** What is kept and what goes, for any history of backups. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptSets, looseCopies } from './retention.ts';

const day = 86_400_000;
const monday = Date.UTC(2026, 10, 2);
const times = fc.uniqueArray(fc.integer({ min: 0, max: 400 * day }), { minLength: 1, maxLength: 80 });
const keep = fc.record({ last: fc.integer({ min: 1, max: 10 }), weekly: fc.integer({ min: 0, max: 8 }) });

describe('sets', () => {
  it('the last seven, and the newest of each of the last four weeks', () => {
    const everySixHours = Array.from({ length: 28 * 4 }, (_, index) => monday + index * (day / 4));
    const kept = keptSets(everySixHours, { last: 7, weekly: 4 });
    expect(kept).toHaveLength(10);
    expect(kept.slice(7).map((ms) => (ms - monday) / day)).toEqual([20.75, 13.75, 6.75]);
  });

  it('the newest always stays, no more than the sum stays, and what stayed once is not needed back', () => {
    fc.assert(
      fc.property(times, keep, (history, rule) => {
        const kept = keptSets(history, rule);
        expect(kept[0]).toBe(Math.max(...history));
        expect(kept.length).toBeLessThanOrEqual(rule.last + rule.weekly);
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(history.length, rule.last));
        expect(keptSets(kept, rule)).toEqual(kept);
      }),
    );
  });
});

describe('copies of two people', () => {
  const copies = fc.array(
    fc.record({ storageId: fc.constantFrom('alice', 'bob'), ms: fc.integer({ min: 0, max: 1_000 }) }),
    { maxLength: 40 },
  );

  it('none goes that a kept set names, that is younger than the oldest kept set, or that is the newest of its owner', () => {
    fc.assert(
      fc.property(copies, fc.nat(1_000), fc.func(fc.boolean()), (made, oldest, isNamed) => {
        const placed = made.map((one) => ({ ...one, file: `${one.ms}.db` }));
        const named = new Set(placed.filter(isNamed).map(({ storageId, file }) => `${storageId}/${file}`));
        const loose = looseCopies(placed, named, oldest);
        const newest = (who: string) => Math.max(...placed.filter((one) => one.storageId === who).map(({ ms }) => ms));
        for (const one of loose) {
          expect(named.has(`${one.storageId}/${one.file}`)).toBe(false);
          expect(one.ms).toBeLessThan(Math.min(oldest, newest(one.storageId)));
        }
        const stay = placed.filter((one) => !loose.includes(one));
        expect(looseCopies(stay, named, oldest)).toEqual([]);
        expect(looseCopies(placed, named, null)).toEqual([]);
      }),
    );
  });
});
