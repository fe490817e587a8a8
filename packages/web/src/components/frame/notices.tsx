/** What stands above every page while it is true: somebody trying to get in, an end that is coming, a missing way back. */
import { usePrefetchQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import type { Me } from '@vivim/contract/account';
import type { RecoveryNotice } from '@vivim/contract/recovery';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { deviceRequestsQuery, guardianRequestsQuery, recoveryQuery, settledQuery } from '../../api/identity-queries.ts';
import { sessionChanged } from '../../api/session.ts';
import { before } from '../../api/signed-in-before.ts';
import { browserName } from '../../browser-name.ts';
import { number } from '../../count.ts';
import { day, dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { KeepAccount } from '../identity/keep-account.tsx';
import { Notice } from '../kit/notice.tsx';
import { Problem } from '../kit/problem.tsx';

const words = strings.notices;

const recoveryText = ({ method, notBefore, approvals, threshold }: RecoveryNotice): string => {
  if (notBefore === null) return words.recoveryWaiting(number(approvals), number(threshold));
  return method === 'guardians'
    ? words.recoveryGuardians(dayAndTime(notBefore))
    : words.recoveryPaper(dayAndTime(notBefore));
};

function Recovery({ notice, onStopped }: { notice: RecoveryNotice; onStopped: () => void }) {
  const veto = useAccountAction(() => api.vetoRecovery({ params: { id: notice.id } }), onStopped);
  return (
    <Notice tone="alarm" title={words.recovery} text={recoveryText(notice)}>
      <button type="button" className="danger" disabled={veto.isPending} onClick={() => veto.mutate()}>
        {words.veto}
      </button>
      {veto.error !== null && <Problem error={veto.error} />}
    </Notice>
  );
}

/** Whoever was stopped had the words, and has them still. */
function Stopped({ onDismiss }: { onDismiss: () => void }) {
  return (
    <Notice tone="warn" title={words.vetoed}>
      <Link to="/identity/access" className="button" onClick={onDismiss}>
        {strings.access.replacePaper}
      </Link>
      <button type="button" className="quiet" onClick={onDismiss}>
        {words.dismiss}
      </button>
    </Notice>
  );
}

/** Somebody who came in by a passkey on a fresh browser. */
function NotADevice({ me }: { me: Me }) {
  const client = useQueryClient();
  const [later, setLater] = useState(false);
  const become = useAccountAction(async () => {
    const { becomeDevice } = await import('../../api/own-device.ts');
    await becomeDevice(me, browserName(navigator.userAgent));
    await sessionChanged();
    await client.invalidateQueries({ queryKey: ['identities'] });
  });
  if (later) return null;
  return (
    <Notice tone="plain" title={words.notADevice} text={words.notADeviceText}>
      <button type="button" disabled={become.isPending} onClick={() => become.mutate()}>
        {become.isPending ? words.becoming : words.becomeDevice}
      </button>
      <button type="button" className="quiet" onClick={() => setLater(true)}>
        {words.later}
      </button>
      {become.error !== null && <Problem error={become.error} />}
    </Notice>
  );
}

/** What they stand on, asked before it is known who is there; and the one that was there the last time, for the page to stand below it. */
export function NoticesAhead() {
  usePrefetchQuery(recoveryQuery);
  usePrefetchQuery(deviceRequestsQuery);
  usePrefetchQuery(guardianRequestsQuery);
  return (
    <section className="notices" aria-label={words.label}>
      {!before().safe && <Unsafe />}
    </section>
  );
}

/** An account that one lost browser would end. */
function Unsafe() {
  const page = useRouterState({ select: ({ location }) => location.pathname });
  if (page === '/welcome') return null;
  return (
    <Notice tone="warn" title={words.unsafe} text={words.unsafeText}>
      <Link to="/welcome" className="button">
        {words.unsafeAction}
      </Link>
    </Notice>
  );
}

export function Notices({ me }: { me: Me }) {
  const page = useRouterState({ select: ({ location }) => location.pathname });
  const recovery = useQuery(recoveryQuery).data;
  const requests = useQuery(deviceRequestsQuery).data ?? [];
  const friends = useQuery(guardianRequestsQuery).data ?? [];
  const settled = useQuery(settledQuery(me));
  const [stopped, setStopped] = useState(false);
  return (
    <section className="notices" aria-label={words.label}>
      {recovery?.pending.map((notice) => (
        <Recovery key={notice.id} notice={notice} onStopped={() => setStopped(notice.method === 'recovery-key')} />
      ))}
      {stopped && <Stopped onDismiss={() => setStopped(false)} />}
      {me.eraseAt !== null && (
        <Notice tone="alarm" title={words.deleting(day(me.eraseAt))} text={words.deletingText}>
          <KeepAccount />
        </Notice>
      )}
      {me.frozenUntil !== null && <Notice tone="warn" title={words.frozen(dayAndTime(me.frozenUntil))} />}
      {requests.length > 0 && !['/identity/devices', '/welcome'].includes(page) && (
        <Notice tone="plain" title={words.requests(requests.length)}>
          <Link to="/identity/devices" className="button primary">
            {words.requestsAction}
          </Link>
        </Notice>
      )}
      {friends.length > 0 && page !== '/identity/access' && (
        <Notice tone="plain" title={words.guardian(friends.length)}>
          <Link to="/identity/access" className="button">
            {words.guardianAction}
          </Link>
        </Notice>
      )}
      {settled.data?.device === false && <NotADevice me={me} />}
      {settled.isError && <Notice tone="plain" title={words.unsettled} />}
      {!me.access.safe && <Unsafe />}
    </section>
  );
}
