/** Live capture: what to point a client at, the services behind it, and what was kept. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { upstreamsQuery } from '../../api/identity-queries.ts';
import { ModelServices } from '../../components/connections/model-services.tsx';
import { UpstreamCard } from '../../components/connections/upstream-card.tsx';
import { UpstreamForm } from '../../components/connections/upstream-form.tsx';
import { CopyButton } from '../../components/kit/copy-button.tsx';
import { Loading } from '../../components/kit/loading.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { ProblemPage } from '../../components/kit/problem-page.tsx';
import { dayAndTime } from '../../format.ts';
import { strings } from '../../strings.ts';

const words = strings.connections;

function Address({ label, address }: { label: string; address: string }) {
  return (
    <div className="field">
      <span>{label}</span>
      <div className="actions">
        <code className="secret">{address}</code>
        <CopyButton text={address} label={words.copy} />
      </div>
    </div>
  );
}

export function ConnectionsPage(): ReactNode {
  const list = useQuery(upstreamsQuery);
  if (list.error !== null) return <ProblemPage error={list.error} retry={() => void list.refetch()} />;
  if (list.data === undefined) return <Loading />;
  const { items, live } = list.data;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <section className="card form">
        <h2>{words.addresses}</h2>
        <p>{words.addressesText}</p>
        <Address label={words.openai} address={`${location.origin}/v1`} />
        <Address label={words.anthropic} address={location.origin} />
        <p>
          <Link to="/identity/tokens">{words.makeToken}</Link>
        </p>
      </section>
      <section>
        <h2>{words.list}</h2>
        {items.length === 0 ? (
          <p className="note">{words.none}</p>
        ) : (
          <ul className="stack">
            {items.map((upstream) => (
              <UpstreamCard key={upstream.name} upstream={upstream} />
            ))}
          </ul>
        )}
        <p className="note">{words.kept(live.recorded, live.partial)}</p>
        {live.missed > 0 && <p className="wrong">{words.missed(live.missed, dayAndTime(live.lastMissedAt))}</p>}
      </section>
      <UpstreamForm />
      <ModelServices />
    </>
  );
}
