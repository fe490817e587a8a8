/** Messages that differ between exports. */
import { Conflict, ResolveConflicts, ResolvedConflicts } from '../conflicts.ts';
import { Flag, PageQuery, page } from '../page.ts';
import { engine, type Route } from './route.ts';

export const conflictRoutes = {
  listConflicts: {
    ...engine,
    path: '/v1/conflicts',
    tag: 'imports',
    summary: 'Conversations of which two exports say different things in a message',
    query: PageQuery.extend({
      decided: Flag.optional(),
      /** Texts whole, up to 20,000 characters each, and twenty messages of a conversation. */
      whole: Flag.optional(),
    }),
    answer: page(Conflict),
  },
  resolveConflicts: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'POST',
    path: '/v1/conflicts/resolve',
    tag: 'imports',
    summary: 'Say of many at once which text is kept: the newest, the oldest, or both',
    body: ResolveConflicts,
    status: 202,
    answer: ResolvedConflicts,
  },
} as const satisfies Record<string, Route>;
