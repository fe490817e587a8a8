/** What stays out of contexts until its person takes it back. */
import { Exclusion, ExclusionQuery, ExclusionSubject } from '../exclusion.ts';
import { ExclusionId } from '../ids.ts';
import { page } from '../page.ts';
import { engine, one, type Route } from './route.ts';

const writing = { ...engine, scope: 'memory:write', write: true, tag: 'context' } as const;

export const exclusionRoutes = {
  listExclusions: {
    ...engine,
    path: '/v1/exclusions',
    tag: 'context',
    summary: 'What you keep out of contexts, the latest first',
    query: ExclusionQuery,
    answer: page(Exclusion),
  },
  createExclusion: {
    ...writing,
    method: 'POST',
    path: '/v1/exclusions',
    summary:
      'Keep a conversation, message, unit, topic, entity, project or source out of every context; again changes nothing',
    body: ExclusionSubject,
    status: 201,
    answer: Exclusion,
  },
  deleteExclusion: {
    ...writing,
    method: 'DELETE',
    path: '/v1/exclusions/{id}',
    summary: 'Take an exclusion back',
    params: one(ExclusionId),
    answer: Exclusion,
  },
} as const satisfies Record<string, Route>;
