/** Sealing the space: what it means, what is lost without the keys that open it, and the way back. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Me } from '@vivim/contract/account';
import type { SpaceSeal } from '@vivim/contract/sealed-space';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { lockNow, sealQuery, unsealBy } from '../../api/seal-queries.ts';
import { unlockSpace } from '../../api/unlock-space.ts';
import { number } from '../../count.ts';
import { day } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';
import { OpenSpace } from './open-space.tsx';

const words = strings.sealed;

function Openers({ openers }: Pick<SpaceSeal, 'openers'>) {
  const kinds = ['device', 'passkey', 'recovery-key'] as const;
  const found = kinds.map((by) => [by, openers.filter((one) => one.by === by).length] as const);
  return (
    <>
      <p className="note">{words.openersLabel}</p>
      <ul className="chips">
        {found.map(
          ([by, n]) =>
            n > 0 && (
              <li key={by} className="chip">
                {words.opener[by](n)}
              </li>
            ),
        )}
      </ul>
    </>
  );
}

function Open({ seal, frozen }: { seal: SpaceSeal; frozen: boolean }) {
  const make = useAccountAction(() => api.sealSpace({}));
  return (
    <>
      <p>{words.text}</p>
      {words.means.map((line) => (
        <p key={line} className="note">
          {line}
        </p>
      ))}
      <p className="warn">{words.lost}</p>
      {seal.sealable ? (
        <Confirm
          label={words.seal}
          warning={words.sealWarning(seal.openers.map(({ by }) => by))}
          confirm={words.sealConfirm}
          busy={make.isPending}
          disabled={frozen}
          onConfirm={() => make.mutate()}
        />
      ) : (
        <p className="warn">
          {words.needsTwo} <Link to="/identity/access">{words.toAccess}</Link>
        </p>
      )}
      {make.error !== null && <Problem error={make.error} />}
    </>
  );
}

function Sealed({ seal, frozen }: { seal: SpaceSeal; frozen: boolean }) {
  const lock = useAccountAction(lockNow);
  return (
    <>
      <p role="status">
        {seal.state === 'unlocked' ? words.unlocked(number(seal.idleMinutes)) : words.locked}{' '}
        {seal.sealedAt !== null && words.since(day(seal.sealedAt))}
      </p>
      {seal.state === 'unlocked' ? (
        <button type="button" disabled={lock.isPending} onClick={() => lock.mutate()}>
          {words.lock}
        </button>
      ) : (
        <OpenSpace label={words.unlock} act={unlockSpace} />
      )}
      {lock.error !== null && <Problem error={lock.error} />}
      <details>
        <summary>{words.unsealTitle}</summary>
        <p>{words.unsealText}</p>
        {frozen ? <p className="warn">{words.frozen}</p> : <OpenSpace label={words.unseal} act={unsealBy} />}
      </details>
    </>
  );
}

export function SealedSpace({ me }: { me: Me }): ReactNode {
  const seal = useQuery(sealQuery);
  const frozen = me.frozenUntil !== null;
  return (
    <section className="form">
      <h2>{words.title}</h2>
      {seal.error !== null && <Problem error={seal.error} retry={() => void seal.refetch()} />}
      {seal.data !== undefined && (
        <>
          <Openers openers={seal.data.openers} />
          {seal.data.state === 'open' ? (
            <Open seal={seal.data} frozen={frozen} />
          ) : (
            <Sealed seal={seal.data} frozen={frozen} />
          )}
        </>
      )}
    </section>
  );
}
