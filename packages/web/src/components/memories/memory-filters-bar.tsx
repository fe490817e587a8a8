/** Which memories the list shows: kept in the address. Shows how many there are in each state. */
import { useQuery } from '@tanstack/react-query';
import { memoryKinds, memoryOrigins } from '@vivim/contract/memory-words';
import { useCallback } from 'react';
import { type MemoryFilters, putAwayStates, toMemoryFilters } from '../../api/memory-filters.ts';
import { memoryChoicesQuery } from '../../api/memory-queries.ts';
import { projectsQuery } from '../../api/queries.ts';
import { number } from '../../count.ts';
import { useTypedQuery } from '../../hooks/use-typed-query.ts';
import { projectName } from '../../project-name.ts';
import { strings } from '../../strings.ts';
import { Choice } from '../kit/choice.tsx';
import { LabelledSelect } from '../kit/labelled-select.tsx';

const words = strings.memories;

/** What is in force stands among the choices whether or not it is known here. */
const withChosen = (
  options: readonly (readonly [string, string])[],
  chosen: string | undefined,
): readonly (readonly [string, string])[] =>
  chosen === undefined || options.some(([one]) => one === chosen) ? options : [[chosen, chosen], ...options];

interface Props {
  filters: MemoryFilters;
  go: (filters: MemoryFilters) => void;
}

export function MemoryFiltersBar({ filters, go }: Props) {
  const choices = useQuery(memoryChoicesQuery).data;
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const set = useCallback(
    (changed: { [K in keyof MemoryFilters]?: MemoryFilters[K] | undefined }) =>
      go(toMemoryFilters({ ...filters, ...changed })),
    [filters, go],
  );
  const [typed, setTyped] = useTypedQuery(
    filters.q ?? '',
    useCallback((q: string) => set({ q }), [set]),
  );
  const shown = filters.due === true ? 'due' : (filters.state ?? 'active');
  const counts = { ...choices?.states, due: choices?.due };
  // What nobody has is not offered, but for what the list shows now.
  const offered = (['active', 'due', ...putAwayStates] as const).filter(
    (one) => one === 'active' || one === shown || (counts[one] ?? 0) > 0,
  );
  return (
    <search className="subject-filters memory-filters">
      <div className="subject-find">
        <input
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Choice
        label={words.filterState}
        quietLabel
        value={shown}
        options={offered.map((one) => {
          const count = counts[one];
          return [
            one,
            <span key={one} className="memory-count">
              {words.lists[one]} {count !== undefined && <small>{number(count)}</small>}
            </span>,
          ] as const;
        })}
        onChange={(one) => set({ due: one === 'due' ? true : undefined, state: putAwayStates.find((s) => s === one) })}
      />
      <LabelledSelect
        label={words.filterKind}
        value={filters.kind}
        none={words.any}
        options={memoryKinds.map((one) => [one, words.kinds[one]])}
        onChange={(kind) => set({ kind })}
      />
      <LabelledSelect
        label={words.filterOrigin}
        value={filters.origin}
        none={words.any}
        options={memoryOrigins.map((one) => [one, words.origins[one]])}
        onChange={(origin) => set({ origin })}
      />
      {((choices?.domains.length ?? 0) > 0 || filters.domain !== undefined) && (
        <LabelledSelect
          label={words.filterDomain}
          value={filters.domain}
          none={words.any}
          options={withChosen(
            (choices?.domains ?? []).map(({ name }) => [name, name]),
            filters.domain,
          )}
          onChange={(domain) => set({ domain })}
        />
      )}
      {(projects.length > 0 || filters.project !== undefined) && (
        <LabelledSelect
          label={words.filterProject}
          value={filters.project}
          none={words.any}
          options={withChosen(
            projects.map((one) => [one.id, projectName(one)]),
            filters.project,
          )}
          onChange={(project) => set({ project })}
        />
      )}
    </search>
  );
}
