/** Who is signed in, and the key that reads their names. Null where nobody is, or where names stay sealed. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import type { SealingKey } from '@vivim/contract/sealing';
import { settledQuery } from '../api/identity-queries.ts';
import { meQuery } from '../api/queries.ts';
import type { Settled } from '../api/settle.ts';

export const useMe = (): Me | null => useQuery(meQuery).data ?? null;

/** @param me of the page that asks */
export function useSettled(me: Me): Settled | null {
  return useQuery(settledQuery(me)).data ?? null;
}

/** For what gives a name: waits until this browser has what it needs, so that a quick hand loses none. */
export function useNameKey(me: Me): () => Promise<SealingKey | null> {
  const client = useQueryClient();
  return async () => (await client.ensureQueryData(settledQuery(me)).catch(() => null))?.nameKey ?? null;
}
