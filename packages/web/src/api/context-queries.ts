/** What the pages of contexts read. One key and one call each; never holds state of its own. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AskedId, AssemblyId, ConversationId } from '@vivim/contract/ids';
import { api } from './client.ts';
import type { RecordFilters } from './record-filters.ts';
import { present } from './search-filters.ts';

const nextCursor = (last: { nextCursor: string | null }): string | undefined => last.nextCursor ?? undefined;

export const recipesQuery = queryOptions({
  queryKey: ['recipes'],
  queryFn: async ({ signal }) => (await api.listRecipes({ signal })).items,
});

/** Everything that is pinned; nobody pins more than they look at. */
export const pinsQuery = queryOptions({
  queryKey: ['pins'],
  queryFn: async ({ signal }) => (await api.listPins({ query: { limit: 200 }, signal })).items,
});

const dayStart = (day: string, plus = 0): string => {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + plus);
  return at.toISOString();
};

export const recordsQuery = ({ app, session, kind, way, conversation, from, to }: RecordFilters) =>
  infiniteQueryOptions({
    queryKey: ['records', app ?? '', session ?? '', kind ?? '', way ?? '', conversation ?? '', from ?? '', to ?? ''],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.listAsked({
        query: present({
          limit: 50,
          application: app,
          sessionId: session,
          kind,
          way,
          conversation: conversation as ConversationId | undefined,
          from: from === undefined ? undefined : dayStart(from),
          to: to === undefined ? undefined : dayStart(to, 1),
          cursor: pageParam,
        }),
        signal,
      }),
    getNextPageParam: nextCursor,
  });

export const recordQuery = (id: string) =>
  queryOptions({
    queryKey: ['record', id],
    queryFn: ({ signal }) => api.getAssembly({ params: { id: id as AssemblyId }, signal }),
  });

/** Who asked: applications by name, whatever sessions they had. */
export const askersQuery = queryOptions({
  queryKey: ['records', 'askers'],
  queryFn: async ({ signal }) => (await api.listAskers({ signal })).items,
});

/** Who was given something of one conversation. */
export const conversationAskersQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', 'askers', id],
    queryFn: async ({ signal }) =>
      (await api.listAskers({ query: { conversation: id as ConversationId }, signal })).items,
  });

/** A record of something else than a context. */
export const askedQuery = (id: string) =>
  queryOptions({
    queryKey: ['asked', id],
    queryFn: ({ signal }) => api.getAsked({ params: { id: id as AskedId }, signal }),
  });
