/** Everything its person keeps out of contexts, each with a way back. Asked for when somebody looks. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Exclusion } from '@vivim/contract/exclusion';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { exclusionsQuery } from '../api/queries.ts';
import { day } from '../format.ts';
import { strings } from '../strings.ts';
import { LoadMore } from './load-more.tsx';
import { Problem } from './problem.tsx';

const words = strings.exclusions;

export function ExclusionsList() {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const list = useInfiniteQuery({ ...exclusionsQuery, enabled: open });
  const takeBack = useMutation({
    mutationFn: (id: Exclusion['id']) => api.deleteExclusion({ params: { id } }),
    onSuccess: () => client.invalidateQueries(),
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <details className="folded" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.title}</summary>
      <p className="note">{list.isSuccess && items.length === 0 ? words.none : words.note}</p>
      {list.error !== null && <Problem error={list.error} />}
      <ul>
        {items.map(({ id, kind, name, of, at }) => {
          const what = words.said(kind, name ?? of);
          return (
            <li key={id}>
              <span dir="auto">{what}</span> <time className="meta">{day(at)}</time>{' '}
              <button
                type="button"
                className="quiet"
                aria-label={words.takeBackOf(what)}
                disabled={takeBack.isPending}
                onClick={() => takeBack.mutate(id)}
              >
                {words.takeBack}
              </button>
            </li>
          );
        })}
      </ul>
      {takeBack.error !== null && <Problem error={takeBack.error} />}
      <LoadMore load={list.hasNextPage ? () => void list.fetchNextPage() : null} busy={list.isFetchingNextPage} />
    </details>
  );
}
