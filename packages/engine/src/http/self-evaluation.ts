/** How well search finds one's own conversations. */
import type { SelfEvaluations } from '../context/evaluation/self-evaluation.ts';
import type { Handlers } from './handler.ts';

export const selfEvaluationHandlers = ({ evaluations }: { evaluations: SelfEvaluations }) =>
  ({
    startSelfEvaluation: ({ body }) => evaluations.start(body),
    getSelfEvaluation: () => evaluations.shown(),
    cancelSelfEvaluation: () => evaluations.cancel(),
  }) satisfies Handlers<'startSelfEvaluation' | 'getSelfEvaluation' | 'cancelSelfEvaluation'>;
