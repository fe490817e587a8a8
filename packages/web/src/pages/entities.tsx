/** People, places and things: found, filtered and ordered, those that are hidden too. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import type { SubjectFilters } from '../api/subject-filters.ts';
import { entityListQuery } from '../api/subjects-queries.ts';
import { SubjectCollection } from '../components/subjects/subject-collection.tsx';
import { strings } from '../strings.ts';

const route = getRouteApi('/entities');

export function EntitiesPage(): ReactNode {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const go = useCallback((next: SubjectFilters) => void navigate({ search: next, replace: true }), [navigate]);
  const { entities: title, entitiesLead: lead } = strings.profiles;
  const list = useInfiniteQuery(entityListQuery(filters));
  return <SubjectCollection kind="entity" title={title} lead={lead} filters={filters} go={go} list={list} />;
}
