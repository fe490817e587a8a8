/** Which memories the list shows: kept in the address. Shows how many there are in each state. */
import { useQuery } from '@tanstack/react-query';
import { memoryKinds, memoryOrigins } from '@vivim/contract/memory-words';
import { useCallback } from 'react';
import { type MemoryFilters, putAwayStates, toMemoryFilters } from '../../api/memory-filters.ts';
import { memoryChoicesQuery } from '../../api/memory-queries.ts';
import { projectsQuery } from '../../api/queries.ts';
import { number } from '../../count.ts';
import { useTypedQuery } from '../../hooks/use-typed-query.ts';
import { strings } from '../../strings.ts';
import { Choice } from '../kit/choice.tsx';

const words = strings.memories;

interface SelectProps {
  label: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onChange: (value: string | undefined) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  // What is in force stands among the choices whether or not it is known here.
  const known =
    value === undefined || options.some(([one]) => one === value) ? options : [[value, value] as const, ...options];
  return (
    <label className="subject-select">
      <span>{label}</span>
      <select value={value ?? ''} onChange={({ target }) => onChange(target.value || undefined)}>
        <option value="">{words.any}</option>
        {known.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

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
      <Select
        label={words.filterKind}
        value={filters.kind}
        options={memoryKinds.map((one) => [one, words.kinds[one]])}
        onChange={(one) => set({ kind: memoryKinds.find((kind) => kind === one) })}
      />
      <Select
        label={words.filterOrigin}
        value={filters.origin}
        options={memoryOrigins.map((one) => [one, words.origins[one]])}
        onChange={(one) => set({ origin: memoryOrigins.find((origin) => origin === one) })}
      />
      {((choices?.domains.length ?? 0) > 0 || filters.domain !== undefined) && (
        <Select
          label={words.filterDomain}
          value={filters.domain}
          options={(choices?.domains ?? []).map(({ name }) => [name, name])}
          onChange={(domain) => set({ domain })}
        />
      )}
      {(projects.length > 0 || filters.project !== undefined) && (
        <Select
          label={words.filterProject}
          value={filters.project}
          options={projects.map(({ id, name, externalId }) => [id, name ?? externalId])}
          onChange={(project) => set({ project })}
        />
      )}
    </search>
  );
}
