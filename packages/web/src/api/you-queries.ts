/** What the pages about the space and the operator's page read, as query options. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { EraseRange } from '@vivim/contract/erasure';
import type { UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { api } from './client.ts';

export const usageQuery = queryOptions({
  queryKey: ['account', 'usage'],
  queryFn: ({ signal }) => api.getUsage({ query: { days: 30 }, signal }),
});

export const spaceBackupsQuery = queryOptions({
  queryKey: ['account', 'space-backups'],
  queryFn: ({ signal }) => api.getSpaceBackups({ signal }),
});

/** What would go; null: nothing is named yet. Never kept: what stands in a space changes. */
export const erasePreviewQuery = (range: EraseRange | null) =>
  queryOptions({
    queryKey: ['erase-preview', 'range', range],
    queryFn: () => api.eraseRange({ body: range ?? {}, query: { preview: 'true' }, idempotencyKey: uuidv7() }),
    enabled: range !== null,
    gcTime: 0,
    retry: false,
  });

export const receiptsQuery = infiniteQueryOptions({
  queryKey: ['account', 'erasures'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    api.listErasures({ query: { limit: 20, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal }),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
  // Asked again while something has still to be wiped.
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some(({ left }) => left > 0)) ? 2_000 : false,
});

export const operatorQuery = queryOptions({
  queryKey: ['operator', 'overview'],
  queryFn: ({ signal }) => api.getOperatorOverview({ signal }),
  retry: false,
});

export const operatorAccountsQuery = infiniteQueryOptions({
  queryKey: ['operator', 'accounts'],
  initialPageParam: undefined as UserId | undefined,
  queryFn: ({ pageParam, signal }) =>
    api.listOperatorAccounts({
      query: { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
      signal,
    }),
  getNextPageParam: (last) => (last.nextCursor ?? undefined) as UserId | undefined,
  retry: false,
});
