/** Taking everything along, closing the door, leaving. */
import type { Me } from '@vivim/contract/account';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { startExport } from '../../api/export.ts';
import { sessionEnded } from '../../api/session.ts';
import { Confirm } from '../../components/confirm.tsx';
import { EraseAccount } from '../../components/erase-account.tsx';
import { Loading } from '../../components/loading.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Problem } from '../../components/problem.tsx';
import { SealedSpace } from '../../components/sealed-space.tsx';
import { dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';

const words = strings.account;

function Frozen({ until }: { until: string | null }) {
  return until === null ? null : <p className="warn">{words.frozen(dayAndTime(until))}</p>;
}

function Export({ me }: { me: Me }) {
  const start = useAccountAction(startExport);
  return (
    <section className="form">
      <h2>{words.export}</h2>
      <p>{words.exportText}</p>
      <Frozen until={me.frozenUntil} />
      {start.error !== null && <Problem error={start.error} />}
      <button type="button" disabled={start.isPending || me.frozenUntil !== null} onClick={() => start.mutate()}>
        {start.isPending ? words.exporting : words.exportAction}
      </button>
    </section>
  );
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
      <p>{words.deleteText}</p>
      <Frozen until={me.frozenUntil} />
      <EraseAccount me={me} />
    </section>
  );
}

export function AccountPage(): ReactNode {
  const me = useMe();
  if (me === null) return <Loading />;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <Export me={me} />
      <SealedSpace me={me} />
      <Lock me={me} />
      <Erase me={me} />
    </>
  );
}
