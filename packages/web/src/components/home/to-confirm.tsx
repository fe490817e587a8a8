/** Memories somebody should look at: how many contradict each other, how many may no longer hold. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { conflictsQuery, dueMemoriesQuery } from '../../api/memory-queries.ts';
import { memoryFrom } from '../../memory-from.ts';
import { strings } from '../../strings.ts';

const words = strings.home;

export function ToConfirm() {
  const conflicts = useQuery(conflictsQuery).data?.items.length ?? 0;
  const due = useQuery(dueMemoriesQuery).data?.items ?? [];
  if (conflicts + due.length === 0) return null;
  return (
    <section>
      <h2>{words.toConfirm}</h2>
      <ul className="rows">
        {conflicts > 0 && (
          <li>
            <Link to="/memories" search={{ decide: true }}>
              {words.contradicting(conflicts)}
            </Link>
          </li>
        )}
        {due.slice(0, 4).map((memory) => (
          <li key={memory.id}>
            <Link to="/memories" search={{ due: true }} dir="auto">
              {memory.text}
            </Link>
            <span className="meta">{memoryFrom(memory)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
