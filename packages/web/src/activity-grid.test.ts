import fc from 'fast-check';
import { expect, it } from 'vitest';
import { monthsOf, weeksOf } from './activity-grid.ts';

it('lays days out in weeks, the busiest the darkest', () => {
  const weeks = weeksOf({
    from: '2026-10-26',
    to: '2026-11-04',
    days: [
      { day: '2026-10-27', said: 1, answered: 1 },
      { day: '2026-11-02', said: 40, answered: 40 },
    ],
  });
  expect(weeks.map((days) => days.map(({ level }) => level))).toEqual([
    [0, 2, 0, 0, 0, 0, 0],
    [4, 0, 0],
  ]);
  expect(monthsOf(weeks)).toEqual([
    { month: '2026-10', messages: 2, week: 0 },
    { month: '2026-11', messages: 80, week: 0 },
  ]);
});

it('loses no message and no day', () => {
  const day = fc
    .integer({ min: 0, max: 60 })
    .map((nth) => new Date(Date.UTC(2026, 1, 2 + nth)).toISOString().slice(0, 10));
  const days = fc.uniqueArray(fc.record({ day, said: fc.nat(50), answered: fc.nat(50) }), {
    selector: (one) => one.day,
  });
  fc.assert(
    fc.property(days, (some) => {
      const weeks = weeksOf({ from: '2026-02-02', to: '2026-04-03', days: some });
      expect(weeks.flat()).toHaveLength(61);
      const all = some.reduce((sum, { said, answered }) => sum + said + answered, 0);
      expect(monthsOf(weeks).reduce((sum, { messages }) => sum + messages, 0)).toBe(all);
      for (const { messages, level } of weeks.flat()) expect(level > 0).toBe(messages > 0);
    }),
  );
});
