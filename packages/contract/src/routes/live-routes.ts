/** Upstreams. The interfaces themselves (`/v1/chat/completions` and so on) are the services' own and stand in no table of ours. */
import { z } from 'zod';
import { PutUpstream, Upstream, UpstreamList, UpstreamName, UpstreamTest } from '../live.ts';
import { engine, gateway, type Route } from './route.ts';

const named = z.strictObject({ name: UpstreamName });
/** Where a person's words and keys go is decided by themselves, and by no token. */
const own = { ...engine, scope: 'account:manage', write: true, freezes: true, tag: 'upstreams' } as const;

export const liveRoutes = {
  listUpstreams: {
    ...engine,
    scope: 'account:read',
    path: '/v1/upstreams',
    tag: 'upstreams',
    summary: 'The services your conversations can go through, and what of them was kept',
    answer: UpstreamList,
  },
  putUpstream: {
    ...own,
    method: 'PUT',
    path: '/v1/upstreams/{name}',
    summary: 'Add a service, or change one; its key is never shown again',
    params: named,
    body: PutUpstream,
    answer: Upstream,
    errors: ['quota_exceeded'],
  },
  deleteUpstream: {
    ...own,
    method: 'DELETE',
    path: '/v1/upstreams/{name}',
    summary: 'Forget a service and its key',
    params: named,
    answer: Upstream,
  },
  testUpstream: {
    ...gateway,
    scope: 'account:manage',
    method: 'POST',
    path: '/v1/upstreams/{name}/test',
    tag: 'upstreams',
    summary: 'Ask a service for its models, with the key that is set',
    params: named,
    answer: UpstreamTest,
    errors: ['upstream_unknown', 'engine_unavailable', 'rate_limited'],
  },
} as const satisfies Record<string, Route>;
