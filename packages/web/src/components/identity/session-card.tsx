/** One session: what it is, what it may do, since when and until when, and its end. */
import { type GrantableScope, grantableScopes } from '@vivim/contract/identity';
import type { SessionInfo } from '@vivim/contract/sessions';
import { api } from '../../api/client.ts';
import type { Named } from '../../api/space-key.ts';
import { day, dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

const words = strings.sessions;

/** @param device name of the device it is of, or that let it in */
function nameOf({ kind, name, clientName, clientId, deviceId }: Named<SessionInfo>, device: string | null): string {
  if (kind === 'oauth') return clientName ?? clientId ?? words.unnamed.oauth;
  if (kind === 'pat') return name ?? words.unnamed.pat;
  return device ?? (kind === 'cookie' && deviceId === null ? words.byPasskey : words.unnamed[kind]);
}

/** Of whoever is not the person themselves. */
function Scopes({ scopes }: { scopes: readonly GrantableScope[] }) {
  return (
    <ul className="chips">
      {scopes.map((scope) => (
        <li key={scope} className="chip" title={strings.scopes[scope]}>
          {scope}
        </li>
      ))}
    </ul>
  );
}

export function SessionCard({ session, device }: { session: Named<SessionInfo>; device: string | null }) {
  const name = nameOf(session, device);
  const end = useAccountAction(() => api.revokeSession({ params: { id: session.id } }));
  const handedOut = session.kind === 'oauth' || session.kind === 'pat';
  return (
    <li className="card thing">
      <div>
        <p className="thing-title">
          <span dir="auto">{name}</span>
          {session.current && <span className="chip running">{words.current}</span>}
        </p>
        <p className="meta">
          <span>{words.since(day(session.createdAt))}</span>
          <span>{words.lastSeen(dayAndTime(session.lastSeenAt))}</span>
          <span>{words.expires(day(session.expiresAt))}</span>
          {handedOut && device !== null && <span dir="auto">{strings.devices.letInBy(device)}</span>}
        </p>
        {handedOut && <Scopes scopes={grantableScopes.filter((scope) => session.scopes.includes(scope))} />}
      </div>
      {!session.current && (
        <div className="thing-actions">
          <button
            type="button"
            className="quiet"
            disabled={end.isPending}
            aria-label={words.endLabel(name)}
            onClick={() => end.mutate()}
          >
            {words.end}
          </button>
        </div>
      )}
      {end.error !== null && <Problem error={end.error} />}
    </li>
  );
}
