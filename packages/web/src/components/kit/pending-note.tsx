/** Says that the engine is still reading what came in, and keeps the lists beside it fresh until it is done. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { spaceQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';

export function PendingNote() {
  const client = useQueryClient();
  const pending = useQuery(spaceQuery).data?.pending.rollup ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the figure is the news
  useEffect(() => {
    for (const queryKey of [['topics'], ['entities']]) void client.invalidateQueries({ queryKey });
  }, [client, pending]);
  return (
    <p className="note" role="status">
      {pending > 0 ? strings.profiles.reading(pending) : ''}
    </p>
  );
}
