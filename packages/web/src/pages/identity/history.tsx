/** What happened to the account, and the signed chain behind its keys. */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { AccountEvent } from '@vivim/contract/account';
import type { ReactNode } from 'react';
import { historyQuery } from '../../api/identity-queries.ts';
import { KeyLogList } from '../../components/identity/key-log-list.tsx';
import { LoadMore } from '../../components/kit/load-more.tsx';
import { PageHeader } from '../../components/kit/page-header.tsx';
import { ProblemPage } from '../../components/kit/problem-page.tsx';
import { Skeleton } from '../../components/kit/skeleton.tsx';
import { dayAndTime } from '../../format.ts';
import { useActors } from '../../hooks/use-actors.ts';
import { strings } from '../../strings.ts';

const words = strings.history;

function Event({ event, who }: { event: AccountEvent; who: string | null }) {
  return (
    <li>
      <span>{words.events[event.event](event.meta)}</span>
      <span className="meta">
        {who !== null && <span dir="auto">{words.by(who)}</span>}
        <time dateTime={event.at}>{dayAndTime(event.at)}</time>
      </span>
    </li>
  );
}

export function HistoryPage(): ReactNode {
  const history = useInfiniteQuery(historyQuery);
  const actorOf = useActors();
  if (history.error !== null) return <ProblemPage error={history.error} retry={() => void history.refetch()} />;
  if (history.data === undefined) return <Skeleton />;
  const events = history.data.pages.flatMap(({ items }) => items);
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <ol className="rows">
        {events.map((event) => (
          <Event key={event.seq} event={event} who={actorOf(event)} />
        ))}
      </ol>
      {events.length === 0 && <p className="note">{words.none}</p>}
      <LoadMore
        busy={history.isFetchingNextPage}
        load={history.hasNextPage ? () => void history.fetchNextPage() : null}
      />
      <KeyLogList />
    </>
  );
}
