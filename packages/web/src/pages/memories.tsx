/** What is kept about the person: a statement each, with its origin, filtered by the address. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { memoryKinds, memoryOrigins, memoryStates } from '@vivim/contract/memory';
import type { ReactNode } from 'react';
import { type MemoryFilters, toMemoryFilters } from '../api/memory-filters.ts';
import { memoriesQuery } from '../api/queries.ts';
import { present } from '../api/search-filters.ts';
import { Empty } from '../components/kit/empty.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { MemoryCard } from '../components/memories/memory-card.tsx';
import { MemoryConflicts } from '../components/memories/memory-conflicts.tsx';
import { MemoryForm } from '../components/memories/memory-form.tsx';
import { DueMemories } from '../components/memories/memory-reviews.tsx';
import { ProjectFilter } from '../components/reader/project-filter.tsx';
import { strings } from '../strings.ts';

const route = getRouteApi('/memories');
const words = strings.memories;

interface ChoiceProps<T extends string> {
  label: string;
  value: T | undefined;
  options: readonly T[];
  names: Readonly<Record<T, string>>;
  /** What an empty choice means. */
  none: string;
  onChange: (value: T | undefined) => void;
}

function Choice<T extends string>({ label, value, options, names, none, onChange }: ChoiceProps<T>) {
  return (
    <label className="filter">
      <span>{label}</span>
      <select
        aria-label={label}
        value={value ?? ''}
        onChange={(event) => onChange(options.find((one) => one === event.target.value))}
      >
        <option value="">{none}</option>
        {options.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

export function MemoriesPage(): ReactNode {
  const filters: MemoryFilters = route.useSearch();
  const navigate = route.useNavigate();
  const go = (changed: MemoryFilters) =>
    void navigate({ search: present<MemoryFilters>(toMemoryFilters({ ...filters, ...changed })), replace: true });
  const list = useInfiniteQuery(memoriesQuery(filters));
  const memories = list.data?.pages.flatMap((page) => page.items) ?? [];
  const { kind, origin, state, project } = filters;
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <MemoryForm />
      <MemoryConflicts />
      <DueMemories />
      <div className="filters">
        <Choice
          label={words.filterKind}
          value={kind}
          options={memoryKinds}
          names={words.kinds}
          none={words.any}
          onChange={(one) => go(set('kind', one))}
        />
        <Choice
          label={words.filterOrigin}
          value={origin}
          options={memoryOrigins}
          names={words.origins}
          none={words.any}
          onChange={(one) => go(set('origin', one))}
        />
        <Choice
          label={words.filterState}
          value={state}
          options={memoryStates.filter((one) => one !== 'active')}
          names={words.states}
          none={words.states.active}
          onChange={(one) => go(set('state', one))}
        />
        <ProjectFilter value={project} onChange={(one) => go(set('project', one))} />
      </div>
      {list.isPending && <Skeleton shape="rows" count={8} />}
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && memories.length === 0 && (
        <Empty icon="memories" title={words.emptyTitle} text={words.emptyText} />
      )}
      <ul className="stack memories">
        {memories.map((memory) => (
          <MemoryCard key={memory.id} memory={memory} />
        ))}
      </ul>
      <LoadMore load={list.hasNextPage ? () => void list.fetchNextPage() : null} busy={list.isFetchingNextPage} />
    </>
  );
}

/** One filter set or, without a value, taken away. */
const set = (name: keyof MemoryFilters, value: string | undefined) => ({ [name]: value }) as MemoryFilters;
