/** The seal of the space, and what its owner does with it. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';
import { queryClient } from './query-client.ts';
import { type SpaceOpener, spaceLockedKey } from './unlock-space.ts';

export const sealQuery = queryOptions({
  queryKey: ['account', 'seal'],
  queryFn: ({ signal }) => api.getSpaceSeal({ signal }),
});

export const lockedQuery = queryOptions({
  queryKey: spaceLockedKey,
  // Said by whoever is refused; nobody asks.
  queryFn: () => false,
  initialData: false,
  staleTime: Number.POSITIVE_INFINITY,
});

/** Locked until its owner says otherwise in this page, or a page is loaded anew. */
export async function lockNow(): Promise<void> {
  // First: what a page asks meanwhile would hand the key in again.
  queryClient.setQueryData(spaceLockedKey, true);
  try {
    await api.lockSpace({});
  } catch (error) {
    queryClient.setQueryData(spaceLockedKey, false);
    throw error;
  }
}

export const unsealBy = (open: SpaceOpener): Promise<void> => open((key) => api.unsealSpace({ body: { key } }));
