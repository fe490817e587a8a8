/** When one talked: by day. */
import { Activity, ActivityQuery } from '../activity.ts';
import { engine, type Route } from './route.ts';

export const activityRoutes = {
  getActivity: {
    ...engine,
    path: '/v1/activity',
    tag: 'space',
    summary: 'How many messages were said on each day of the last weeks, in your time zone',
    query: ActivityQuery,
    answer: Activity,
  },
} as const satisfies Record<string, Route>;
