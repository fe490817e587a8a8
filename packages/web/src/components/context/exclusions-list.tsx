/** Everything its person keeps out of contexts, each with a way back. Asked for when somebody looks. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Exclusion } from '@vivim/contract/exclusion';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { exclusionsQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { ActsList } from '../kit/acts-list.tsx';

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
    <ActsList
      title={words.title}
      note={list.isSuccess && items.length === 0 ? words.none : words.note}
      acts={items.map(({ id, kind, name, of, at }) => ({ id, what: words.said(kind, name ?? of), at }))}
      loadMore={list.hasNextPage ? () => void list.fetchNextPage() : null}
      loading={list.isFetchingNextPage}
      listError={list.error}
      takeBack={{
        label: words.takeBack,
        of: words.takeBackOf,
        run: takeBack.mutate,
        busy: takeBack.isPending,
        error: takeBack.error,
      }}
      onOpen={setOpen}
    />
  );
}
