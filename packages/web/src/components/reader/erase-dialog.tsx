/** Asks once more before messages or conversations are erased for good, with what would go. Mounted while it asks. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Removed } from '@vivim/contract/erasure';
import { uuidv7 } from '@vivim/contract/random';
import { useState } from 'react';
import { afterErasure } from '../../api/after-erasure.ts';
import { api } from '../../api/client.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Problem } from '../kit/problem.tsx';

interface Props {
  kind: 'conversation' | 'message';
  ids: readonly string[];
  title: string;
  warning: (gone: Removed) => string;
  onClose: () => void;
  /** Goes on from here once it is gone: before what was read of the space is dropped. */
  onErased: () => unknown;
}

export function EraseDialog({ kind, ids, title, warning, onClose, onErased }: Props) {
  const client = useQueryClient();
  // One wish however often it is sent.
  const [idempotencyKey] = useState(() => uuidv7());
  const preview = useQuery({
    queryKey: ['erase-preview', kind, ids],
    queryFn: () => api.erase({ body: { kind, ids: [...ids] }, query: { preview: 'true' }, idempotencyKey: uuidv7() }),
    gcTime: 0,
  });
  const erase = useMutation({
    mutationFn: () => api.erase({ body: { kind, ids: [...ids] }, idempotencyKey }),
    onSuccess: async () => {
      await onErased();
      onClose();
      await afterErasure(client);
    },
  });
  const error = preview.error ?? erase.error;
  return (
    <Dialog
      open
      alert
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      lead={preview.data === undefined ? strings.loading : warning(preview.data.removed)}
      actions={
        <>
          <button type="button" onClick={onClose}>
            {strings.cancel}
          </button>
          <button type="button" className="danger" disabled={erase.isPending} onClick={() => erase.mutate()}>
            {strings.erase.now}
          </button>
        </>
      }
    >
      {error !== null ? <Problem error={error} /> : undefined}
    </Dialog>
  );
}
