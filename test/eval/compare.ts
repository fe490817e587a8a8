/**
 * One run beside another over the same questions: how much each line moved, and whether by more than noise. Paired
 * bootstrap over questions (Efron, 1979; Koehn, 2004): the same draw for both runs, so that hard questions are hard for
 * both. Pure; the draws come from a fixed seed.
 */

import { draws as drawsOf, mean, percentile } from '@vivim/engine/context/evaluation/estimate';
import { linesOf } from './eval-set.ts';
import type { Scored } from './score.ts';

export interface Difference {
  readonly line: string;
  readonly questions: number;
  /** Means before and now, and the difference with its 95 % interval; all 0–1. */
  readonly before: number;
  readonly now: number;
  readonly low: number;
  readonly high: number;
  /** Whether the interval leaves zero out. */
  readonly telling: boolean;
}

export const keyOf = ({ corpus, id }: Scored): string => `${corpus}\n${id}`;

/** @param measure what is compared @throws Error when the runs share no question */
export function compare(
  base: readonly Scored[],
  scored: readonly Scored[],
  measure: (scored: Scored) => number,
): Difference[] {
  const before = new Map(base.map((each) => [keyOf(each), each]));
  const pairs = scored.flatMap((now) => {
    const then = before.get(keyOf(now));
    return then === undefined ? [] : [{ category: now.category, now: measure(now), before: measure(then) }];
  });
  if (pairs.length === 0) throw new Error('The run to compare with has none of these questions.');
  return linesOf(pairs.map(({ category }) => category)).map(({ name, holds }) => {
    const of = pairs.filter(({ category }) => holds(category));
    const differences = of.map((pair) => pair.now - pair.before);
    const means = drawsOf(differences);
    const [low, high] = [percentile(means, 0.025), percentile(means, 0.975)];
    return {
      line: name,
      questions: of.length,
      before: mean(of.map((pair) => pair.before)),
      now: mean(of.map((pair) => pair.now)),
      low,
      high,
      telling: low > 0 || high < 0,
    };
  });
}
