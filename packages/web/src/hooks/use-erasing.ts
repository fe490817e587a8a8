/** Keeps the receipts of erasures as they are told, while a large one is wiped from the file. */
import { useQueryClient } from '@tanstack/react-query';
import type { ErasureReceipt } from '@vivim/contract/erasure';
import { useEffect } from 'react';
import { erasuresQuery } from '../api/queries.ts';
import { listenToSpace } from '../api/space-events.ts';
import { receiptsQuery } from '../api/you-queries.ts';

export function useErasing(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      listenToSpace({
        onEvent: (event) => {
          if (event.type !== 'erasing') return;
          const { receipt } = event;
          const within = <P extends { readonly items: ErasureReceipt[] }>(page: P): P => ({
            ...page,
            items: page.items.map((one) => (one.id === receipt.id ? receipt : one)),
          });
          client.setQueryData(erasuresQuery.queryKey, (known) => (known === undefined ? known : within(known)));
          client.setQueryData(receiptsQuery.queryKey, (known) =>
            known === undefined ? known : { ...known, pages: known.pages.map(within) },
          );
        },
        // A page that is asked for again by itself while something is left needs no more than that.
        onFlow: () => {},
      }),
    [client],
  );
}
