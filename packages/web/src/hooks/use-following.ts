/** How far the work has come that follows an import: asked for once, then told as it happens. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Following } from '@vivim/contract/imports';
import { useEffect } from 'react';
import { spaceQuery } from '../api/queries.ts';
import { listenToSpace } from '../api/space-events.ts';

export function useFollowing(): Following | undefined {
  const client = useQueryClient();
  useEffect(
    () =>
      listenToSpace({
        onEvent: (event) => {
          if (event.type !== 'following') return;
          client.setQueryData(spaceQuery.queryKey, (known) =>
            known === undefined ? known : { ...known, following: event.following },
          );
        },
        // What was told while the stream did not flow is asked for.
        onFlow: (flows) => {
          if (flows) void client.invalidateQueries({ queryKey: spaceQuery.queryKey });
        },
      }),
    [client],
  );
  return useQuery(spaceQuery).data?.following;
}
