/** Session logs as they grow, and the watchers that send them. */
import { Grown, GrowQuery, WatchedFile, WatchedParams } from '../watched.ts';
import { TellWatcher, Watcher, WatcherList, WatcherParams } from '../watchers.ts';
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
  listWatchers: {
    ...engine,
    path: '/v1/watchers',
    tag: 'watched',
    summary: 'Which folders of which machines are watched, and when they were last heard of',
    answer: WatcherList,
  },
  tellWatcher: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'PUT',
    path: '/v1/watchers/{machine}',
    tag: 'watched',
    summary: 'Tell of the round of a watcher: its folders as they stand, or that it ends',
    params: WatcherParams,
    body: TellWatcher,
    answer: Watcher,
    errors: ['quota_exceeded'],
  },
  forgetWatcher: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'DELETE',
    path: '/v1/watchers/{machine}',
    tag: 'watched',
    summary: 'Forget a watcher; one that still runs tells of itself again',
    params: WatcherParams,
    answer: Watcher,
  },
} as const satisfies Record<string, Route>;
