/** What the pages read, as query options: one key and one call each. Never holds state of its own. */

import { infiniteQueryOptions, onlineManager, queryOptions } from '@tanstack/react-query';
import type { ExclusionKind } from '@vivim/contract/exclusion';
import type { ConversationId, EntityId, ImportId, TopicId } from '@vivim/contract/ids';
import type { ImportOutcome } from '@vivim/contract/imports';
import { api } from './client.ts';
import { forgetLastSeen } from './last-seen.ts';
import { isSignedOut, sessionEndedKey } from './query-client.ts';
import { lookAgainMs, noteOutOfReach, noteReached } from './reach.ts';
import { forgetSearches } from './recent-searches.ts';

const firstPage: string | undefined = undefined;
const nextCursor = (last: { nextCursor: string | null }): string | undefined => last.nextCursor ?? undefined;
const from = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor });

/**
 * Null: nobody is signed in. Whichever way the page learns that a session is over, it learns it here; and that the server
 * is out of reach, where what was last seen says who was there.
 */
export const meQuery = queryOptions({
  queryKey: ['me'],
  networkMode: 'always',
  queryFn: async ({ client, signal }) => {
    try {
      const me = await api.getMe({ signal });
      noteReached(client);
      return me;
    } catch (error) {
      if (isSignedOut(error)) {
        noteReached(client);
        forgetSearches();
        await forgetLastSeen().catch(() => undefined);
        if (client.getQueryData(['me'])) client.setQueryData(sessionEndedKey, true);
        return null;
      }
      const seen = error instanceof TypeError ? await noteOutOfReach(client) : null;
      if (seen === null) throw error;
      return seen;
    }
  },
  refetchInterval: () => (onlineManager.isOnline() ? false : lookAgainMs),
});

/** The id of the newest receipt, asked again whenever somebody comes back to the page: what was erased elsewhere is forgotten here too. */
export const newestErasureQuery = queryOptions({
  queryKey: ['newest-erasure'],
  queryFn: async ({ signal }) => (await api.listErasures({ query: { limit: 1 }, signal })).items[0]?.id ?? null,
});

/** The last that was erased, asked again while something of it has still to be wiped. */
export const erasuresQuery = queryOptions({
  queryKey: ['erasures'],
  queryFn: ({ signal }) => api.listErasures({ query: { limit: 20 }, signal }),
  refetchInterval: ({ state }) => (state.data?.items.some(({ left }) => left > 0) ? 2_000 : false),
});

/** Asked again every two seconds while the engine has work under way. */
export const spaceQuery = queryOptions({
  queryKey: ['space'],
  queryFn: ({ signal }) => api.getSpace({ signal }),
  staleTime: 2_000,
  refetchInterval: ({ state }) => {
    if (state.data === undefined) return false;
    const { pending, embedder } = state.data;
    // Without an embedder what waits for vectors waits for good.
    const vectors = embedder === null ? 0 : pending.embedding;
    return pending.imports + pending.rollup + pending.memories + vectors > 0 ? 2_000 : false;
  },
});

export const foresightQuery = queryOptions({
  queryKey: ['foresight'],
  queryFn: ({ signal }) => api.getForesight({ signal }),
});

export const healthQuery = queryOptions({ queryKey: ['health'], queryFn: ({ signal }) => api.getHealth({ signal }) });

export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports'],
  initialPageParam: firstPage,
  queryFn: ({ pageParam, signal }) => api.listImports({ query: { limit: 20, ...from(pageParam) }, signal }),
  getNextPageParam: nextCursor,
  staleTime: 2_000,
});

export const watchersQuery = queryOptions({
  queryKey: ['watchers'],
  queryFn: ({ signal }) => api.listWatchers({ signal }),
  refetchInterval: 60_000,
});

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => api.getImport({ params: { id: id as ImportId }, signal }),
  });

export const importIssuesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['import', id, 'issues'],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) =>
      api.listImportIssues({ params: { id: id as ImportId }, query: { limit: 50, ...from(pageParam) }, signal }),
    getNextPageParam: nextCursor,
  });

export const importKeptQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['import', id, 'kept'],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) =>
      api.listImportKept({ params: { id: id as ImportId }, query: { limit: 50, ...from(pageParam) }, signal }),
    getNextPageParam: nextCursor,
  });

export const importEntriesQuery = (id: string, outcome: ImportOutcome | undefined) =>
  infiniteQueryOptions({
    queryKey: ['import', id, 'entries', outcome ?? 'all'],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) =>
      api.listImportEntries({
        params: { id: id as ImportId },
        query: { limit: 50, ...(outcome ? { outcome } : {}), ...from(pageParam) },
        signal,
      }),
    getNextPageParam: nextCursor,
  });

/** The latest few. */
export const latestConversationsQuery = (limit: number) =>
  queryOptions({
    queryKey: ['conversations', 'latest', limit],
    queryFn: ({ signal }) => api.listConversations({ query: { limit }, signal }),
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) => api.getConversation({ params: { id: id as ConversationId }, signal }),
  });

export const artifactsQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id, 'artifacts'],
    queryFn: ({ signal }) => api.listArtifacts({ params: { id: id as ConversationId }, signal }),
  });

/** As many as a filter can show. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => api.listProjects({ query: { limit: 200 }, signal }),
});

export const secretsQuery = infiniteQueryOptions({
  queryKey: ['secrets'],
  initialPageParam: firstPage,
  queryFn: ({ pageParam, signal }) => api.listSecrets({ query: { limit: 50, ...from(pageParam) }, signal }),
  getNextPageParam: nextCursor,
});

export const secretSettingsQuery = queryOptions({
  queryKey: ['secret-settings'],
  queryFn: ({ signal }) => api.getSecretSettings({ signal }),
});

export const topicsQuery = (limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['topics', limit],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) => api.listTopics({ query: { limit, ...from(pageParam) }, signal }),
    getNextPageParam: nextCursor,
  });

export const topicQuery = (id: string) =>
  queryOptions({
    queryKey: ['topic', id],
    queryFn: ({ signal }) => api.getTopic({ params: { id: id as TopicId }, signal }),
  });

/** What was put right, the latest first. */
export const correctionsQuery = (kind: 'topic' | 'entity') =>
  infiniteQueryOptions({
    queryKey: ['corrections', kind],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) => api.listCorrections({ query: { kind, limit: 50, ...from(pageParam) }, signal }),
    getNextPageParam: nextCursor,
  });

/** What stays out of contexts, the latest first. */
export const exclusionsQuery = infiniteQueryOptions({
  queryKey: ['exclusions'],
  initialPageParam: firstPage,
  queryFn: ({ pageParam, signal }) => api.listExclusions({ query: { limit: 50, ...from(pageParam) }, signal }),
  getNextPageParam: nextCursor,
});

/** Whether one thing does. */
export const exclusionOfQuery = (kind: ExclusionKind, of: string) =>
  queryOptions({
    queryKey: ['exclusion', kind, of],
    queryFn: ({ signal }) => api.listExclusions({ query: { kind, of, limit: 1 }, signal }),
  });

export const entityQuery = (id: string) =>
  queryOptions({
    queryKey: ['entity', id],
    queryFn: ({ signal }) => api.getEntity({ params: { id: id as EntityId }, signal }),
  });
