/** What a person put right in topics or entities, each with a way back. Asked for when somebody looks. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Correction } from '@vivim/contract/correction';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { correctionsQuery } from '../api/queries.ts';
import { day } from '../format.ts';
import { strings } from '../strings.ts';
import { LoadMore } from './load-more.tsx';
import { Problem } from './problem.tsx';

const words = strings.corrections;

export function CorrectionsList({ kind }: { kind: Correction['kind'] }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const list = useInfiniteQuery({ ...correctionsQuery(kind), enabled: open });
  const undo = useMutation({
    mutationFn: (id: Correction['id']) => api.undoCorrection({ params: { id } }),
    onSuccess: () => client.invalidateQueries(),
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <details className="folded" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.title}</summary>
      {list.error !== null && <Problem error={list.error} />}
      {list.isSuccess && items.length === 0 && <p className="note">{strings.corrections.none}</p>}
      <ul>
        {items.map(({ id, action, name, value, at }) => {
          const what = words.said(action, name, value);
          return (
            <li key={id}>
              <span dir="auto">{what}</span> <time className="meta">{day(at)}</time>{' '}
              <button
                type="button"
                className="quiet"
                aria-label={words.undoOf(what)}
                disabled={undo.isPending}
                onClick={() => undo.mutate(id)}
              >
                {words.undo}
              </button>
            </li>
          );
        })}
      </ul>
      {undo.error !== null && <Problem error={undo.error} />}
      <LoadMore load={list.hasNextPage ? () => void list.fetchNextPage() : null} busy={list.isFetchingNextPage} />
    </details>
  );
}
