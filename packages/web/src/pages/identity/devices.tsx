/** The devices of a person: those that ask, those that are in, and how another one comes in. */
import { usePrefetchQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { type ReactNode, useState } from 'react';
import { devicesQuery, keysQuery, settledQuery } from '../../api/identity-queries.ts';
import { AddDevice } from '../../components/identity/add-device.tsx';
import { DeviceCard } from '../../components/identity/device-card.tsx';
import { DeviceRequests } from '../../components/identity/device-requests.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Problem } from '../../components/kit/problem.tsx';
import { Skeleton } from '../../components/kit/skeleton.tsx';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useMe, useSettled } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';

const words = strings.devices;

/** Names are sealed in this browser: a passkey may open them. */
function Sealed({ me }: { me: Me }) {
  const client = useQueryClient();
  const [nothing, setNothing] = useState(false);
  const open = useAccountAction(async () => {
    const { openNamesByPasskey } = await import('../../api/passkey-names.ts');
    setNothing(!(await openNamesByPasskey(me.userId)));
    await client.invalidateQueries({ queryKey: settledQuery(me).queryKey });
  });
  return (
    <div className="card form">
      <p>{words.sealed}</p>
      {me.access.passkeys > 0 && (
        <button type="button" disabled={open.isPending} onClick={() => open.mutate()}>
          {words.openWithPasskey}
        </button>
      )}
      <p role="status" className="note">
        {nothing ? words.passkeyOpensNothing : ''}
      </p>
      {open.error !== null && <Problem error={open.error} />}
    </div>
  );
}

function List({ me }: { me: Me }) {
  const devices = useQuery(devicesQuery);
  const keys = useQuery(keysQuery);
  const settled = useSettled(me);
  if (devices.error !== null) return <Problem error={devices.error} retry={() => void devices.refetch()} />;
  // Which key outranks which decides what a card offers: a card that changed under the finger lost the press.
  if (devices.data === undefined || keys.isPending) return <Skeleton />;
  const priorityOf = (kid: string | null) => keys.data?.find((key) => key.kid === kid)?.priority;
  // Without a key of its own a browser has a passkey to sign with.
  const own = priorityOf(devices.data.find(({ current }) => current)?.authKid ?? null) ?? keyPriority.added;
  return (
    <>
      {settled?.nameKey === null && <Sealed me={me} />}
      <ul className="stack">
        {devices.data.map((device) => (
          <DeviceCard
            key={device.id}
            device={device}
            letInBy={devices.data.find(({ id }) => id === device.approvedBy)?.name ?? null}
            nameKey={settled?.nameKey ?? null}
            stronger={(priorityOf(device.authKid) ?? own) < own}
            paper={me.access.recoveryKey}
          />
        ))}
      </ul>
    </>
  );
}

export function DevicesPage(): ReactNode {
  const me = useMe();
  // Beside the question who is there, and not after it.
  usePrefetchQuery(devicesQuery);
  usePrefetchQuery(keysQuery);
  if (me === null) return <Skeleton />;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <DeviceRequests />
      <List me={me} />
      <section>
        <h2>{words.add}</h2>
        <AddDevice />
      </section>
    </>
  );
}
