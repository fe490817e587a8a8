/** What many answers to one's own questions come to, in all and by what the conversations are. Pure. */
import {
  fewQuestions,
  type SelfEvaluation,
  type SelfFigures,
  type SelfGrouping,
  selfGroupings,
} from '@vivim/contract/self-evaluation';
import { estimate } from './estimate.ts';
import type { SelfQuestion } from './self-questions.ts';

export interface SelfAnswer {
  readonly question: SelfQuestion;
  /** Of the right conversation among those found, 1 the first; null where it is not among the first ten. */
  readonly rank: number | null;
}

const dayMs = 86_400_000;
const ages = [
  { name: 'under 30 days', days: 30 },
  { name: 'under a year', days: 365 },
  { name: 'under 3 years', days: 3 * 365 },
  { name: 'older', days: Number.POSITIVE_INFINITY },
] as const;

export function figuresOf(answers: readonly SelfAnswer[]): SelfFigures {
  const ranks = answers.map(({ rank }) => rank ?? Number.POSITIVE_INFINITY);
  const within = (k: number) => estimate(ranks.map((rank) => (rank <= k ? 1 : 0)));
  return {
    questions: answers.length,
    r1: within(1),
    r5: within(5),
    r10: within(10),
    mrr: estimate(ranks.map((rank) => 1 / rank)),
    tooFew: answers.length < fewQuestions,
  };
}

export function figuresBy(answers: readonly SelfAnswer[], nowMs: number): SelfEvaluation['by'] {
  const name: Record<SelfGrouping, (question: SelfQuestion) => string> = {
    kind: ({ kind }) => kind,
    source: ({ conversation }) => conversation.source,
    age: ({ conversation }) => ageOf(conversation.createdMs, nowMs),
    language: ({ language }) => language ?? 'unknown',
  };
  return Object.fromEntries(
    selfGroupings.map((grouping) => {
      const groups = Map.groupBy(answers, ({ question }) => name[grouping](question));
      const sorted = [...groups].sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1));
      return [grouping, Object.fromEntries(sorted.map(([group, of]) => [group, figuresOf(of)]))];
    }),
  ) as SelfEvaluation['by'];
}

function ageOf(createdMs: number | null, nowMs: number): string {
  if (createdMs === null) return 'undated';
  return ages.find(({ days }) => nowMs - createdMs < days * dayMs)?.name ?? 'older';
}
