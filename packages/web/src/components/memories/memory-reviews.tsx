/** Memories that were said long ago, for the person to say whether they still hold. Shows nothing where none is due. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Memory } from '@vivim/contract/memory';
import { api } from '../../api/client.ts';
import { dueMemoriesQuery, refreshMemories } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

const words = strings.memories;

function Due({ id, text, label }: Memory) {
  const client = useQueryClient();
  const review = useMutation({
    mutationFn: (outcome: 'holds' | 'gone') => api.reviewMemory({ params: { id }, body: { outcome } }),
    onSuccess: () => refreshMemories(client),
  });
  return (
    <li className="card memory-due">
      <p className="memory-text" dir="auto">
        {text}
      </p>
      <p className="meta">{label}</p>
      <div className="actions">
        <button type="button" disabled={review.isPending} onClick={() => review.mutate('holds')}>
          {words.holds}
        </button>
        <button type="button" className="quiet" disabled={review.isPending} onClick={() => review.mutate('gone')}>
          {words.gone}
        </button>
      </div>
      {review.error !== null && <Problem error={review.error} />}
    </li>
  );
}

export function DueMemories() {
  const { data } = useQuery(dueMemoriesQuery);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section aria-labelledby="memory-reviews">
      <h2 id="memory-reviews">{words.dueTitle}</h2>
      <p>{words.dueLead}</p>
      <ul className="stack">
        {data.items.map((memory) => (
          <Due key={memory.id} {...memory} />
        ))}
      </ul>
    </section>
  );
}
