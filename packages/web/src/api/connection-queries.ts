/** What the page of connections reads beside the queries of identity: the latest that AI applications asked for. */
import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/** As many as are shown. */
const latestRecords = 20;

/** Those of AI applications alone, however often their person asked here meanwhile. */
export const toldRecordsQuery = queryOptions({
  queryKey: ['account', 'told-records'],
  queryFn: async ({ signal }) => (await api.listAsked({ query: { limit: latestRecords, way: 'mcp' }, signal })).items,
});
