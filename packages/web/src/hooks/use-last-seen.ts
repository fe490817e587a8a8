/** Keeps what is read for when the server is out of reach, while this browser may: its own device, and no sealed space. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import { useEffect } from 'react';
import { settledQuery } from '../api/identity-queries.ts';
import { forgetLastSeen, keepLastSeen } from '../api/last-seen.ts';
import { newestErasureQuery } from '../api/queries.ts';
import { offlineKey } from '../api/reach.ts';
import { sealQuery } from '../api/seal-queries.ts';

export function useLastSeen(me: Me): void {
  const client = useQueryClient();
  const device = useQuery(settledQuery(me)).data?.device;
  const seal = useQuery(sealQuery).data?.state;
  const offline = useQuery({ queryKey: offlineKey, queryFn: () => null, enabled: false }).data ?? null;
  // Unknown is neither: nothing is kept, and nothing that was is thrown away.
  const may = device === undefined || seal === undefined ? null : device && seal === 'open';
  const erasure = useQuery({ ...newestErasureQuery, enabled: may === true }).data;
  useEffect(() => {
    if (may === null || offline !== null) return;
    if (may && erasure === undefined) return;
    void (may && erasure !== undefined ? keepLastSeen(client, me, erasure) : forgetLastSeen()).catch(() => undefined);
  }, [client, me, may, offline, erasure]);
}
