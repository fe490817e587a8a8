/** What AI applications asked for lately over the Model Context Protocol, and were given. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toldRecordsQuery } from '../../api/connection-queries.ts';
import { useAskerName } from '../../hooks/use-askers.ts';
import { strings } from '../../strings.ts';
import { AskedLine } from '../context/asked-line.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';

const words = strings.mcp;

export function ToldRecords() {
  const records = useQuery(toldRecordsQuery);
  const nameOf = useAskerName();
  const told = records.data ?? [];
  return (
    <section>
      <h2>{words.records}</h2>
      <p className="connections-lead">{words.recordsText}</p>
      {records.error !== null && <Problem error={records.error} retry={() => void records.refetch()} />}
      {records.isPending && <Skeleton shape="rows" count={3} />}
      {records.data !== undefined && told.length === 0 && <p className="note">{words.recordsNone}</p>}
      <ul className="told-records">
        {told.map((asked) => (
          <li key={asked.id}>
            <AskedLine asked={asked} asker={nameOf(asked)} />
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
