import type { UserId } from '@vivim/contract/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUsageMeter } from './usage.ts';

const [alice, bob] = ['alice', 'bob'] as UserId[] as [UserId, UserId];

describe('what was used', () => {
  it('is told once, to whom it belongs', () => {
    const meter = createUsageMeter();
    meter.request(alice);
    meter.request(alice);
    meter.processor(30, [alice, bob]);
    meter.processor(10, []);
    expect(meter.take()).toEqual([
      { userId: alice, requests: 2, engineMs: 15 },
      { userId: bob, requests: 0, engineMs: 15 },
    ]);
    expect(meter.take()).toEqual([]);
  });

  it('adds up to what the processes took', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(10_000), fc.subarray([alice, bob], { minLength: 1 }))), (times) => {
        const meter = createUsageMeter();
        for (const [ms, sharers] of times) meter.processor(ms, sharers);
        const told = meter.take().reduce((sum, { engineMs }) => sum + engineMs, 0);
        expect(Math.abs(told - times.reduce((sum, [ms]) => sum + ms, 0))).toBeLessThanOrEqual(1);
      }),
    );
  });
});
