/** Friends who chose this person as a guardian and ask to get back in, each with the six words to compare. */
import { useQuery } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import { type RecoveryNotice, recoveryClaim } from '@vivim/contract/recovery';
import { guardianRequestsQuery } from '../../api/identity-queries.ts';
import { vouchFor } from '../../api/recover.ts';
import { dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';
import { SixWords } from './six-words.tsx';

const words = strings.access;

function Request({ did, notice }: { did: string; notice: RecoveryNotice }) {
  const vouch = useAccountAction(() => vouchFor(notice, did));
  return (
    <li className="card form">
      <p>
        <code>{notice.account}</code> {words.trustAsks}
      </p>
      <p className="note">{strings.devices.asked(dayAndTime(notice.createdAt))}</p>
      <SixWords subject={recoveryClaim(notice)} />
      <p>{words.trustCompare}</p>
      {vouch.error !== null && <Problem error={vouch.error} />}
      {vouch.isSuccess ? (
        <p role="status">{words.vouched}</p>
      ) : (
        <Confirm
          label={words.vouch}
          warning={words.vouchWarning}
          confirm={words.vouch}
          busy={vouch.isPending}
          onConfirm={() => vouch.mutate()}
        />
      )}
    </li>
  );
}

export function TrustRequests({ me }: { me: Me }) {
  const requests = useQuery(guardianRequestsQuery).data ?? [];
  const did = me.dids[0];
  if (did === undefined || requests.length === 0) return null;
  return (
    <section>
      <h2>{words.trust}</h2>
      <ul className="stack">
        {requests.map((notice) => (
          <Request key={notice.id} did={did} notice={notice} />
        ))}
      </ul>
    </section>
  );
}
