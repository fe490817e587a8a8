/** Who is signed in, how large the space is, and how strong its walls are, said as they are. */

import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { healthQuery, meQuery, spaceQuery } from '../../api/queries.ts';
import { signOut } from '../../api/session.ts';
import { CopyButton } from '../../components/kit/copy-button.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Problem } from '../../components/kit/problem.tsx';
import { Skeleton } from '../../components/kit/skeleton.tsx';
import { bytes, day, dayAndTime } from '../../format.ts';
import { strings } from '../../strings.ts';

function Space() {
  const { data } = useQuery(spaceQuery);
  if (data === undefined) return null;
  return (
    <section>
      <h2>{strings.identity.space}</h2>
      <dl className="facts">
        <dt>{strings.identity.size}</dt>
        <dd>{strings.identity.sizeOf(bytes(data.bytes.database), bytes(data.bytes.quota))}</dd>
        <dt>{strings.identity.encryption}</dt>
        <dd lang="en">{data.encryption}</dd>
      </dl>
      <p>
        <Link to="/identity/space">{strings.you.toSpace}</Link>
      </p>
    </section>
  );
}

function Server() {
  const { data } = useQuery(healthQuery);
  if (data === undefined) return null;
  return (
    <section>
      <h2>{strings.identity.server}</h2>
      <dl className="facts">
        <dt>{strings.identity.version}</dt>
        <dd>{data.version}</dd>
        <dt>{strings.identity.walls}</dt>
        <dd>
          {strings.identity.modes[data.engines.mode]}, {strings.identity.jails[data.engines.jail]}
        </dd>
      </dl>
    </section>
  );
}

export function OverviewPage(): ReactNode {
  const { data: me } = useQuery(meQuery);
  const leave = useMutation({ mutationFn: signOut });
  if (!me) return <Skeleton />;
  return (
    <>
      <PageHeader title={strings.identity.title} />
      <dl className="facts">
        {me.dids.map((did) => (
          <div key={did} className="did">
            <dt>{strings.identity.did}</dt>
            <dd>
              <code>{did}</code> <CopyButton text={did} />
            </dd>
          </div>
        ))}
        <div className="did">
          <dt>{strings.identity.accountId}</dt>
          <dd>
            <code>{me.userId}</code> <CopyButton text={me.userId} />
          </dd>
        </div>
        <dt>{strings.identity.since}</dt>
        <dd>{day(me.createdAt)}</dd>
        <dt>{strings.identity.session}</dt>
        <dd>{dayAndTime(me.session.expiresAt)}</dd>
      </dl>
      <p className="note">
        {strings.you.didText} <Link to="/identity/access">{strings.you.toKeys}</Link>
      </p>
      <p className="note">{strings.identity.keyNote}</p>
      {leave.error !== null && <Problem error={leave.error} />}
      <button type="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
        {leave.isPending ? strings.identity.signingOut : strings.identity.signOut}
      </button>
      <Space />
      <Server />
      <section>
        <h2>{strings.you.forPrograms}</h2>
        <p className="actions">
          <Link to="/docs">{strings.you.toReference}</Link>
          <Link to="/identity/tokens">{strings.you.toTokens}</Link>
        </p>
      </section>
    </>
  );
}
