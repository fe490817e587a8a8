/** A browser asks to become a device of an identity: it names the account, shows six words, and waits to be let in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { AppError } from '@vivim/contract/errors';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { identitiesQuery } from '../api/identity-queries.ts';
import { type BrowserIdentity, forgetIdentity } from '../api/identity-store.ts';
import { askToJoin, claimOf, joinState } from '../api/join.ts';
import { sessionChanged } from '../api/session.ts';
import { signIn } from '../api/sign-in.ts';
import { browserName } from '../browser-name.ts';
import { AccountField } from '../components/frame/account-field.tsx';
import { DeviceNameField } from '../components/identity/device-name-field.tsx';
import { SixWords } from '../components/identity/six-words.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { time } from '../format.ts';
import { useMe } from '../hooks/use-me.ts';
import { useGoOn } from '../hooks/use-next.ts';
import { explained, keyObstacle } from '../hooks/use-sign-in.ts';
import { strings } from '../strings.ts';

const words = strings.join;

function JoinForm({ account: given, onAsked }: { account: string; onAsked: () => void }) {
  const [account, setAccount] = useState(given);
  const [name, setName] = useState(() => browserName(navigator.userAgent));
  const ask = useMutation({
    mutationFn: () => askToJoin(account.trim(), name.trim() === '' ? strings.signIn.thisBrowser : name.trim()),
    onSuccess: onAsked,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <form className="card form" onSubmit={submit}>
      <AccountField help={words.accountHelp} account={account} onAccount={setAccount} />
      <DeviceNameField label={strings.signIn.name} name={name} onName={setName} />
      {ask.error !== null && <Problem error={explained(ask.error)} />}
      <button type="submit" className="primary" disabled={ask.isPending}>
        {ask.isPending ? words.asking : words.ask}
      </button>
    </form>
  );
}

function Words({ identity }: { identity: BrowserIdentity }) {
  const claim = useQuery({
    queryKey: ['claim', identity.did],
    queryFn: () => claimOf(identity),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (claim.error !== null) return <Problem error={claim.error} />;
  return claim.data === undefined ? <Skeleton /> : <SixWords subject={claim.data} />;
}

function Waiting({
  identity,
  requestId,
  onOver,
}: {
  identity: BrowserIdentity;
  requestId: string;
  onOver: () => void;
}) {
  const goOn = useGoOn();
  const state = useQuery({
    queryKey: ['join', requestId],
    queryFn: () => joinState(requestId),
    refetchInterval: (query) =>
      query.state.data?.state === 'pending' || query.state.data === undefined ? 2_000 : false,
    retry: false,
  });
  const client = useQueryClient();
  const { mutate, isIdle, ...enter } = useMutation({
    mutationKey: ['join', requestId],
    mutationFn: async () => {
      await signIn(identity, 'login');
      await sessionChanged();
      goOn();
    },
  });
  // A request that is gone may have been approved while this page was closed: signing in tells.
  const gone = state.error instanceof AppError && state.error.code === 'not_found';
  const settled = gone || state.data?.state === 'approved';
  // Once: a session that begins lets go of every answer, this one among them, and makes the page anew: it would come again as news.
  useEffect(() => {
    const entered = client.getMutationCache().find({
      mutationKey: ['join', requestId],
      predicate: ({ state: { status } }) => status !== 'error',
    });
    if (settled && isIdle && entered === undefined) mutate();
  }, [client, requestId, settled, isIdle, mutate]);
  const refused = state.data?.state === 'refused';
  const over = gone && enter.isError;
  const stop = useMutation({ mutationFn: () => forgetIdentity(identity.did), onSuccess: onOver });
  if (refused || over)
    return (
      <section className="card form" role="alert">
        <p>{refused ? words.refused : words.over}</p>
        <button type="button" className="primary" onClick={() => stop.mutate()}>
          {words.again}
        </button>
      </section>
    );
  return (
    <>
      <section className="card form">
        <h2>{words.wordsTitle}</h2>
        <Words identity={identity} />
        <p role="status" className="note">
          {settled ? words.letIn : words.waiting}
        </p>
        {state.data !== undefined && !settled && <p className="note">{words.expiresAt(time(state.data.expiresAt))}</p>}
        {enter.isError && <Problem error={enter.error} retry={() => mutate()} />}
        {state.error !== null && !gone && <Problem error={state.error} />}
      </section>
      <section className="about">
        <h2>{words.compare}</h2>
        <p>{words.compareText}</p>
      </section>
      <button type="button" className="quiet" onClick={() => stop.mutate()}>
        {words.giveUp}
      </button>
    </>
  );
}

export function JoinPage(): ReactNode {
  const client = useQueryClient();
  const me = useMe();
  const { account = '' } = useSearch({ from: '/join' });
  const [lastAccount, setLastAccount] = useState(account);
  const identities = useQuery(identitiesQuery);
  const again = () => void client.invalidateQueries({ queryKey: identitiesQuery.queryKey });
  const obstacle = keyObstacle();
  const asking = identities.data?.find(({ waiting }) => waiting?.kind === 'device');
  const over = () => {
    setLastAccount(asking?.account ?? '');
    again();
  };
  return (
    <div className="door">
      <PageHeader title={words.title} lead={words.lead} />
      {obstacle !== null && <Problem error={new Error(obstacle)} />}
      {asking?.waiting !== undefined ? (
        <Waiting key={asking.did} identity={asking} requestId={asking.waiting.requestId} onOver={over} />
      ) : me !== null ? (
        <p className="card">{words.already}</p>
      ) : (
        obstacle === null &&
        identities.isFetched && <JoinForm key={lastAccount} account={lastAccount} onAsked={again} />
      )}
    </div>
  );
}
