/** What is kept about the person: a statement each, with what it stands on, since when it holds, and what contradicts it. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useCallback, useState } from 'react';
import type { MemoryAddress, MemoryFilters } from '../api/memory-filters.ts';
import { memoriesQuery, memoryChoicesQuery } from '../api/memory-queries.ts';
import { PageHeader } from '../components/kit/page-header.tsx';
import { MemoryConflicts } from '../components/memories/memory-conflicts.tsx';
import { MemoryFiltersBar } from '../components/memories/memory-filters-bar.tsx';
import { MemoryForm } from '../components/memories/memory-form.tsx';
import { MemoryList } from '../components/memories/memory-list.tsx';
import { MemoryRound } from '../components/memories/memory-round.tsx';
import { strings } from '../strings.ts';
import '../styles/subjects.css';
import '../styles/memories.css';

const route = getRouteApi('/memories');
const words = strings.memories;

/** How many the list has in all, where it shows one state and nothing narrows it further. */
function useTotal(filters: MemoryFilters): number | undefined {
  const choices = useQuery(memoryChoicesQuery).data;
  const { state, due, ...others } = filters;
  if (choices === undefined || Object.keys(others).length > 0) return undefined;
  return due === true ? choices.due : choices.states[state ?? 'active'];
}

export function MemoriesPage(): ReactNode {
  const { decide, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const go = useCallback((next: MemoryAddress) => void navigate({ search: next, replace: true }), [navigate]);
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery(memoriesQuery(filters));
  const total = useTotal(filters);
  return (
    <>
      <PageHeader
        title={words.title}
        lead={words.lead}
        actions={
          <button type="button" className="primary" onClick={() => setAdding(true)}>
            {words.add}
          </button>
        }
      />
      <MemoryForm open={adding} onOpenChange={setAdding} />
      <div className="memory-todos">
        <MemoryConflicts
          isOpen={decide === true}
          onOpen={(open) => go(open ? { ...filters, decide: true } : filters)}
        />
        <MemoryRound />
      </div>
      <MemoryFiltersBar filters={filters} go={go} />
      <MemoryList
        filters={filters}
        go={go}
        memories={list.data?.pages.flatMap((page) => page.items) ?? []}
        total={total}
        pending={list.isPending}
        error={list.error}
        retry={() => void list.refetch()}
        more={list.hasNextPage && !list.isFetching ? () => void list.fetchNextPage() : null}
        onAdd={() => setAdding(true)}
      />
    </>
  );
}
