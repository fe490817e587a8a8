/** One import as it goes: told by the space's events while they come, asked for each second while they do not. */
import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { activeImportStates, type ImportRun } from '@vivim/contract/imports';
import { useEffect, useState } from 'react';
import { importQuery } from '../api/queries.ts';
import { listenToSpace } from '../api/space-events.ts';

export const isActive = (run: ImportRun): boolean => activeImportStates.has(run.state);

/** What an import does not change, and itself, which its last news told. Everything else on the pages may be another once it ended. */
const untouched = new Set<unknown>(['me', 'health', 'bundle']);
const isRun = ([kind, , ...of]: QueryKey): boolean => kind === 'import' && of.length === 0;

export interface ImportRunView {
  readonly run: ImportRun;
  /** The stream broke; the figures come by asking. */
  readonly polling: boolean;
}

/** @param initial what a list said of the run; from then on this hook knows better */
export function useImportRun(initial: ImportRun): ImportRunView {
  const { id } = initial;
  const client = useQueryClient();
  const [broken, setBroken] = useState(false);
  const { data: run = initial } = useQuery({
    ...importQuery(id),
    initialData: initial,
    // One that ended does not change; one that was still going when last seen may have ended since.
    staleTime: 0,
    enabled: ({ state }) => state.data === undefined || isActive(state.data),
    refetchInterval: ({ state }) => (broken && state.data !== undefined && isActive(state.data) ? 1_000 : false),
  });
  const active = isActive(run);

  useEffect(() => {
    if (!active) return;
    const { queryKey } = importQuery(id);
    const stop = listenToSpace({
      onEvent: (event) => {
        if (event.type === 'import' && event.run.id === id) client.setQueryData(queryKey, event.run);
      },
      onFlow: (flows) => {
        setBroken(!flows);
        if (flows) void client.invalidateQueries({ queryKey, exact: true });
      },
    });
    return () => {
      stop();
      void client.invalidateQueries({ predicate: ({ queryKey: key }) => !untouched.has(key[0]) && !isRun(key) });
    };
  }, [active, id, client]);

  return { run, polling: active && broken };
}
