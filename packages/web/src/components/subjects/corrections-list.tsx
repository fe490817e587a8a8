/** What a person put right in topics or entities, each with a way back. Asked for when somebody looks. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Correction } from '@vivim/contract/correction';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { correctionsQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { ActsList } from '../kit/acts-list.tsx';

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
    <ActsList
      title={words.title}
      note={list.isSuccess && items.length === 0 ? words.none : null}
      acts={items.map(({ id, action, name, value, at }) => ({ id, what: words.said(action, name, value), at }))}
      loadMore={list.hasNextPage ? () => void list.fetchNextPage() : null}
      loading={list.isFetchingNextPage}
      listError={list.error}
      takeBack={{
        label: words.undo,
        of: words.undoOf,
        run: undo.mutate,
        busy: undo.isPending,
        error: undo.error,
      }}
      onOpen={setOpen}
    />
  );
}
