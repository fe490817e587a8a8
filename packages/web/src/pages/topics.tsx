/** Topics: found, filtered and ordered, those that are hidden too. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useCallback, useState } from 'react';
import type { SubjectFilters } from '../api/subject-filters.ts';
import { topicListQuery } from '../api/subjects-queries.ts';
import { PageHeader } from '../components/kit/page-header.tsx';
import { PendingNote } from '../components/kit/pending-note.tsx';
import { CorrectionsList } from '../components/subjects/corrections-list.tsx';
import { SubjectFiltersBar } from '../components/subjects/subject-filters-bar.tsx';
import { SubjectList } from '../components/subjects/subject-list.tsx';
import { strings } from '../strings.ts';
import '../styles/subjects.css';

const route = getRouteApi('/topics');

export function TopicsPage(): ReactNode {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const go = useCallback((next: SubjectFilters) => void navigate({ search: next, replace: true }), [navigate]);
  const [tree, setTree] = useState(false);
  const list = useInfiniteQuery(topicListQuery(filters));
  return (
    <>
      <PageHeader title={strings.profiles.topics} lead={strings.profiles.topicsLead} />
      <PendingNote />
      <SubjectFiltersBar
        kind="topic"
        filters={filters}
        go={go}
        beside={
          <Link to="/graph" search={{ kind: 'topic' }} className="button">
            {strings.subjects.map}
          </Link>
        }
      >
        <label className="subject-check">
          <input type="checkbox" checked={tree} onChange={({ target }) => setTree(target.checked)} />
          {strings.subjects.tree}
        </label>
      </SubjectFiltersBar>
      <SubjectList
        kind="topic"
        filters={filters}
        go={go}
        subjects={list.data?.pages.flatMap((page) => page.items) ?? []}
        pending={list.isPending}
        error={list.error}
        retry={() => void list.refetch()}
        more={list.hasNextPage && !list.isFetching ? () => void list.fetchNextPage() : null}
        tree={tree}
      />
      <CorrectionsList kind="topic" />
    </>
  );
}
