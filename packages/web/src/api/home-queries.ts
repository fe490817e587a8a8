/** What only the start page reads. Each is asked for at once with the others: none waits for another. */
import { queryOptions } from '@tanstack/react-query';
import { ownTimeZone } from '../format.ts';
import { api } from './client.ts';

export const activityQuery = queryOptions({
  queryKey: ['activity'],
  queryFn: ({ signal }) => api.getActivity({ query: { timeZone: ownTimeZone() }, signal }),
  staleTime: 60_000,
});

/** The last context that was made, by whoever asked for it. */
export const lastContextQuery = queryOptions({
  queryKey: ['assemblies', 'last'],
  queryFn: ({ signal }) => api.listAssemblies({ query: { limit: 1 }, signal }),
});
