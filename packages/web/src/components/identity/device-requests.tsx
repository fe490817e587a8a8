/** Devices that ask to be let in, each with the six words to compare. */
import { useQuery } from '@tanstack/react-query';
import { type DeviceRequest, deviceClaim } from '@vivim/contract/devices';
import { api } from '../../api/client.ts';
import { deviceRequestsQuery } from '../../api/identity-queries.ts';
import { approveDevice } from '../../api/join.ts';
import { time } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { SixWords } from './six-words.tsx';

const words = strings.devices;

function Request({ request }: { request: DeviceRequest }) {
  const approve = useAccountAction(() => approveDevice(request));
  const refuse = useAccountAction(() => api.refuseDevice({ params: { id: request.id } }));
  const busy = approve.isPending || refuse.isPending;
  return (
    <li className="card form">
      <h3>{words.platforms[request.platform]}</h3>
      <p className="note">{words.asked(time(request.createdAt))}</p>
      <SixWords subject={deviceClaim(request)} />
      <p>{words.requestText}</p>
      {approve.error !== null && <Problem error={approve.error} />}
      {refuse.error !== null && <Problem error={refuse.error} />}
      <div className="actions">
        <button type="button" className="primary" disabled={busy} onClick={() => approve.mutate()}>
          {approve.isPending ? words.approving : words.approve}
        </button>
        <button type="button" disabled={busy} onClick={() => refuse.mutate()}>
          {words.refuse}
        </button>
      </div>
    </li>
  );
}

export function DeviceRequests() {
  const requests = useQuery(deviceRequestsQuery).data ?? [];
  if (requests.length === 0) return null;
  return (
    <section>
      <h2>{words.requests}</h2>
      <ul className="stack">
        {requests.map((request) => (
          <Request key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
}
