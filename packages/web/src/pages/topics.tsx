/** Topics: found, filtered and ordered, those that are hidden too. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useCallback, useState } from 'react';
import type { SubjectFilters } from '../api/subject-filters.ts';
import { topicListQuery } from '../api/subjects-queries.ts';
import { SubjectCollection } from '../components/subjects/subject-collection.tsx';
import { strings } from '../strings.ts';

const route = getRouteApi('/topics');

export function TopicsPage(): ReactNode {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const go = useCallback((next: SubjectFilters) => void navigate({ search: next, replace: true }), [navigate]);
  const [tree, setTree] = useState(false);
  const list = useInfiniteQuery(topicListQuery(filters));
  const { topics: title, topicsLead: lead } = strings.profiles;
  return (
    <SubjectCollection kind="topic" title={title} lead={lead} filters={filters} go={go} list={list} tree={tree}>
      <label className="subject-check">
        <input type="checkbox" checked={tree} onChange={({ target }) => setTree(target.checked)} />
        {strings.subjects.tree}
      </label>
    </SubjectCollection>
  );
}
