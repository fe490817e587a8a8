/** What the page of connections reads beside the queries of identity: the latest contexts, by whoever asked for them. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/** As many as are shown, and counted. */
export const latestRecords = 50;

export const latestRecordsQuery = queryOptions({
  queryKey: ['account', 'latest-records'],
  queryFn: async ({ signal }) => (await api.listAssemblies({ query: { limit: latestRecords }, signal })).items,
});

/** Those of AI applications alone, however often their person asked here meanwhile. */
export const toldRecordsQuery = queryOptions({
  queryKey: ['account', 'told-records'],
  queryFn: async ({ signal }) =>
    (await api.listAssemblies({ query: { limit: latestRecords, way: 'mcp' }, signal })).items,
});
