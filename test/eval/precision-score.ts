/** What one case of PrecisionMemBench scores, as its own runner counts it. Pure. */
import type { Expectation } from './precision-set.ts';

/** Ids of the set, in the order they came. */
export interface Surfaced {
  readonly prelude: string;
  readonly pinned: readonly string[];
  readonly relevant: readonly string[];
  readonly questions: readonly string[];
}

export interface CaseScore {
  readonly id: string;
  readonly category: string;
  readonly failures: readonly string[];
  /** Null where nothing was expected and nothing came. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly ms: number;
}

export function scoreCase(
  { id, category, ms }: Pick<CaseScore, 'id' | 'category' | 'ms'>,
  expected: Expectation,
  surfaced: Surfaced,
): CaseScore {
  const pinned = new Set(surfaced.pinned);
  const relevant = new Set(surfaced.relevant);
  const questions = new Set(surfaced.questions);
  const either = new Set([...pinned, ...relevant]);
  const failures: string[] = [];
  const check = (holds: boolean, said: string): void => {
    if (!holds) failures.push(said);
  };
  const { relevantBeliefs: want = {}, pinnedFacts, openQuestions, personaPrelude, noiseCheck } = expected;
  for (const one of [...(want.mustInclude ?? []), ...(want.shouldInclude ?? [])])
    check(either.has(one), `missing ${one}`);
  for (const one of want.mustExclude ?? []) check(!either.has(one), `forbidden ${one}`);
  for (const one of noiseCheck?.mustNotSurface ?? []) check(!either.has(one), `noise ${one}`);
  const only = want.shouldOnlyInclude;
  if (only !== undefined) {
    for (const one of relevant) check(only.includes(one), `unexpected ${one}`);
    for (const one of only) check(relevant.has(one), `missing ${one}`);
  }
  check(relevant.size <= (want.maxCount ?? relevant.size), 'too many');
  check(relevant.size >= (want.minCount ?? 0), 'too few');
  for (const [first, second] of want.orderedBefore ?? []) {
    const [a, b] = [surfaced.relevant.indexOf(first), surfaced.relevant.indexOf(second)];
    check(a !== -1 && b !== -1 && a < b, `${first} not before ${second}`);
  }
  for (const [there, said, what] of [
    [pinned, pinnedFacts, 'pinned'],
    [questions, openQuestions, 'question'],
  ] as const) {
    for (const one of said?.mustInclude ?? []) check(there.has(one), `missing ${what} ${one}`);
    for (const one of said?.mustExclude ?? []) check(!there.has(one), `forbidden ${what} ${one}`);
  }
  const { prelude } = surfaced;
  if (personaPrelude?.nonEmpty === true) check(prelude !== '', 'nothing that holds always');
  if (personaPrelude?.isNull === true) check(prelude === '', 'something holds always');
  for (const words of personaPrelude?.contains ?? []) check(prelude.includes(words), `prelude lacks “${words}”`);
  for (const words of personaPrelude?.mustNotContain ?? []) check(!prelude.includes(words), `prelude has “${words}”`);
  const gold = new Set(only ?? want.mustInclude ?? []);
  const hits = [...gold].filter((one) => relevant.has(one)).length;
  return {
    id,
    category,
    ms,
    failures,
    precision: relevant.size === 0 ? (gold.size === 0 ? null : 0) : hits / relevant.size,
    recall: gold.size === 0 ? null : hits / gold.size,
  };
}
