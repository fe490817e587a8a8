/** Says that the server is out of reach and how old what is shown is; and that a newer version of the pages is there. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { offlineKey } from '../../api/reach.ts';
import { dayAndTime } from '../../format.ts';
import { loadUpdate, onUpdate, updateWaits } from '../../installed.ts';
import { strings } from '../../strings.ts';
import { Notice } from '../kit/notice.tsx';

const { offline, update } = strings.frame;

export function ReachNotice() {
  const client = useQueryClient();
  const asOf = useQuery<string | null>({ queryKey: offlineKey, queryFn: () => null, enabled: false }).data ?? null;
  const waits = useSyncExternalStore(onUpdate, updateWaits);
  if (asOf !== null)
    return (
      <Notice tone="warn" title={offline.title} text={offline.asOf(dayAndTime(asOf))}>
        <button type="button" onClick={() => void client.invalidateQueries({ queryKey: ['me'], exact: true })}>
          {offline.again}
        </button>
      </Notice>
    );
  if (!waits) return null;
  return (
    <Notice tone="plain" title={update.title}>
      <button type="button" onClick={loadUpdate}>
        {update.reload}
      </button>
    </Notice>
  );
}
