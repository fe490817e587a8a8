/** The door: identities of this browser to choose from, a new one to make, and honest words on what a key means. */
import type { ReactNode } from 'react';
import { IdentityCard } from '../components/identity-card.tsx';
import { NewIdentityForm } from '../components/new-identity-form.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Problem } from '../components/problem.tsx';
import { keyObstacle, useSignIn } from '../hooks/use-sign-in.ts';
import { strings } from '../strings.ts';

export function SignInPage(): ReactNode {
  const { identities, busy, error, enter, make, forget, register } = useSignIn();
  const obstacle = keyObstacle();
  const known = identities.data ?? [];
  return (
    <div className="door">
      <PageHeader title={strings.signIn.title} lead={strings.signIn.lead} />
      {obstacle !== null && <Problem error={new Error(obstacle)} />}
      {error !== null && (
        <Problem error={error}>
          {register !== null && (
            <button type="button" onClick={register}>
              {strings.signIn.registerHere}
            </button>
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
      {obstacle === null && identities.isFetched && (
        <NewIdentityForm first={known.length === 0} busy={busy} onMake={make} />
      )}
      <section className="about">
        <h2>{strings.signIn.about}</h2>
        <p>{strings.signIn.honest}</p>
      </section>
    </div>
  );
}
