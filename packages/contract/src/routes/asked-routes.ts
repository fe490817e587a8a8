/** What connected AIs and programs asked for and were given, with the contexts that were compiled. */
import { Asked, AskedQuery, AskedSummary, AskersQuery, AskerTotals, ClearedRecords } from '../asked.ts';
import { AskedId } from '../ids.ts';
import { page } from '../page.ts';
import { engine, listed, one, type Route } from './route.ts';

/** Who is let in must not be able to take away what was written down of it. */
const erasing = { ...engine, scope: 'account:manage', write: true, method: 'DELETE', tag: 'context' } as const;

export const askedRoutes = {
  listAsked: {
    ...engine,
    path: '/v1/asked',
    tag: 'context',
    summary:
      'What was asked for and given, newest first: contexts, and whatever a connected AI or a program read and wrote',
    query: AskedQuery,
    answer: page(AskedSummary),
  },
  listAskers: {
    ...engine,
    path: '/v1/askers',
    tag: 'context',
    summary:
      'Who asked, the latest first, and how many records there are of each; of one conversation, who was given something of it',
    query: AskersQuery,
    answer: listed(AskerTotals),
  },
  getAsked: {
    ...engine,
    path: '/v1/asked/{id}',
    tag: 'context',
    summary: 'One record: what was given, by its name of today',
    params: one(AskedId),
    answer: Asked,
  },
  deleteAsked: {
    ...erasing,
    path: '/v1/asked/{id}',
    summary: 'Remove one record',
    params: one(AskedId),
    answer: ClearedRecords,
  },
  clearAsked: {
    ...erasing,
    path: '/v1/asked',
    summary: 'Remove every record, those of contexts too',
    answer: ClearedRecords,
  },
} as const satisfies Record<string, Route>;
