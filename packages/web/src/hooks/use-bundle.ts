/**
 * The bundle an address asks for: told while it forms, kept while its person follows a source and comes back, and held against the one
 * of the same message before it. Gone with the session.
 */
import { keepPreviousData, queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { formContext } from '@vivim/client/form-context';
import type { AssemblyLine } from '@vivim/contract/assembly';
import type { Bundle } from '@vivim/contract/context';
import type { FormingLayer } from '@vivim/contract/context-events';
import { budgetLimits } from '@vivim/contract/recipe-words';
import { useState } from 'react';
import { api } from '../api/client.ts';
import type { ContextInput } from '../api/context-address.ts';
import { pageName } from '../api/page-presence.ts';
import { foresightQuery } from '../api/queries.ts';
import { ownTimeZone } from '../format.ts';

/** Layers that are decided so far. */
export interface Forming {
  readonly budget: number;
  readonly layers: readonly FormingLayer[];
}

export interface Compiled {
  readonly input: ContextInput;
  readonly bundle: Bundle;
  /** Why each line is there. */
  readonly given: readonly AssemblyLine[];
}

const bundleQuery = (input: ContextInput | null, tell: (forming: Forming) => void, page: string) =>
  queryOptions<Compiled>({
    queryKey: ['bundle', input],
    queryFn:
      input === null
        ? skipToken
        : async ({ signal, client }) => {
            let forming: Forming = { budget: input.budget ?? budgetLimits.default, layers: [] };
            let given: readonly AssemblyLine[] = [];
            tell(forming);
            const asked = { ...input, page, timeZone: ownTimeZone() };
            const bundle = await formContext(
              api,
              asked,
              (event) => {
                if (event.type === 'bundle') given = event.given;
                if (event.type === 'plan') forming = { ...forming, budget: event.budget };
                if (event.type !== 'layer') return;
                // A layer that is given more of what others left comes again.
                const others = forming.layers.filter(({ layer }) => layer !== event.layer);
                forming = { ...forming, layers: [...others, event] };
                tell(forming);
              },
              signal,
            );
            void client.invalidateQueries(foresightQuery);
            return { input, bundle, given };
          },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
    placeholderData: keepPreviousData,
  });

/** @param other whether it stands beside another: a question of its own, which ends none of the first */
export function useBundle(input: ContextInput | null, other = false) {
  const [forming, setForming] = useState<Forming | null>(null);
  const [shown, setShown] = useState<{ now: Compiled | null; before: Compiled | null }>({ now: null, before: null });
  const options = bundleQuery(input, setForming, other ? `${pageName}-beside` : pageName);
  const { data, error, isFetching, isPlaceholderData } = useQuery(options);
  const now = isPlaceholderData || data === undefined ? null : data;
  if (now !== null && now.bundle.id !== shown.now?.bundle.id) {
    setShown({ now, before: shown.now?.input.query === now.input.query ? shown.now : null });
  }
  return {
    last: input === null ? undefined : data,
    before: now === null ? null : shown.before,
    busy: isFetching,
    forming: isFetching ? forming : null,
    error,
  };
}
