/** Before anything is asked: questions of what this very space is about, each asked by a press. Asks nothing itself. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { topicsAtAGlanceQuery } from '../../api/home-queries.ts';
import { strings } from '../../strings.ts';
import { Empty } from '../kit/empty.tsx';

const words = strings.context;

export function Suggestions({ onAsk }: { onAsk: (question: string) => void }) {
  const topics = useInfiniteQuery(topicsAtAGlanceQuery).data?.pages[0]?.items ?? [];
  return (
    <Empty icon="context" title={words.startTitle} text={words.startText}>
      {topics.length > 0 && (
        <ul className="suggested" aria-label={words.suggestions}>
          {words.suggested.slice(0, topics.length).map((question, n) => {
            const asked = question(topics[n]?.label ?? '');
            return (
              <li key={asked}>
                <button type="button" onClick={() => onAsk(asked)}>
                  {asked}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </Empty>
  );
}
