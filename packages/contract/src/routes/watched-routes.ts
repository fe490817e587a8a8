/** Session logs as they grow. */
import { Grown, GrowQuery, WatchedFile, WatchedParams } from '../watched.ts';
import { engine, type Route } from './route.ts';

export const watchedRoutes = {
  getWatchedFile: {
    ...engine,
    path: '/v1/watched/{key}',
    tag: 'watched',
    summary: 'How much of a session log is in',
    params: WatchedParams,
    answer: WatchedFile,
  },
  growWatchedFile: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'POST',
    path: '/v1/watched/{key}',
    tag: 'watched',
    summary: 'Bring in what is new of a session log: whole lines, from where it ended',
    params: WatchedParams,
    query: GrowQuery,
    body: 'bytes',
    answer: Grown,
    errors: ['version_conflict', 'import_too_large', 'import_incomplete', 'import_format_unknown', 'quota_exceeded'],
  },
} as const satisfies Record<string, Route>;
