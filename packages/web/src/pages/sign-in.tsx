/** The door: identities of this browser to choose from, other ways in, a new one to make, and honest words on what a key means. */
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sessionEndedKey } from '../api/query-client.ts';
import { IdentityCard } from '../components/identity/identity-card.tsx';
import { NewIdentityForm } from '../components/identity/new-identity-form.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { useNext } from '../hooks/use-next.ts';
import { keyObstacle, useSignIn } from '../hooks/use-sign-in.ts';
import { strings } from '../strings.ts';

function OtherWays({ busy, asking, onPasskey }: { busy: boolean; asking: boolean; onPasskey: () => void }) {
  const next = useNext();
  return (
    <section className="card form">
      <h2>{strings.signIn.otherWays}</h2>
      <button type="button" disabled={busy} onClick={onPasskey}>
        {asking ? strings.signIn.passkeyBusy : strings.signIn.passkey}
      </button>
      <ul className="plain">
        <li>
          <Link to="/join" search={next}>
            {strings.signIn.join}
          </Link>
        </li>
        <li>
          <Link to="/recover" search={next}>
            {strings.signIn.lost}
          </Link>
        </li>
      </ul>
    </section>
  );
}

export function SignInPage(): ReactNode {
  const { identities, busy, askingPasskey, error, enter, enterByPasskey, make, forget, register, locked } = useSignIn();
  const ended = useQuery({ queryKey: sessionEndedKey, queryFn: () => false, enabled: false }).data === true;
  const obstacle = keyObstacle();
  const known = identities.data ?? [];
  const page = useRouterState({ select: ({ location }) => location.pathname });
  const newcomer = identities.isFetched && known.length === 0 && page === '/';
  const others = <OtherWays busy={busy} asking={askingPasskey} onPasskey={enterByPasskey} />;
  // Which of its two faces the door has is known in a moment: it does not turn from one into the other.
  if (identities.isLoading) return <Skeleton />;
  return (
    <div className="door">
      <PageHeader
        title={newcomer ? strings.signIn.titleFirst : strings.signIn.title}
        lead={newcomer ? strings.signIn.leadFirst : strings.signIn.lead}
      />
      {ended && (
        <p className="card" role="status">
          {strings.signIn.ended}
        </p>
      )}
      {obstacle !== null && <Problem error={new Error(obstacle)} />}
      {error !== null && (
        <Problem error={error}>
          {register !== null && (
            <button type="button" onClick={register}>
              {strings.signIn.registerHere}
            </button>
          )}
          {locked && (
            <Link to="/unlock" className="button">
              {strings.signIn.unlock}
            </Link>
          )}
        </Problem>
      )}
      {known.length > 0 && (
        <section>
          <h2>{strings.signIn.choose}</h2>
          <ul className="identities">
            {known.map((identity) => (
              <IdentityCard
                key={identity.did}
                identity={identity}
                busy={busy}
                onSignIn={() => enter(identity)}
                onForget={() => forget(identity.did)}
              />
            ))}
          </ul>
        </section>
      )}
      {known.length > 0 && others}
      {obstacle === null && identities.isFetched && (
        <NewIdentityForm first={known.length === 0} busy={busy} onMake={make} />
      )}
      {known.length === 0 && others}
      <section className="about">
        <h2>{strings.signIn.about}</h2>
        <ul className="bullets">
          {strings.signIn.honest.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}
