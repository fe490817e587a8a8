/** Erases a conversation for good: shows what would go, asks, and forgets all this page had read of the space. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ConversationId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { strings } from '../strings.ts';
import { Confirm } from './confirm.tsx';
import { Problem } from './problem.tsx';

/** What would go, asked for when somebody looks. */
function Preview({ id }: { id: ConversationId }) {
  const preview = useQuery({
    queryKey: ['erase-preview', id],
    queryFn: () => api.eraseConversation({ params: { id }, query: { preview: 'true' } }),
    gcTime: 0,
  });
  if (preview.error !== null) return <Problem error={preview.error} />;
  if (preview.data === undefined) return strings.loading;
  const { messages, acus } = preview.data.removed;
  return strings.reader.eraseWarning(messages, acus);
}

export function EraseConversation({ id }: { id: ConversationId }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  // One wish however often it is sent.
  const [idempotencyKey] = useState(() => uuidv7());
  const erase = useMutation({
    mutationFn: () => api.eraseConversation({ params: { id }, idempotencyKey }),
    onSuccess: async () => {
      await navigate({ to: '/conversations' });
      // What was read before is dropped; what is shown is asked for again.
      await client.resetQueries();
    },
  });
  return (
    <>
      <Confirm
        label={strings.reader.erase}
        quiet
        busy={erase.isPending}
        warning={<Preview id={id} />}
        confirm={strings.reader.eraseNow}
        onConfirm={() => erase.mutate()}
      />
      {erase.error !== null && <Problem error={erase.error} />}
    </>
  );
}
