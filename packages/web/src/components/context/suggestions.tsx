/** Before anything is asked: questions of what this very space is about, each asked by a press. Asks nothing itself. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { topicsAtAGlanceQuery } from '../../api/home-queries.ts';
import { useFollowing } from '../../hooks/use-following.ts';
import { strings } from '../../strings.ts';

const words = strings.context;

export function Suggestions({ onAsk }: { onAsk: (question: string) => void }) {
  const client = useQueryClient();
  const read = useFollowing()?.profiles.done;
  // Just after an import there are none yet: they come as what came in is read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the figure is the news
  useEffect(() => void client.invalidateQueries({ queryKey: topicsAtAGlanceQuery.queryKey }), [client, read]);
  const topics = useInfiniteQuery(topicsAtAGlanceQuery).data?.pages[0]?.items ?? [];
  return (
    <section className="starters">
      <h2>{words.startTitle}</h2>
      <p className="note">{words.startText}</p>
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
    </section>
  );
}
