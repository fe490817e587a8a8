/** What a person is doing now, and what that makes likely. */
import { Foresight, Presence } from '../presence.ts';
import { engine, type Route } from './route.ts';

export const presenceRoutes = {
  putPresence: {
    ...engine,
    method: 'PUT',
    path: '/v1/presence',
    tag: 'context',
    summary: 'Say what a page shows now; kept in memory for minutes, and the answer is the same whatever is named',
    body: Presence,
    status: 204,
    answer: null,
    errors: ['rate_limited'],
  },
  getForesight: {
    ...engine,
    path: '/v1/presence',
    tag: 'context',
    summary: 'What is likely asked next, and how often such a prediction was right',
    answer: Foresight,
  },
} as const satisfies Record<string, Route>;
