/** Erases one thing for good: shows what would go, asks, and forgets all this page had read of the space. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ErasureKind, Mentions } from '@vivim/contract/erasure';
import { uuidv7 } from '@vivim/contract/random';
import { useState } from 'react';
import { afterErasure } from '../../api/after-erasure.ts';
import { api } from '../../api/client.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';

/** Kinds that have a page, or a place on one, where they are erased. */
type Erasable = Extract<ErasureKind, 'conversation' | 'message' | 'topic' | 'entity' | 'import'>;

interface Props {
  kind: Erasable;
  id: string;
  /** Goes on from here once it is gone: before what was read of the space is dropped. */
  onErased?: () => Promise<unknown>;
}

/** What would go, asked for when somebody looks. */
function Preview({ kind, id }: Pick<Props, 'kind' | 'id'>) {
  const preview = useQuery({
    queryKey: ['erase-preview', kind, id],
    queryFn: () => api.erase({ body: { kind, ids: [id] }, query: { preview: 'true' }, idempotencyKey: uuidv7() }),
    gcTime: 0,
  });
  if (preview.error !== null) return <Problem error={preview.error} />;
  if (preview.data === undefined) return strings.loading;
  return strings.erase.warnings[kind](preview.data.removed);
}

export function EraseThing({ kind, id, onErased }: Props) {
  const client = useQueryClient();
  const [mentions, setMentions] = useState<Mentions>('keep');
  // One wish however often it is sent.
  const [idempotencyKey] = useState(() => uuidv7());
  const erase = useMutation({
    mutationFn: () => api.erase({ body: { kind, ids: [id], mentions }, idempotencyKey }),
    onSuccess: async () => {
      await onErased?.();
      await afterErasure(client);
    },
  });
  const named = kind === 'topic' || kind === 'entity';
  return (
    <>
      <Confirm
        label={strings.erase.label}
        name={strings.erase.names[kind]}
        quiet
        busy={erase.isPending}
        warning={
          <>
            <Preview kind={kind} id={id} />
            {named && (
              <label className="choice">
                <input
                  type="checkbox"
                  checked={mentions === 'redact'}
                  onChange={(event) => setMentions(event.target.checked ? 'redact' : 'keep')}
                />
                {strings.erase.mentions}
              </label>
            )}
          </>
        }
        confirm={strings.erase.now}
        onConfirm={() => erase.mutate()}
      />
      {erase.error !== null && <Problem error={erase.error} />}
    </>
  );
}
