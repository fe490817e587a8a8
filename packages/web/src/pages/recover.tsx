/** Getting back in without a device: with the words on paper or through guardians, after a wait in which the owner can say no. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { identitiesQuery } from '../api/identity-queries.ts';
import { RecoverForm } from '../components/identity/recover-form.tsx';
import { RecoverWaiting } from '../components/identity/recover-waiting.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { useMe } from '../hooks/use-me.ts';
import { keyObstacle } from '../hooks/use-sign-in.ts';
import { strings } from '../strings.ts';

export function RecoverPage(): ReactNode {
  const client = useQueryClient();
  const me = useMe();
  const [account, setAccount] = useState('');
  const identities = useQuery(identitiesQuery);
  const again = () => void client.invalidateQueries({ queryKey: identitiesQuery.queryKey });
  const obstacle = keyObstacle();
  const asking = identities.data?.find(({ waiting }) => waiting?.kind === 'recovery');
  const over = () => {
    setAccount(asking?.account ?? '');
    again();
  };
  const form = obstacle === null && identities.isFetched && (
    <RecoverForm key={account} account={account} onAsked={again} />
  );
  return (
    <div className="door">
      <PageHeader title={strings.recover.title} lead={strings.recover.lead} />
      {obstacle !== null && <Problem error={new Error(obstacle)} />}
      {asking?.waiting?.kind === 'recovery' ? (
        <RecoverWaiting key={asking.did} identity={asking} waiting={asking.waiting} onOver={over} />
      ) : me !== null ? (
        <p className="card">{strings.recover.already}</p>
      ) : (
        form
      )}
    </div>
  );
}
