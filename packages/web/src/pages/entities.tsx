/** People, places and things, most important first. */

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { entitiesQuery } from '../api/queries.ts';
import { Empty } from '../components/kit/empty.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { Loading } from '../components/kit/loading.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { PendingNote } from '../components/kit/pending-note.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { CorrectionsList } from '../components/subjects/corrections-list.tsx';
import { ProfileCard } from '../components/subjects/profile-card.tsx';
import { strings } from '../strings.ts';

export function EntitiesPage(): ReactNode {
  const list = useInfiniteQuery(entitiesQuery);
  const entities = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader title={strings.profiles.entities} lead={strings.profiles.entitiesLead} />
      <PendingNote />
      {list.isPending && <Loading lines={8} />}
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && entities.length === 0 && (
        <Empty icon="entities" title={strings.profiles.emptyEntities} text={strings.profiles.emptyText}>
          <Link to="/import" className="button primary">
            {strings.home.emptyAction}
          </Link>
        </Empty>
      )}
      <ul className="profiles">
        {entities.map((entity) => (
          <ProfileCard
            key={entity.id}
            summary={entity}
            chip={strings.profiles.types[entity.type]}
            name={
              <Link to="/entities/$id" params={{ id: entity.id }}>
                {entity.name}
              </Link>
            }
          />
        ))}
      </ul>
      <CorrectionsList kind="entity" />
      <LoadMore load={list.hasNextPage ? () => void list.fetchNextPage() : null} busy={list.isFetchingNextPage} />
    </>
  );
}
