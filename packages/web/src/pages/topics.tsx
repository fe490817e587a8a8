/** Topics, most important first. */

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { topicsQuery } from '../api/queries.ts';
import { Empty } from '../components/kit/empty.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { Loading } from '../components/kit/loading.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { PendingNote } from '../components/kit/pending-note.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { CorrectionsList } from '../components/subjects/corrections-list.tsx';
import { ProfileCard } from '../components/subjects/profile-card.tsx';
import { strings } from '../strings.ts';

export function TopicsPage(): ReactNode {
  const list = useInfiniteQuery(topicsQuery());
  const topics = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader title={strings.profiles.topics} lead={strings.profiles.topicsLead} />
      <PendingNote />
      {list.isPending && <Loading lines={8} />}
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && topics.length === 0 && (
        <Empty icon="topics" title={strings.profiles.emptyTopics} text={strings.profiles.emptyText}>
          <Link to="/import" className="button primary">
            {strings.home.emptyAction}
          </Link>
        </Empty>
      )}
      <ul className="profiles">
        {topics.map((topic) => (
          <ProfileCard
            key={topic.id}
            summary={topic}
            name={
              <Link to="/topics/$id" params={{ id: topic.id }}>
                {topic.label}
              </Link>
            }
          />
        ))}
      </ul>
      <CorrectionsList kind="topic" />
      <LoadMore load={list.hasNextPage ? () => void list.fetchNextPage() : null} busy={list.isFetchingNextPage} />
    </>
  );
}
