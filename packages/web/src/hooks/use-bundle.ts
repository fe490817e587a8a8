/** The bundle compiled last, kept while its person follows a source and comes back; gone with the session. The one that forms, as it does. */
import { queryOptions, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { formContext } from '@vivim/client/form-context';
import type { Bundle, ContextRequest } from '@vivim/contract/context';
import type { FormingLayer } from '@vivim/contract/context-events';
import { budgetLimits } from '@vivim/contract/recipe';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { pageName } from '../api/page-presence.ts';
import { foresightQuery } from '../api/queries.ts';
import { ownTimeZone } from '../format.ts';

export type ContextInput = Pick<ContextRequest, 'query' | 'budget' | 'format' | 'depth' | 'conversationId'>;

/** Layers that are decided so far. */
export interface Forming {
  readonly budget: number;
  readonly layers: readonly FormingLayer[];
}

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
  const [forming, setForming] = useState<Forming | null>(null);
  const compile = useMutation({
    mutationFn: (input: ContextInput) => {
      setForming({ budget: input.budget ?? budgetLimits.default, layers: [] });
      return formContext(api, { ...input, page: pageName, timeZone: ownTimeZone() }, (event) => {
        if (event.type === 'layer')
          setForming((now) => (now === null ? null : { ...now, layers: [...now.layers, event] }));
      });
    },
    onSuccess: (bundle, input) => {
      client.setQueryData(lastQuery.queryKey, { input, bundle });
      void client.invalidateQueries(foresightQuery);
    },
  });
  return {
    last,
    compile: compile.mutate,
    busy: compile.isPending,
    forming: compile.isPending ? forming : null,
    error: compile.error,
  };
}
