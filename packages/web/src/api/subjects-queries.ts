/** Lists of topics and entities as their pages filter them, and the graph. One key and one call each. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { systemClock } from '@vivim/contract/clock';
import { graphLimits } from '@vivim/contract/graph-limits';
import { api } from './client.ts';
import type { GraphFilters, SubjectFilters } from './subject-filters.ts';

const firstPage: string | undefined = undefined;
const nextCursor = (last: { nextCursor: string | null }): string | undefined => last.nextCursor ?? undefined;
const pageSize = 60;

const queryOf = ({ hidden, ...filters }: SubjectFilters, cursor: string | undefined, limit: number) => ({
  ...filters,
  limit,
  ...(hidden === undefined ? {} : { hidden: 'true' as const }),
  ...(cursor === undefined ? {} : { cursor }),
});

/** The types of entities are none of topics. */
export const topicListQuery = ({ type: _, ...filters }: SubjectFilters, limit = pageSize) =>
  infiniteQueryOptions({
    queryKey: ['topics', 'list', filters, limit],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) => api.listTopics({ query: queryOf(filters, pageParam, limit), signal }),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

export const entityListQuery = (filters: SubjectFilters, limit = pageSize) =>
  infiniteQueryOptions({
    queryKey: ['entities', 'list', filters, limit],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) =>
      api.listEntities({
        query: { ...queryOf(filters, pageParam, limit), ...(filters.type === undefined ? {} : { type: filters.type }) },
        signal,
      }),
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

/** Letters of a name that is asked for; what is longer is no name. */
const longestName = 120;
const namedShown = 6;

/** Topics and entities that are called so. Typed words are not kept in the browser: the key is none of a list. */
export const namedQuery = (called: string) => {
  const q = called.slice(0, longestName);
  return queryOptions({
    queryKey: ['named', q],
    queryFn: async ({ signal }) => {
      const query = { q, limit: namedShown };
      const [topics, entities] = await Promise.all([
        api.listTopics({ query, signal }),
        api.listEntities({ query, signal }),
      ]);
      return [...topics.items, ...entities.items];
    },
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
};

const dayMs = 86_400_000;

/** @param limit how many nodes; the usual number where it is left out */
export const graphQuery = ({ kind, days }: GraphFilters, limit: number = graphLimits.usual) =>
  queryOptions({
    queryKey: ['graph', kind ?? 'all', days ?? 0, limit],
    queryFn: ({ signal }) => {
      // The day's beginning, so that one day asks one question.
      const today = Math.floor(systemClock() / dayMs) * dayMs;
      const since = days === undefined ? {} : { since: new Date(today - days * dayMs).toISOString() };
      return api.getGraph({ query: { limit, ...(kind === undefined ? {} : { kind }), ...since }, signal });
    },
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
