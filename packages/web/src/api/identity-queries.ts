/** What the pages of identity read, as query options. All under `account`, so that news of the account refreshes them at once. */
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import type { SealingKey } from '@vivim/contract/sealing';
import { api } from './client.ts';
import { listIdentities } from './identity-store.ts';
import { keptNameKey } from './name-key-store.ts';
import { meQuery } from './queries.ts';
import { placed, sixWords } from './recovery-words.ts';
import { settleBrowser } from './settle.ts';
import { withNames } from './space-key.ts';

/** What lies in this browser, whoever is signed in. */
export const identitiesQuery = queryOptions({
  queryKey: ['identities'],
  queryFn: listIdentities,
  retry: false,
  structuralSharing: false,
});

/** Runs once a session; what fails is tried again when the page comes to the front. */
export const settledQuery = (me: Me) =>
  queryOptions({
    queryKey: ['settled', me.session.id],
    queryFn: async ({ client }) => {
      const settled = await settleBrowser(me);
      if (settled.named) await readNamesAnew(client);
      return settled;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: 2,
    // Keys are no data to be compared.
    structuralSharing: false,
  });

/** Lists that were read, or are on their way, do not have the name this device was given just now. */
async function readNamesAnew(client: QueryClient): Promise<void> {
  for (const { queryKey } of [devicesQuery, sessionsQuery]) {
    // A first answer on its way is not asked for again unless it is called off.
    await client.cancelQueries({ queryKey });
    void client.invalidateQueries({ queryKey });
  }
}

/** Null where names stay sealed. */
async function nameKeyOf(client: QueryClient): Promise<SealingKey | null> {
  const me = await client.ensureQueryData(meQuery);
  if (me === null) return null;
  // Kept here since a session before, mostly: then nothing has to be asked for it.
  const kept = await keptNameKey(me.userId).catch(() => null);
  if (kept !== null) return kept;
  const settled = await client.ensureQueryData(settledQuery(me)).catch(() => null);
  return settled?.nameKey ?? null;
}

export const devicesQuery = queryOptions({
  queryKey: ['account', 'devices'],
  queryFn: async ({ client, signal }) => withNames((await api.listDevices({ signal })).items, await nameKeyOf(client)),
});

export const deviceRequestsQuery = queryOptions({
  queryKey: ['account', 'device-requests'],
  queryFn: async ({ signal }) => (await api.listDeviceRequests({ signal })).items,
  // They end by themselves after ten minutes.
  refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? 20_000 : false),
});

export const sessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: async ({ client, signal }) => withNames((await api.listSessions({ signal })).items, await nameKeyOf(client)),
});

export const upstreamsQuery = queryOptions({
  queryKey: ['account', 'upstreams'],
  queryFn: ({ signal }) => api.listUpstreams({ signal }),
});

export const modelServicesQuery = queryOptions({
  queryKey: ['account', 'model-services'],
  queryFn: ({ signal }) => api.listModelServices({ signal }),
  refetchInterval: ({ state }) => ((state.data?.embedder.waiting ?? 0) > 0 ? 5_000 : false),
});

export const modelCallsQuery = queryOptions({
  queryKey: ['account', 'model-calls'],
  queryFn: async ({ signal }) => (await api.listModelCalls({ query: { limit: 50 }, signal })).items,
});

export const passkeysQuery = queryOptions({
  queryKey: ['account', 'passkeys'],
  queryFn: async ({ client, signal }) => withNames((await api.listPasskeys({ signal })).items, await nameKeyOf(client)),
});

export const keysQuery = queryOptions({
  queryKey: ['account', 'keys'],
  queryFn: async ({ signal }) => (await api.listKeys({ signal })).items,
});

export const keyLogQuery = queryOptions({
  queryKey: ['account', 'key-log'],
  queryFn: ({ signal }) => api.getKeyLog({ signal }),
});

export const recoveryQuery = queryOptions({
  queryKey: ['account', 'recovery'],
  queryFn: ({ signal }) => api.getRecovery({ signal }),
});

/** Friends are told of nothing: their log is theirs. So this one asks. */
export const guardianRequestsQuery = queryOptions({
  queryKey: ['account', 'guardian-requests'],
  queryFn: async ({ signal }) => (await api.listGuardianRequests({ signal })).items,
  refetchInterval: 60_000,
});

export const historyQuery = infiniteQueryOptions({
  queryKey: ['account', 'history'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    api.listAccountEvents({ query: { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal }),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const consentQuery = (uid: string) =>
  queryOptions({
    queryKey: ['consent', uid],
    queryFn: ({ signal }) => api.getConsentRequest({ params: { uid }, signal }),
    // The answer is given once; a second look would find nothing.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

export const erasureQuery = (receipt: string) =>
  queryOptions({
    queryKey: ['erasure', receipt],
    queryFn: ({ signal }) => api.getErasure({ params: { receipt }, signal }),
  });

/** @param subject what both sides hold */
export const sixWordsQuery = (subject: object) =>
  queryOptions({
    queryKey: ['six-words', subject],
    queryFn: async () => placed(await sixWords(subject)),
    staleTime: Number.POSITIVE_INFINITY,
  });
