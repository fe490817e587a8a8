/** What one question scored, and what many scored together. Pure. */

export const cutoffs = [5, 10, 20] as const;
export const budgets = [500, 1_000, 2_000, 4_000] as const;

export interface Scored {
  readonly id: string;
  readonly corpus: string;
  readonly category: string;
  /** Share of the evidence messages among the first k hits, by k. */
  readonly recall: Readonly<Record<number, number>>;
  /** Share of the evidence messages that the bundle cites, by budget in tokens. */
  readonly cited: Readonly<Record<number, number>>;
  readonly searchMs: number;
}

/** Share of `evidence` that stands among `found`. */
export const share = (evidence: readonly string[], found: Iterable<string | null>): number => {
  const there = new Set(found);
  return evidence.filter((id) => there.has(id)).length / evidence.length;
};

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

/** Half the width of the 95 % interval of a mean. */
export function margin(values: readonly number[]): number {
  const means = draws(values);
  return (percentile(means, 0.975) - percentile(means, 0.025)) / 2;
}
