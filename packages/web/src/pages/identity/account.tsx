/** Taking everything along, closing the door, leaving. */
import type { Me } from '@vivim/contract/account';
import type { ExportFormat } from '@vivim/contract/space-export';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/client.ts';
import { startExport } from '../../api/export.ts';
import { sessionEnded } from '../../api/session.ts';
import { EraseAccount } from '../../components/identity/erase-account.tsx';
import { SealedSpace } from '../../components/identity/sealed-space.tsx';
import { Confirm } from '../../components/kit/confirm.tsx';
import { Loading } from '../../components/kit/loading.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Problem } from '../../components/kit/problem.tsx';
import { dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';

const words = strings.account;

function Frozen({ until }: { until: string | null }) {
  return until === null ? null : <p className="warn">{words.frozen(dayAndTime(until))}</p>;
}

/** What another server takes in comes first. */
const formats = ['json', 'sqlite', 'markdown'] as const satisfies readonly ExportFormat[];

function Export({ me }: { me: Me }) {
  const [format, setFormat] = useState<ExportFormat>('json');
  const start = useAccountAction(() => startExport(format));
  return (
    <section className="form">
      <h2>{words.export}</h2>
      <p>{words.exportText}</p>
      <fieldset className="choices">
        <legend>{words.exportFormat}</legend>
        {formats.map((one) => (
          <label key={one}>
            <input type="radio" name="format" value={one} checked={one === format} onChange={() => setFormat(one)} />
            <span>
              {words.exportFormats[one].name} <small>{words.exportFormats[one].text}</small>
            </span>
          </label>
        ))}
      </fieldset>
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
