/** Means and how sure they are, by bootstrap. Pure: the same values give the same draws. */
import type { Estimate } from '@vivim/contract/self-evaluation';

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

export function percentile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}

/** Means of resampled values, by bootstrap (Efron, 1979). The same values give the same draws: they come from a fixed seed. */
export function draws(values: readonly number[], count = 1_000): number[] {
  let state = 0x9e3779b9;
  const next = (): number => {
    // xorshift32 (Marsaglia, 2003)
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return Array.from({ length: count }, () => mean(values.map(() => values[Math.floor(next() * values.length)] ?? 0)));
}

/** A mean with its 95 % interval. @param values at least one */
export function estimate(values: readonly number[]): Estimate {
  const means = draws(values);
  return { mean: mean(values), low: percentile(means, 0.025), high: percentile(means, 0.975) };
}
