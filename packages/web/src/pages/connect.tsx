/** An application asks to be let in. Says plainly what is known of it, which is where the answer goes, and what it may do. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { AppError } from '@vivim/contract/errors';
import type { GrantableScope } from '@vivim/contract/identity';
import type { ConsentRequest } from '@vivim/contract/oauth';
import { oauthDays } from '@vivim/contract/oauth-days';
import { type ReactNode, useState } from 'react';
import { api } from '../api/client.ts';
import { consentQuery } from '../api/identity-queries.ts';
import { ScopeChoices } from '../components/connections/scope-choices.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { strings } from '../strings.ts';

const words = strings.connect;

function Client({ client, resource }: Pick<ConsentRequest, 'client' | 'resource'>) {
  return (
    <section className="card form">
      <p className="connect-asks" dir="auto">
        {words.asks(client.name)}
      </p>
      <p className="note">{words.nobodyChecked}</p>
      <dl className="facts stacked">
        <dt>{words.answerGoes}</dt>
        <dd className="redirect-host">{client.redirectHost}</dd>
        {client.uri !== null && (
          <>
            <dt>{words.homepage}</dt>
            <dd>
              <code>{client.uri}</code>
            </dd>
          </>
        )}
        <dt>{words.resource}</dt>
        <dd>
          <code>{resource}</code>
        </dd>
      </dl>
      {client.loopback && (
        <p className="warn" role="alert">
          {words.loopback}
        </p>
      )}
    </section>
  );
}

function Question({ request }: { request: ConsentRequest }) {
  const [scopes, setScopes] = useState<readonly GrantableScope[]>(request.scopes);
  const answer = useMutation({
    mutationFn: async (decision: 'allow' | 'deny') => {
      const body = decision === 'allow' ? { decision, scopes: [...scopes] } : { decision };
      const { redirectTo } = await api.answerConsentRequest({ params: { uid: request.uid }, body });
      location.assign(redirectTo);
    },
  });
  const busy = answer.isPending || answer.isSuccess;
  return (
    <>
      <Client client={request.client} resource={request.resource} />
      <ScopeChoices
        legend={words.scopes}
        help={words.scopesHelp}
        means={words.means}
        all={request.scopes}
        chosen={scopes}
        onChosen={setScopes}
      />
      <dl className="facts stacked">
        <dt>{words.howLong}</dt>
        <dd>{words.howLongText(oauthDays.absolute, oauthDays.idle)}</dd>
        <dt>{words.takeBack}</dt>
        <dd>{words.takeBackText}</dd>
        <dt>{words.never}</dt>
        <dd>{words.neverText}</dd>
      </dl>
      {answer.error !== null && <Problem error={answer.error} />}
      <p role="status" className="note">
        {answer.isSuccess ? words.leaving : scopes.length === 0 ? words.noScopes : ''}
      </p>
      <div className="actions">
        <button
          type="button"
          className="primary"
          disabled={busy || scopes.length === 0}
          onClick={() => answer.mutate('allow')}
        >
          {words.allow}
        </button>
        <button type="button" disabled={busy} onClick={() => answer.mutate('deny')}>
          {words.deny}
        </button>
      </div>
    </>
  );
}

export function ConnectPage(): ReactNode {
  const { uid } = useParams({ from: '/connect/$uid' });
  const request = useQuery(consentQuery(uid));
  const gone = request.error instanceof AppError && request.error.code === 'not_found';
  return (
    <div className="door">
      <PageHeader title={words.title} />
      {gone && <p className="card">{words.gone}</p>}
      {request.error !== null && !gone && <Problem error={request.error} retry={() => void request.refetch()} />}
      {request.isPending && <Skeleton />}
      {request.data !== undefined && <Question request={request.data} />}
    </div>
  );
}
