/** A timeline leaves no month out and adds no message. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyMonth } from './timeline-months.ts';

describe('everyMonth', () => {
  it('fills the silent months, across a year', () => {
    const months = everyMonth(
      [
        { month: '2025-11', messages: 3 },
        { month: '2026-02', messages: 1 },
      ],
      1,
    );
    expect(months.map(({ month, messages }) => `${month} ${messages}`)).toEqual([
      '2025-11 3',
      '2025-12 0',
      '2026-01 0',
      '2026-02 1',
    ]);
  });

  it('reaches back a year at least, and stays empty for nothing', () => {
    expect(everyMonth([{ month: '2026-02', messages: 1 }])[0]).toEqual({ month: '2025-03', messages: 0 });
    expect(everyMonth([])).toEqual([]);
  });

  it('keeps the sum and the order', () => {
    const month = fc
      .tuple(fc.integer({ min: 2015, max: 2030 }), fc.integer({ min: 1, max: 12 }))
      .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.array(fc.record({ month, messages: fc.nat(1_000) })), (given) => {
        const all = everyMonth(given);
        const sum = (list: readonly { messages: number }[]) => list.reduce((total, one) => total + one.messages, 0);
        expect(sum(all)).toBe(sum(given));
        expect(all.map((one) => one.month)).toEqual([...new Set(all.map((one) => one.month))].sort());
      }),
    );
  });
});
