/** Applications that were let in: what each may do, when it was there last, how much it asked, and showing it out. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { grantableScopes } from '@vivim/contract/identity';
import type { SessionInfo } from '@vivim/contract/sessions';
import { api } from '../../api/client.ts';
import { askersQuery } from '../../api/context-queries.ts';
import { sessionsQuery } from '../../api/identity-queries.ts';
import { day, dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { say } from '../kit/toast-queue.ts';

const words = strings.mcp;

export const applicationName = ({ clientName, clientId }: Pick<SessionInfo, 'clientName' | 'clientId'>): string =>
  clientName ?? clientId ?? words.unnamed;

function Application({ session, asked }: { session: SessionInfo; asked: number }) {
  const name = applicationName(session);
  const end = useAccountAction(async () => {
    await api.revokeSession({ params: { id: session.id } });
    say(words.ended(name));
  });
  return (
    <li className="card thing">
      <div>
        <p className="thing-title" dir="auto">
          {name}
        </p>
        <p className="meta">
          <span>{words.lastUsed(dayAndTime(session.lastSeenAt))}</span>
          {asked > 0 && session.clientName !== null && (
            <Link to="/context/records" search={{ app: session.clientName }}>
              {words.asked(asked)}
            </Link>
          )}
          <span>{words.since(day(session.createdAt))}</span>
          <span>{words.until(day(session.expiresAt))}</span>
        </p>
        <ul className="scope-list">
          {grantableScopes
            .filter((scope) => session.scopes.includes(scope))
            .map((scope) => (
              <li key={scope}>{strings.scopes[scope]}</li>
            ))}
        </ul>
      </div>
      <div className="thing-actions">
        <button
          type="button"
          className="quiet"
          aria-label={words.endLabel(name)}
          disabled={end.isPending}
          onClick={() => end.mutate()}
        >
          {words.end}
        </button>
      </div>
      {end.error !== null && <Problem error={end.error} />}
    </li>
  );
}

export function ConnectedApps() {
  const sessions = useQuery(sessionsQuery);
  const askers = useQuery(askersQuery).data ?? [];
  const all = sessions.data ?? [];
  const applications = all.filter(({ kind }) => kind === 'oauth');
  const tokens = all.filter(({ kind }) => kind === 'pat').length;
  return (
    <section>
      <h2>{words.connected}</h2>
      {sessions.error !== null && <Problem error={sessions.error} retry={() => void sessions.refetch()} />}
      {sessions.isPending && <Skeleton shape="rows" count={2} />}
      {sessions.data !== undefined && applications.length === 0 && (
        <p className="note">
          <b>{words.connectedNone}.</b> {words.connectedNoneText}
        </p>
      )}
      <ul className="stack">
        {applications.map((session) => (
          <Application
            key={session.id}
            session={session}
            asked={askers.find(({ application }) => application === session.clientName)?.count ?? 0}
          />
        ))}
      </ul>
      {tokens > 0 && (
        <p className="note">
          {words.tokens(tokens)} <Link to="/identity/tokens">{words.tokensLink}</Link>
        </p>
      )}
    </section>
  );
}
