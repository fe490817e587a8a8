/** Closing the door, leaving. */

import { Link } from '@tanstack/react-router';
import type { Me } from '@vivim/contract/account';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { sessionEnded } from '../../api/session.ts';
import { EraseAccount } from '../../components/identity/erase-account.tsx';
import { Confirm } from '../../components/kit/confirm.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Problem } from '../../components/kit/problem.tsx';
import { Skeleton } from '../../components/kit/skeleton.tsx';
import { dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';

const words = strings.account;

function Frozen({ until }: { until: string | null }) {
  return until === null ? null : <p className="warn">{words.frozen(dayAndTime(until))}</p>;
}

function Lock({ me }: { me: Me }) {
  const lock = useAccountAction(async () => {
    await api.lockAccount({});
    await sessionEnded();
  });
  return (
    <section className="form">
      <h2>{words.lock}</h2>
      <p>{words.lockText}</p>
      {me.access.recoveryKey ? (
        <Confirm
          label={words.lockAction}
          warning={words.lockWarning}
          confirm={words.lockConfirm}
          busy={lock.isPending}
          onConfirm={() => lock.mutate()}
        />
      ) : (
        <p className="warn">{words.lockNeedsPaper}</p>
      )}
      {lock.error !== null && <Problem error={lock.error} />}
    </section>
  );
}

function Erase({ me }: { me: Me }) {
  return (
    <section className="form">
      <h2>{words.delete}</h2>
      <p>
        {words.deleteText} <Link to="/identity/take-along">{words.exportFirst}</Link>
      </p>
      <Frozen until={me.frozenUntil} />
      <EraseAccount me={me} />
    </section>
  );
}

export function AccountPage(): ReactNode {
  const me = useMe();
  if (me === null) return <Skeleton />;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <Lock me={me} />
      <Erase me={me} />
    </>
  );
}
