/** People, places and things: found, filtered and ordered, those that are hidden too. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import type { SubjectFilters } from '../api/subject-filters.ts';
import { entityListQuery } from '../api/subjects-queries.ts';
import { PageHeader } from '../components/kit/page-header.tsx';
import { PendingNote } from '../components/kit/pending-note.tsx';
import { CorrectionsList } from '../components/subjects/corrections-list.tsx';
import { SubjectFiltersBar } from '../components/subjects/subject-filters-bar.tsx';
import { SubjectList } from '../components/subjects/subject-list.tsx';
import { strings } from '../strings.ts';
import '../styles/subjects.css';

const route = getRouteApi('/entities');

export function EntitiesPage(): ReactNode {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const go = useCallback((next: SubjectFilters) => void navigate({ search: next, replace: true }), [navigate]);
  const list = useInfiniteQuery(entityListQuery(filters));
  return (
    <>
      <PageHeader title={strings.profiles.entities} lead={strings.profiles.entitiesLead} />
      <PendingNote />
      <SubjectFiltersBar
        kind="entity"
        filters={filters}
        go={go}
        beside={
          <Link to="/graph" search={{ kind: 'entity' }} className="button">
            {strings.subjects.map}
          </Link>
        }
      />
      <SubjectList
        kind="entity"
        filters={filters}
        go={go}
        subjects={list.data?.pages.flatMap((page) => page.items) ?? []}
        pending={list.isPending}
        error={list.error}
        retry={() => void list.refetch()}
        more={list.hasNextPage && !list.isFetching ? () => void list.fetchNextPage() : null}
        tree={false}
      />
      <CorrectionsList kind="entity" />
    </>
  );
}
