/** Finding what was said, what a search can be narrowed to, and what stands around a hit. */
import { z } from 'zod';
import { MessagesAround } from '../conversation.ts';
import { MessageId } from '../ids.ts';
import { ReadQuery } from '../page.ts';
import { SearchQuery, SearchResult } from '../search.ts';
import { SearchChoices, SearchChoicesQuery } from '../search-choices.ts';
import { engine, one, type Route } from './route.ts';

const beside = z.coerce.number().int().min(0).max(20).default(2);

export const searchRoutes = {
  search: {
    ...engine,
    path: '/v1/search',
    tag: 'search',
    summary: 'Find what was said',
    query: SearchQuery,
    answer: SearchResult,
    errors: ['query_invalid'],
  },
  listSearchChoices: {
    ...engine,
    path: '/v1/search/choices',
    tag: 'search',
    summary:
      'What a search can be narrowed to: sources, models, languages, projects, topics, people, and the time all of it spans',
    query: SearchChoicesQuery,
    answer: SearchChoices,
  },
  listMessagesAround: {
    ...engine,
    path: '/v1/messages/{id}/around',
    tag: 'messages',
    summary: 'A message with those before and behind it on the branch it stands on, hidden ones left out',
    params: one(MessageId),
    query: ReadQuery.extend({ before: beside, after: beside }),
    answer: MessagesAround,
  },
} as const satisfies Record<string, Route>;
