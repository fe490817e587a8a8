/** What left for an AI: the latest contexts that were compiled over the Model Context Protocol, and for whom. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toldRecordsQuery } from '../../api/connection-queries.ts';
import { sessionsQuery } from '../../api/identity-queries.ts';
import { dayAndTime } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { applicationName } from './connected-apps.tsx';

const words = strings.mcp;

export function ToldRecords() {
  const records = useQuery(toldRecordsQuery);
  const sessions = useQuery(sessionsQuery).data ?? [];
  const told = records.data ?? [];
  const nameOf = (id: string): string => {
    const session = sessions.find((one) => one.id === id);
    if (session === undefined) return words.gone;
    return session.kind === 'oauth' ? applicationName(session) : words.byYou;
  };
  return (
    <section>
      <h2>{words.records}</h2>
      <p className="connections-lead">{words.recordsText}</p>
      {records.error !== null && <Problem error={records.error} retry={() => void records.refetch()} />}
      {records.isPending && <Skeleton shape="rows" count={3} />}
      {records.data !== undefined && told.length === 0 && <p className="note">{words.recordsNone}</p>}
      <ul className="told-records">
        {told.map(({ id, at, sessionId, query, tokens, lines }) => (
          <li key={id}>
            <p className="told-query" dir="auto">
              <Link to="/context/records/$id" params={{ id }}>
                {query === '' ? strings.records.noQuery : query}
              </Link>
            </p>
            <p className="meta">
              <span dir="auto">{nameOf(sessionId)}</span>
              <span>{dayAndTime(at)}</span>
              <span>{words.recordOf(tokens, lines)}</span>
            </p>
          </li>
        ))}
      </ul>
      {told.length > 0 && (
        <p className="note">
          <Link to="/context/records" search={{ way: 'mcp' }}>
            {words.recordsAll}
          </Link>
        </p>
      )}
    </section>
  );
}
