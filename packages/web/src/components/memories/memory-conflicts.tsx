/** Memories that contradict each other, for the person to say which hold. Shows nothing where none do. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConflictDecision, MemoryConflict } from '@vivim/contract/memory';
import { api } from '../../api/client.ts';
import { conflictsQuery, refreshMemories } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

const words = strings.memories;

function Conflict({ attribute, memories }: MemoryConflict) {
  const client = useQueryClient();
  const settle = useMutation({
    mutationFn: (body: ConflictDecision) => api.settleMemoryConflict({ body }),
    onSuccess: () => refreshMemories(client),
  });
  return (
    <li className="card memory-conflict">
      <p className="meta">{attribute}</p>
      <ul className="stack">
        {memories.map(({ id, text, label }) => (
          <li key={id}>
            <p className="memory-text" dir="auto">
              {text}
            </p>
            <p className="meta">{label}</p>
            <button
              type="button"
              disabled={settle.isPending}
              onClick={() => settle.mutate({ attribute, keep: [id] })}
              aria-label={`${words.keep}: ${text}`}
            >
              {words.keep}
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="quiet"
        disabled={settle.isPending}
        onClick={() => settle.mutate({ attribute, keep: memories.map(({ id }) => id) })}
      >
        {words.keepAll}
      </button>
      {settle.error !== null && <Problem error={settle.error} />}
    </li>
  );
}

export function MemoryConflicts() {
  const { data } = useQuery(conflictsQuery);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section aria-labelledby="memory-conflicts">
      <h2 id="memory-conflicts">{words.conflictsTitle}</h2>
      <p>{words.conflictsLead}</p>
      <ul className="stack">
        {data.items.map((conflict) => (
          <Conflict key={conflict.attribute} {...conflict} />
        ))}
      </ul>
    </section>
  );
}
