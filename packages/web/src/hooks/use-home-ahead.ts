/**
 * What the start page shows besides its figures, asked for with them and not after them. Keys and calls are those of what shows it.
 * Nothing of it is shown before each was answered once: a list that comes later would push away what already stands there.
 */
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import {
  activityQuery,
  latestAtAGlanceQuery,
  peopleAtAGlanceQuery,
  risingAtAGlanceQuery,
  topicsAtAGlanceQuery,
  wasAskedQuery,
} from '../api/home-queries.ts';
import { conflictsQuery, dueMemoriesQuery } from '../api/memory-queries.ts';
import { importsQuery, meQuery, projectsQuery } from '../api/queries.ts';

/** @returns whether each was answered, or refused: what is tried again comes late, and nothing waits for it */
export function useHomeAhead(): boolean {
  const whole = useQueries({
    queries: [
      meQuery,
      activityQuery,
      latestAtAGlanceQuery,
      wasAskedQuery(),
      wasAskedQuery('mcp'),
      conflictsQuery,
      dueMemoriesQuery,
      projectsQuery,
    ],
  });
  const first = [
    useInfiniteQuery(importsQuery),
    useInfiniteQuery(topicsAtAGlanceQuery),
    useInfiniteQuery(risingAtAGlanceQuery),
    useInfiniteQuery(peopleAtAGlanceQuery),
  ];
  return [...whole, ...first].every(({ isPending, failureCount }) => !isPending || failureCount > 0);
}
