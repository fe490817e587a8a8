/** What one question scored, and what many scored together. Pure. */
import { draws, percentile } from '@vivim/engine/context/evaluation/estimate';

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

/** Half the width of the 95 % interval of a mean. */
export function margin(values: readonly number[]): number {
  const means = draws(values);
  return (percentile(means, 0.975) - percentile(means, 0.025)) / 2;
}
