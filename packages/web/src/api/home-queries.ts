/** What only the start page reads. Each is asked for at once with the others: none waits for another. */
import { queryOptions } from '@tanstack/react-query';
import type { AssemblyWay } from '@vivim/contract/assembly';
import { ownTimeZone } from '../format.ts';
import { api } from './client.ts';
import { latestConversationsQuery, topicsQuery } from './queries.ts';
import { present } from './search-filters.ts';
import { entityListQuery, topicListQuery } from './subjects-queries.ts';

/** Topics, and people, that are shown. */
const subjectsShown = 12;
const risingShown = 6;
export const latestAtAGlanceQuery = latestConversationsQuery(6);

export const topicsAtAGlanceQuery = topicsQuery(subjectsShown);
/** Few of those on the way up are among the most important. */
export const risingAtAGlanceQuery = topicListQuery({ trend: 'rising' }, risingShown);
export const peopleAtAGlanceQuery = entityListQuery({ type: 'person' }, subjectsShown);

export const activityQuery = queryOptions({
  queryKey: ['activity'],
  queryFn: ({ signal }) => api.getActivity({ query: { timeZone: ownTimeZone() }, signal }),
  staleTime: 60_000,
});

/** Whether a context was ever made, by whoever asked for it or in one way only. */
export const wasAskedQuery = (way?: AssemblyWay) =>
  queryOptions({
    queryKey: ['assemblies', 'last', way ?? 'any'],
    queryFn: async ({ signal }) => {
      const { items } = await api.listAssemblies({ query: present({ limit: 1, way }), signal });
      return items.length > 0;
    },
  });
