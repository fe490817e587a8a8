/** What is kept about the person, as query options: one key and one call each. Never holds state of its own. */
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query';
import type { MemoryId, ProjectId } from '@vivim/contract/ids';
import type { Memory } from '@vivim/contract/memory';
import type { Page } from '@vivim/contract/page';
import { api } from './client.ts';
import type { MemoryFilters } from './memory-filters.ts';

const firstPage: string | undefined = undefined;
const nextCursor = (last: { nextCursor: string | null }): string | undefined => last.nextCursor ?? undefined;
/** Memories asked for at once: a page of them is small, and a change asks for all that are here again. */
const pageSize = 200;

export const memoriesQuery = (filters: MemoryFilters) =>
  infiniteQueryOptions({
    queryKey: ['memories', 'list', filters],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) => {
      const { q, due, project, ...others } = filters;
      return api.listMemories({
        query: {
          limit: pageSize,
          ...others,
          ...(q === undefined ? {} : { says: q }),
          ...(due === undefined ? {} : { due: 'true' as const }),
          ...(project === undefined ? {} : { projectId: project as ProjectId }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      });
    },
    getNextPageParam: nextCursor,
    placeholderData: keepPreviousData,
  });

export const memoryChoicesQuery = queryOptions({
  queryKey: ['memories', 'choices'],
  queryFn: ({ signal }) => api.getMemoryChoices({ signal }),
});

/** With what it stands on. */
export const memoryQuery = (id: MemoryId) =>
  queryOptions({
    queryKey: ['memory', id],
    queryFn: ({ signal }) => api.getMemory({ params: { id }, signal }),
  });

/** The first that contradict each other: settled ones make room for the next. */
export const conflictsQuery = queryOptions({
  queryKey: ['memories', 'conflicts'],
  queryFn: ({ signal }) => api.listMemoryConflicts({ query: { limit: 5 }, signal }),
});

/** How many are looked at again in one go. */
export const roundLength = 10;
/** The first to look at again. */
export const dueMemoriesQuery = queryOptions({
  queryKey: ['memories', 'due'],
  queryFn: ({ signal }) => api.listDueMemories({ query: { limit: roundLength }, signal }),
});

/** What is shown of them becomes what the server just answered, before any list is asked for again. */
export function showChanged(client: QueryClient, changed: Memory): void {
  client.setQueriesData<InfiniteData<Page<Memory>>>({ queryKey: ['memories', 'list'] }, (data) =>
    data === undefined
      ? data
      : {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((one) => (one.id === changed.id ? changed : one)),
          })),
        },
  );
}

export const refreshMemories = async (client: QueryClient): Promise<void> => {
  await Promise.all(['memories', 'memory'].map((word) => client.invalidateQueries({ queryKey: [word] })));
};
