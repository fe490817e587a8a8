/** What a list of topics or entities shows, and in what order: kept in the address. */
import { entityTypes, profileSorts, profileTrends } from '@vivim/contract/profile-words';
import { type ReactNode, useCallback } from 'react';
import { type SubjectFilters, toSubjectFilters } from '../../api/subject-filters.ts';
import { useTypedQuery } from '../../hooks/use-typed-query.ts';
import { strings } from '../../strings.ts';
import { Choice } from '../kit/choice.tsx';
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
        <label className="subject-select">
          <span>{words.sort}</span>
          <select
            value={filters.sort ?? 'importance'}
            onChange={({ target }) =>
              set({ sort: profileSorts.find((one) => one === target.value && one !== 'importance') })
            }
          >
            {profileSorts.map((one) => (
              <option key={one} value={one}>
                {words.sorts[one]}
              </option>
            ))}
          </select>
        </label>
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
        <label className="subject-select">
          <span>{words.type}</span>
          <select
            value={filters.type ?? ''}
            onChange={({ target }) => set({ type: entityTypes.find((one) => one === target.value) })}
          >
            <option value="">{words.any}</option>
            {entityTypes.map((one) => (
              <option key={one} value={one}>
                {strings.profiles.types[one]}
              </option>
            ))}
          </select>
        </label>
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
