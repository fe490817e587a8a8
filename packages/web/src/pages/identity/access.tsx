/** What opens the account and what brings its owner back: passkeys, the key on paper, guardians, and every key there is. */
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import type { ReactNode } from 'react';
import { devicesQuery, keyLogQuery, keysQuery, passkeysQuery } from '../../api/identity-queries.ts';
import { GuardianSettings } from '../../components/identity/guardian-settings.tsx';
import { KeyTable } from '../../components/identity/key-table.tsx';
import { PasskeyForm } from '../../components/identity/passkey-form.tsx';
import { PasskeyList } from '../../components/identity/passkey-list.tsx';
import { RecoveryKeySettings } from '../../components/identity/recovery-key-settings.tsx';
import { TrustRequests } from '../../components/identity/trust-requests.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Skeleton } from '../../components/kit/skeleton.tsx';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';

const words = strings.access;

function Ways({ access }: Pick<Me, 'access'>) {
  const ways = [
    words.way.devices(access.devices),
    access.passkeys > 0 && words.way.passkeys(access.passkeys),
    access.recoveryKey && words.way.paper,
    access.guardians && words.way.guardians,
  ].filter((way) => way !== false);
  return (
    <section>
      <h2>{words.ways}</h2>
      <ul className="chips">
        {ways.map((way) => (
          <li key={way} className="chip">
            {way}
          </li>
        ))}
      </ul>
      <p className={access.safe ? 'note' : 'warn'}>{access.safe ? words.safe : words.unsafe}</p>
    </section>
  );
}

export function AccessPage(): ReactNode {
  const me = useMe();
  const keys = useQuery(keysQuery);
  // Beside the question who is there, and not after it.
  usePrefetchQuery(passkeysQuery);
  usePrefetchQuery(keyLogQuery);
  usePrefetchQuery(devicesQuery);
  if (me === null) return <Skeleton />;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <Ways access={me.access} />
      <TrustRequests me={me} />
      <section>
        <h2>{words.passkeys}</h2>
        <PasskeyList />
        <PasskeyForm />
      </section>
      <RecoveryKeySettings keys={keys.data ?? []} />
      <GuardianSettings me={me} />
      <section>
        <h2>{words.keys}</h2>
        <p className="note">{words.keysLead}</p>
        <KeyTable keys={keys.data ?? []} />
      </section>
    </>
  );
}
