/** Scores as Markdown: a table of one set, and how far its corpora lie apart. Pure. */

import { mean, percentile } from '@vivim/engine/context/evaluation/estimate';
import { compare } from './compare.ts';
import { linesOf } from './eval-set.ts';
import { budgets, cutoffs, margin, type Scored } from './score.ts';

const percent = (share: number): string => (100 * share).toFixed(1);
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

export const measures = [
  ...cutoffs.map((k) => ({ name: `R@${k}`, of: (scored: Scored) => scored.recall[k] ?? 0 })),
  ...budgets.map((budget) => ({
    name: `${budget.toLocaleString('en')} tokens`,
    of: (scored: Scored) => scored.cited[budget] ?? 0,
  })),
];

export interface LineFigures {
  readonly line: string;
  readonly questions: number;
  /** 0–1 by the name of the measure. */
  readonly means: Readonly<Record<string, number>>;
}

export function figuresOf(scored: readonly Scored[]): LineFigures[] {
  return linesOf(scored.map(({ category }) => category)).map(({ name, holds }) => {
    const of = scored.filter(({ category }) => holds(category));
    return {
      line: name,
      questions: of.length,
      means: Object.fromEntries(measures.map((measure) => [measure.name, mean(of.map(measure.of))])),
    };
  });
}

export function markdownOf(name: string, scored: readonly Scored[]): string {
  const figures = figuresOf(scored);
  const times = scored.map(({ searchMs }) => searchMs);
  const main = scored.filter(({ category }) => category !== 'adversarial');
  const corpora = [...Map.groupBy(main, ({ corpus }) => corpus)];
  const spreadOf = (measure: (typeof measures)[number]): string => {
    const means = corpora.map(([, of]) => mean(of.map(measure.of)));
    return `${percent(Math.min(...means))}–${percent(Math.max(...means))}`;
  };
  return [
    `## ${name}`,
    '',
    row(['questions', 'n', ...measures.map((measure) => measure.name)]),
    row(['---', '--:', ...measures.map(() => '--:')]),
    ...figures.map(({ line, questions, means }) =>
      row([line, questions, ...measures.map((measure) => percent(means[measure.name] ?? 0))]),
    ),
    row(['95 % interval, ±', main.length, ...measures.map((measure) => percent(margin(main.map(measure.of))))]),
    row([`lowest–highest of ${corpora.length} corpora`, main.length, ...measures.map(spreadOf)]),
    '',
    `Search end to end: p50 ${percentile(times, 0.5).toFixed(1)} ms, p95 ${percentile(times, 0.95).toFixed(1)} ms. ` +
      'The interval (bootstrap over questions) and the spread leave adversarial questions out. Nothing is fitted while ' +
      'this runs: one set of constants serves every corpus.',
    '',
  ].join('\n');
}

const signed = (share: number): string => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`;

/** How far a run lies from another, for the measures named. */
export function comparisonOf(base: readonly Scored[], scored: readonly Scored[], names: readonly string[]): string {
  return measures
    .filter(({ name }) => names.includes(name))
    .map(({ name, of }) =>
      [
        `### ${name} beside the run before`,
        '',
        row(['questions', 'n', 'before', 'now', 'difference', '95 % interval', '']),
        row(['---', '--:', '--:', '--:', '--:', '--:', '---']),
        ...compare(base, scored, of).map(({ line, questions, before, now, low, high, telling }) =>
          row([
            line,
            questions,
            percent(before),
            percent(now),
            signed(now - before),
            `${signed(low)} to ${signed(high)}`,
            telling ? 'more than noise' : '',
          ]),
        ),
        '',
      ].join('\n'),
    )
    .join('\n');
}
