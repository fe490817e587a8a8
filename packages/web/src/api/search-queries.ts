/** What the search page asks for: results, what they can be narrowed to, and the messages around one of them. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Arm } from '@vivim/contract/arms';
import type { MessageId } from '@vivim/contract/ids';
import { ownTimeZone } from '../format.ts';
import { api } from './client.ts';
import type { SearchAddress, SearchFilters, SearchMode } from './search-filters.ts';

const firstPage = (): string | undefined => undefined;
/** Enough to fill a screen and a half. */
const pageSize = 20;

/** Arms left out so that only words, or only meaning, answers. */
const leftOut: Readonly<Record<SearchMode, readonly Arm[]>> = {
  words: ['meaning', 'aspects'],
  meaning: ['words', 'neighbours'],
};

/** Whether there is something to look for: filters alone only narrow. */
export const asksSomething = ({ q, like, symbol }: SearchAddress): boolean =>
  (q ?? '') !== '' || like !== undefined || symbol !== undefined;

export const searchQuery = (asked: SearchAddress) =>
  infiniteQueryOptions({
    queryKey: ['search', asked],
    initialPageParam: firstPage(),
    queryFn: ({ pageParam, signal }) => {
      const { mode, ...query } = asked;
      return api.search({
        query: {
          ...query,
          limit: pageSize,
          timeZone: ownTimeZone(),
          ...(mode === undefined ? {} : { without: leftOut[mode].join(',') }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      });
    },
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: asksSomething(asked),
    // Results stay until the next ones are there.
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

/** @param find part of a name */
export const searchChoicesQuery = ({ topic, entity, project }: SearchFilters, find = '') =>
  queryOptions({
    queryKey: ['search-choices', find, topic ?? null, entity ?? null, project ?? null],
    queryFn: ({ signal }) =>
      api.listSearchChoices({
        query: {
          ...(find === '' ? {} : { find }),
          ...(topic === undefined ? {} : { topic }),
          ...(entity === undefined ? {} : { entity }),
          ...(project === undefined ? {} : { project }),
        },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const aroundQuery = (id: MessageId, before: number, after: number) =>
  queryOptions({
    queryKey: ['messages-around', id, before, after],
    queryFn: ({ signal }) => api.listMessagesAround({ params: { id }, query: { before, after }, signal }),
    placeholderData: keepPreviousData,
  });
