/** How the server does, for its operators. Whoever is none is told what they would be told where there is no page. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { operatorAccountsQuery, operatorQuery } from '../api/you-queries.ts';
import { LoadMore } from '../components/kit/load-more.tsx';
import { Notice } from '../components/kit/notice.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { AccountRows } from '../components/operator/account-rows.tsx';
import { ServerFacts } from '../components/operator/server-facts.tsx';
import { ServerFigures } from '../components/operator/server-figures.tsx';
import { troublesOf } from '../components/operator/troubles.ts';
import { dayAndTime } from '../format.ts';
import { strings } from '../strings.ts';
import '../styles/you.css';

const words = strings.operator;

function Accounts() {
  const accounts = useInfiniteQuery(operatorAccountsQuery);
  return (
    <section>
      <h2>{words.people}</h2>
      <p className="note">{words.peopleText}</p>
      <p className="note">{words.howToJoin(location.origin)}</p>
      {accounts.error !== null && <Problem error={accounts.error} retry={() => void accounts.refetch()} />}
      {accounts.data === undefined ? (
        accounts.error === null && <Skeleton shape="rows" count={5} />
      ) : (
        <AccountRows accounts={accounts.data.pages.flatMap(({ items }) => items)} />
      )}
      <LoadMore
        busy={accounts.isFetchingNextPage}
        load={accounts.hasNextPage ? () => void accounts.fetchNextPage() : null}
      />
    </section>
  );
}

export function OperatorPage(): ReactNode {
  const client = useQueryClient();
  const overview = useQuery(operatorQuery);
  if (overview.error !== null && overview.data === undefined)
    return <ProblemPage error={overview.error} retry={() => void overview.refetch()} />;
  const troubles = overview.data === undefined ? [] : troublesOf(overview.data);
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      {overview.data === undefined ? (
        <Skeleton shape="cards" count={6} />
      ) : (
        <>
          <Notice
            tone={troubles.length > 0 ? 'warn' : 'plain'}
            title={troubles.length > 0 ? words.notFine : words.fine}
          >
            <button type="button" onClick={() => void client.invalidateQueries({ queryKey: ['operator'] })}>
              {words.refresh}
            </button>
          </Notice>
          {troubles.length > 0 && (
            <ul className="troubles">
              {troubles.map((trouble) => (
                <li key={trouble}>{trouble}</li>
              ))}
            </ul>
          )}
          <ServerFigures overview={overview.data} />
          <ServerFacts overview={overview.data} />
        </>
      )}
      <Accounts />
      <p className="note">
        {overview.data !== undefined && words.at(dayAndTime(overview.data.at))} {words.watched}
      </p>
    </>
  );
}
