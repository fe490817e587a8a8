/** PrecisionMemBench as Markdown. Pure. */

import { mean, percentile } from '@vivim/engine/context/evaluation/estimate';
import type { CaseScore } from './precision-score.ts';

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

export function precisionFigures(scores: readonly CaseScore[]) {
  return {
    cases: scores.length,
    passed: scores.filter(({ failures }) => failures.length === 0).length,
    precision: mean(known(scores.map(({ precision }) => precision))),
    recall: mean(known(scores.map(({ recall }) => recall))),
    p50: percentile(
      scores.map(({ ms }) => ms),
      0.5,
    ),
    p95: percentile(
      scores.map(({ ms }) => ms),
      0.95,
    ),
  };
}

export function precisionMarkdown({
  cases,
  turns,
}: {
  cases: readonly CaseScore[];
  turns: readonly CaseScore[];
}): string {
  const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(2));
  const line = (name: string, scores: readonly CaseScore[]): string => {
    const { cases: n, passed, precision, recall, p50, p95 } = precisionFigures(scores);
    return `| ${name} | ${passed}/${n} | ${share(precision)} | ${share(recall)} | ${p50.toFixed(1)} / ${p95.toFixed(1)} |`;
  };
  const categories = [...Map.groupBy(cases, ({ category }) => category)].sort(([a], [b]) => a.localeCompare(b));
  return [
    '## PrecisionMemBench',
    '',
    '| cases | passed | mean precision | mean recall | p50 / p95 ms |',
    '| --- | --: | --: | --: | --: |',
    ...categories.map(([name, scores]) => line(name, scores)),
    line('all single messages', cases),
    line('turns of sessions', turns),
    '',
    'Each case left out of its category leaves the figures of the others as they are: nothing is fitted while this runs.',
    ...[...cases, ...turns]
      .filter(({ failures }) => failures.length > 0)
      .map(({ id, failures }) => `- ${id}: ${failures.join('; ')}`),
    '',
  ].join('\n');
}
