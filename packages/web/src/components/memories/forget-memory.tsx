/** Forgets a memory for good: says what would go first, since nothing takes it back. Putting it away is offered beside it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Memory } from '@vivim/contract/memory';
import { uuidv7 } from '@vivim/contract/random';
import { useState } from 'react';
import { afterErasure } from '../../api/after-erasure.ts';
import { api } from '../../api/client.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Problem } from '../kit/problem.tsx';
import { say } from '../kit/toast-queue.ts';

const words = strings.memories;

function Preview({ memory }: { memory: Memory }) {
  const preview = useQuery({
    queryKey: ['erase-preview', memory.id],
    queryFn: () => api.forgetMemory({ params: { id: memory.id }, query: { preview: 'true' } }),
    gcTime: 0,
  });
  if (preview.error !== null) return <Problem error={preview.error} />;
  if (preview.data === undefined) return strings.loading;
  const { removed, remaining } = preview.data;
  return [words.forgetWarning(removed.bundles), ...remaining.map(({ detail }) => detail)].join(' ');
}

export function ForgetMemory({ memory, onClose }: { memory: Memory; onClose: () => void }) {
  const client = useQueryClient();
  const [idempotencyKey] = useState(() => uuidv7());
  const forget = useMutation({
    mutationFn: () => api.forgetMemory({ params: { id: memory.id }, idempotencyKey }),
    onSuccess: async () => {
      onClose();
      say(words.done.forgotten);
      await afterErasure(client);
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      alert
      title={words.forgetTitle}
      lead={
        <>
          <q dir="auto">{memory.text}</q> <Preview memory={memory} />
        </>
      }
      actions={
        <>
          <button type="button" onClick={onClose}>
            {strings.cancel}
          </button>
          <button type="button" className="danger" disabled={forget.isPending} onClick={() => forget.mutate()}>
            {words.forgetNow}
          </button>
        </>
      }
    >
      <p className="note">{words.forgetInstead}</p>
      {forget.error !== null && <Problem error={forget.error} />}
    </Dialog>
  );
}
