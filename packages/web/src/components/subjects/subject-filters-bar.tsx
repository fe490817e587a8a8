/** What a list of topics or entities shows, and in what order: kept in the address. */
import { entityTypes, profileSorts, profileTrends } from '@vivim/contract/profile-words';
import { type ReactNode, useCallback } from 'react';
import { type SubjectFilters, toSubjectFilters } from '../../api/subject-filters.ts';
import { useTypedQuery } from '../../hooks/use-typed-query.ts';
import { strings } from '../../strings.ts';
import { Choice } from '../kit/choice.tsx';
import { LabelledSelect } from '../kit/labelled-select.tsx';
import type { SubjectKind } from './use-correct.ts';

const words = strings.subjects;

interface Props {
  kind: SubjectKind;
  filters: SubjectFilters;
  go: (filters: SubjectFilters) => void;
  /** Beside the search field. */
  beside: ReactNode;
  children?: ReactNode;
}

export function SubjectFiltersBar({ kind, filters, go, beside, children }: Props) {
  const set = useCallback(
    (changed: { [K in keyof SubjectFilters]?: SubjectFilters[K] | undefined }) =>
      go(toSubjectFilters({ ...filters, ...changed })),
    [filters, go],
  );
  const [typed, setTyped] = useTypedQuery(
    filters.q ?? '',
    useCallback((q: string) => set({ q }), [set]),
  );
  return (
    <search className="subject-filters">
      <div className="subject-find">
        <input
          type="search"
          aria-label={words.find[kind]}
          placeholder={words.find[kind]}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <LabelledSelect
          label={words.sort}
          value={filters.sort ?? 'importance'}
          options={profileSorts.map((one) => [one, words.sorts[one]])}
          onChange={(sort) => set({ sort: sort === 'importance' ? undefined : sort })}
        />
        {beside}
      </div>
      <Choice
        label={words.trend}
        quietLabel
        value={filters.trend ?? 'any'}
        options={[['any', words.any], ...profileTrends.map((one) => [one, words.trends[one]] as const)]}
        onChange={(trend) => set({ trend: trend === 'any' ? undefined : trend })}
      />
      {kind === 'entity' && (
        <LabelledSelect
          label={words.type}
          value={filters.type}
          none={words.any}
          options={entityTypes.map((one) => [one, strings.profiles.types[one]])}
          onChange={(type) => set({ type })}
        />
      )}
      <label className="subject-check">
        <input
          type="checkbox"
          checked={filters.hidden === true}
          onChange={({ target }) => set({ hidden: target.checked ? true : undefined })}
        />
        {words.hiddenOnes}
      </label>
      {children}
    </search>
  );
}
