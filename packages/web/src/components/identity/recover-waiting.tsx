/** A recovery under way: how far it is, what guardians compare, and the last step once its time has come. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { AppError } from '@vivim/contract/errors';
import type { RecoveryState } from '@vivim/contract/recovery';
import { useState } from 'react';
import { type BrowserIdentity, forgetIdentity, type Waiting } from '../../api/identity-store.ts';
import { claimOfRecovery, finishRecovery, recoveryState } from '../../api/recover.ts';
import { sessionChanged } from '../../api/session.ts';
import { signIn } from '../../api/sign-in.ts';
import { number } from '../../count.ts';
import { dayAndTime } from '../../format.ts';
import { useGoOn } from '../../hooks/use-next.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { SixWords } from './six-words.tsx';

const words = strings.recover;
const askMs = 5_000;
/** While it is none of the others, it can still be stopped by whoever owns the account. */
const underWay: readonly RecoveryState['state'][] = ['waiting', 'pending', 'ready'];

interface Props {
  identity: BrowserIdentity;
  waiting: Extract<Waiting, { kind: 'recovery' }>;
  onOver: () => void;
}

function Facts({ state }: { state: RecoveryState }) {
  return (
    <dl className="facts" aria-live="polite">
      <dt>{words.state}</dt>
      <dd>{words.states[state.state]}</dd>
      {state.method === 'guardians' && (
        <>
          <dt>{strings.access.guardians}</dt>
          <dd>{words.vouchers(number(state.approvals), number(state.threshold))}</dd>
        </>
      )}
      {state.notBefore !== null && (
        <>
          <dt>{words.notBefore}</dt>
          <dd>{dayAndTime(state.notBefore)}</dd>
        </>
      )}
    </dl>
  );
}

/** Signs in with the key that is in. */
function useEnter(identity: BrowserIdentity): () => Promise<void> {
  const goOn = useGoOn();
  return async () => {
    await signIn(identity, 'login');
    await sessionChanged();
    goOn();
  };
}

/** It was finished, and the answer lost on the way. */
function Done({ identity }: { identity: BrowserIdentity }) {
  const enter = useMutation({ mutationFn: useEnter(identity) });
  return (
    <section className="card form">
      <p role="status">{words.done}</p>
      {enter.error !== null && <Problem error={enter.error} />}
      <button type="button" className="primary" disabled={enter.isPending} onClick={() => enter.mutate()}>
        {strings.signIn.signIn}
      </button>
    </section>
  );
}

function Finish({ identity, state }: { identity: BrowserIdentity; state: RecoveryState }) {
  const enter = useEnter(identity);
  const [revokeOthers, setRevokeOthers] = useState(true);
  const finish = useMutation({
    mutationFn: async () => {
      await finishRecovery(identity, state, revokeOthers);
      await enter();
    },
  });
  return (
    <div className="form">
      <p>{words.readyText}</p>
      <label className="choice">
        <input type="checkbox" checked={revokeOthers} onChange={(event) => setRevokeOthers(event.target.checked)} />
        <span>
          {words.shutOut}
          <small>{words.shutOutHelp}</small>
        </span>
      </label>
      {finish.error !== null && <Problem error={finish.error} />}
      <button type="button" className="primary" disabled={finish.isPending} onClick={() => finish.mutate()}>
        {finish.isPending ? words.finishing : words.finish}
      </button>
    </div>
  );
}

function Over({ text, onAgain }: { text: string; onAgain: () => void }) {
  return (
    <section className="card form" role="alert">
      <p>{text}</p>
      <button type="button" className="primary" onClick={onAgain}>
        {words.startOver}
      </button>
    </section>
  );
}

export function RecoverWaiting({ identity, waiting, onOver }: Props) {
  const { requestId, challengeId } = waiting;
  const query = useQuery({
    queryKey: ['recovery', requestId],
    queryFn: () => recoveryState(requestId),
    refetchInterval: ({ state }) => (state.data === undefined || underWay.includes(state.data.state) ? askMs : false),
    retry: false,
  });
  const stop = useMutation({ mutationFn: () => forgetIdentity(identity.did), onSuccess: onOver });
  const gone = query.error instanceof AppError && query.error.code === 'not_found';
  const state = query.data;
  if (state?.state === 'vetoed') return <Over text={words.vetoed} onAgain={() => stop.mutate()} />;
  if (state?.state === 'done') return <Done identity={identity} />;
  if (gone || state?.state === 'expired') return <Over text={words.gone} onAgain={() => stop.mutate()} />;
  if (state === undefined) return query.error === null ? <Skeleton /> : <Problem error={query.error} />;
  return (
    <>
      <section className="card form">
        <h2>{words.askedAlready}</h2>
        <Facts state={state} />
        {state.state === 'waiting' && (
          <>
            <SixWords subject={claimOfRecovery(identity, challengeId)} />
            <p>{words.guardianText}</p>
          </>
        )}
        {state.state === 'pending' && <p>{words.waitText(dayAndTime(state.notBefore))}</p>}
        {state.state === 'ready' && <Finish identity={identity} state={state} />}
      </section>
      <button type="button" className="quiet" onClick={() => stop.mutate()}>
        {words.giveUp}
      </button>
    </>
  );
}
