/** How well search finds what one said: measured on one's own history, by one's own engine. */
import { SelfEvaluation, StartSelfEvaluation } from '../self-evaluation.ts';
import { engine, type Route } from './route.ts';

const own = { ...engine, path: '/v1/self-evaluation', tag: 'search', answer: SelfEvaluation } as const;

export const evaluationRoutes = {
  startSelfEvaluation: {
    ...own,
    method: 'POST',
    summary: 'Ask for your own conversations by their titles and first messages, in the background; one under way ends',
    body: StartSelfEvaluation,
    status: 202,
  },
  getSelfEvaluation: {
    ...own,
    summary: 'How far that is, and what it shows; kept in memory until your engine rests',
  },
  cancelSelfEvaluation: {
    ...own,
    method: 'DELETE',
    summary: 'Ask no further; what was asked is shown',
  },
} as const satisfies Record<string, Route>;
