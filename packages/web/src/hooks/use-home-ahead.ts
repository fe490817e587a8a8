/** What the start page shows besides its figures, asked for with them and not after them. Keys and calls are those of what shows it. */
import { usePrefetchInfiniteQuery, usePrefetchQuery } from '@tanstack/react-query';
import {
  activityQuery,
  latestAtAGlanceQuery,
  peopleAtAGlanceQuery,
  topicsAtAGlanceQuery,
  wasAskedQuery,
} from '../api/home-queries.ts';
import { conflictsQuery, dueMemoriesQuery } from '../api/memory-queries.ts';
import { importsQuery, projectsQuery } from '../api/queries.ts';

export function useHomeAhead(): void {
  usePrefetchQuery(activityQuery);
  usePrefetchQuery(latestAtAGlanceQuery);
  usePrefetchQuery(wasAskedQuery());
  usePrefetchQuery(wasAskedQuery('mcp'));
  usePrefetchQuery(conflictsQuery);
  usePrefetchQuery(dueMemoriesQuery);
  usePrefetchQuery(projectsQuery);
  usePrefetchInfiniteQuery(importsQuery);
  usePrefetchInfiniteQuery(topicsAtAGlanceQuery);
  usePrefetchInfiniteQuery(peopleAtAGlanceQuery);
}
