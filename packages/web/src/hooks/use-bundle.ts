/** The bundle compiled last, kept while its person follows a source and comes back; gone with the session. */
import { queryOptions, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Bundle, ContextRequest } from '@vivim/contract/context';
import { api } from '../api/client.ts';
import { ownTimeZone } from '../format.ts';

export type ContextInput = Pick<ContextRequest, 'query' | 'budget' | 'format' | 'depth' | 'conversationId'>;

interface Compiled {
  readonly input: ContextInput;
  readonly bundle: Bundle;
}

const lastQuery = queryOptions<Compiled>({
  queryKey: ['bundle'],
  queryFn: skipToken,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export function useBundle() {
  const client = useQueryClient();
  const { data: last } = useQuery(lastQuery);
  const compile = useMutation({
    mutationFn: (input: ContextInput) => api.createContext({ body: { ...input, timeZone: ownTimeZone() } }),
    onSuccess: (bundle, input) => client.setQueryData(lastQuery.queryKey, { input, bundle }),
  });
  return { last, compile: compile.mutate, busy: compile.isPending, error: compile.error };
}
