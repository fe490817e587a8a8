/** Everything that is signed in as this person, and ending it. */
import { useQuery } from '@tanstack/react-query';
import type { SessionKind } from '@vivim/contract/identity';
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { devicesQuery, sessionsQuery } from '../../api/identity-queries.ts';
import { SessionCard } from '../../components/identity/session-card.tsx';
import { Confirm } from '../../components/kit/confirm.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { Problem } from '../../components/kit/problem.tsx';
import { ProblemPage } from '../../components/kit/problem-page.tsx';
import { Skeleton } from '../../components/kit/skeleton.tsx';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';

const words = strings.sessions;
const kinds = ['cookie', 'dpop', 'oauth', 'pat'] as const satisfies readonly SessionKind[];

function EndOthers({ others }: { others: number }) {
  const end = useAccountAction(() => api.endAllSessions({ query: { keepCurrent: 'true' } }));
  if (others === 0) return <p className="note">{end.isSuccess ? words.ended : words.alone}</p>;
  return (
    <div className="form">
      <Confirm
        label={words.endOthers}
        warning={words.endOthersWarning(others)}
        confirm={words.endOthersConfirm}
        busy={end.isPending}
        onConfirm={() => end.mutate()}
      />
      {end.error !== null && <Problem error={end.error} />}
    </div>
  );
}

export function SessionsPage(): ReactNode {
  const sessions = useQuery(sessionsQuery);
  const devices = useQuery(devicesQuery).data ?? [];
  if (sessions.error !== null) return <ProblemPage error={sessions.error} retry={() => void sessions.refetch()} />;
  if (sessions.data === undefined) return <Skeleton />;
  const all = sessions.data;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <EndOthers others={all.filter(({ current }) => !current).length} />
      {kinds.map((kind) => {
        const here = all.filter((session) => session.kind === kind);
        return (
          here.length > 0 && (
            <section key={kind}>
              <h2>{words.kinds[kind]}</h2>
              <ul className="stack">
                {here.map((session) => (
                  <SessionCard
                    key={session.id}
                    session={session}
                    device={devices.find(({ id }) => id === session.deviceId)?.name ?? null}
                  />
                ))}
              </ul>
            </section>
          )
        );
      })}
    </>
  );
}
