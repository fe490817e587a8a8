import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PaceSample, paceWindowMs, remainingSeconds, speedOf, withSample } from './pace.ts';

/** Bytes that move at a rate each second of a made-up clock. */
function moved(rates: readonly number[], from: readonly PaceSample[] = []): readonly PaceSample[] {
  const [ms, bytes] = from.at(-1) ?? [1_000_000, 0];
  let samples = from.length > 0 ? from : withSample([], ms, bytes);
  let total = bytes;
  for (const [ix, rate] of rates.entries()) {
    total += rate;
    samples = withSample(samples, ms + (ix + 1) * 1_000, total);
  }
  return samples;
}
const steady = (rate: number, seconds: number) => Array.from({ length: seconds }, () => rate);

describe('the pace of a transfer', () => {
  it('is not known before there is enough to tell', () => {
    expect(speedOf([])).toBeNull();
    expect(remainingSeconds(moved([5_000]), 100_000)).toBeNull();
    expect(remainingSeconds(moved(steady(5_000, 5)), null)).toBeNull();
  });

  it('is exact where it is steady, however often it is looked at', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 8 }), fc.integer({ min: 2, max: 90 }), (rate, seconds) => {
        const samples = moved(steady(rate, seconds));
        expect(speedOf(samples)).toBeCloseTo(rate, 3);
        expect(samples.length).toBeLessThanOrEqual(paceWindowMs / 1_000 + 2);
        const left = remainingSeconds(samples, rate * (seconds + 15)) ?? 0;
        expect(left).toBeGreaterThanOrEqual(15);
        expect(left).toBeLessThanOrEqual(16);
      }),
    );
  });

  it('forgets what was before the window: a line that got slow is told within twenty seconds', () => {
    const samples = moved(steady(1_000, 21), moved(steady(50_000, 60)));
    expect(speedOf(samples)).toBeCloseTo(1_000, 3);
  });

  it('does not jump: one second, however fast or still, moves the speed by no more than its share of the window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 10 ** 6 }), fc.constantFrom(0, 0.5, 2, 3), (rate, factor) => {
        const before = moved(steady(rate, 40));
        const speed = speedOf(moved([rate * factor], before)) ?? 0;
        expect(Math.abs(speed - rate)).toBeLessThanOrEqual((rate * Math.abs(factor - 1)) / 19);
      }),
    );
  });

  it('says more time is left the longer nothing moves', () => {
    const samples = moved(steady(1_000, 30));
    const at = (seconds: number) => remainingSeconds(samples, 60_000, 1_030_000 + seconds * 1_000) ?? 0;
    expect([at(0), at(20), at(60)]).toEqual([30, 60, 120]);
  });

  it('begins anew where bytes are sent again or the clock was set back', () => {
    const samples = moved(steady(1_000, 10));
    expect(withSample(samples, 1_011_000, 500)).toEqual([[1_011_000, 500]]);
    expect(withSample(samples, 900_000, 20_000)).toEqual([[900_000, 20_000]]);
  });

  it('is never negative, and keeps few samples, whatever comes', () => {
    const steps = fc.array(fc.tuple(fc.nat(5_000), fc.integer({ min: -500, max: 10 ** 7 })), { maxLength: 300 });
    fc.assert(
      fc.property(steps, (all) => {
        let [ms, bytes] = [0, 1_000];
        let samples: readonly PaceSample[] = [];
        for (const [later, more] of all) {
          ms += later;
          bytes = Math.max(0, bytes + more);
          samples = withSample(samples, ms, bytes);
          expect(speedOf(samples) ?? 0).toBeGreaterThanOrEqual(0);
          expect(remainingSeconds(samples, 10 ** 6) ?? 0).toBeGreaterThanOrEqual(0);
          expect(samples.length).toBeLessThanOrEqual(2 * (paceWindowMs / 1_000) + 3);
        }
      }),
    );
  });
});
