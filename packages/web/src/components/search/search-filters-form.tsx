/** The filters of a search: source, speaker, dates, as it was, what is valid. They live in the address, so a search can be kept and shared. */
import { roles, sources } from '@vivim/contract/conversation';
import { type SearchFilters, toRole, toSource } from '../../api/search-filters.ts';
import { strings } from '../../strings.ts';

interface Props {
  filters: SearchFilters;
  onChange: (changed: { [K in keyof SearchFilters]: SearchFilters[K] | undefined }) => void;
}

export function SearchFiltersForm({ filters, onChange }: Props) {
  const dateOrNone = (value: string): string | undefined => (value === '' ? undefined : value);
  return (
    <details className="filters" open={Object.keys(filters).length > 0}>
      <summary>{strings.search.filters}</summary>
      <div className="filter-fields">
        <label className="field">
          <span>{strings.search.source}</span>
          <select
            value={filters.source ?? ''}
            onChange={(event) => onChange({ ...filters, source: toSource(event.target.value) })}
          >
            <option value="">{strings.search.anySource}</option>
            {sources.map((source) => (
              <option key={source} value={source}>
                {strings.sources[source]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{strings.search.role}</span>
          <select
            value={filters.role ?? ''}
            onChange={(event) => onChange({ ...filters, role: toRole(event.target.value) })}
          >
            <option value="">{strings.search.anyRole}</option>
            {roles.map((role) => (
              <option key={role} value={role}>
                {strings.roles[role]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{strings.search.from}</span>
          <input
            type="date"
            value={filters.from ?? ''}
            onChange={(event) => onChange({ ...filters, from: dateOrNone(event.target.value) })}
          />
        </label>
        <label className="field">
          <span>{strings.search.to}</span>
          <input
            type="date"
            value={filters.to ?? ''}
            onChange={(event) => onChange({ ...filters, to: dateOrNone(event.target.value) })}
          />
        </label>
        <label className="field">
          <span>{strings.search.asOf}</span>
          <input
            type="date"
            value={filters.asOf ?? ''}
            onChange={(event) => onChange({ ...filters, asOf: dateOrNone(event.target.value) })}
          />
        </label>
        <label className="choice">
          <input
            type="checkbox"
            checked={filters.liveOnly === 'true'}
            onChange={(event) => onChange({ ...filters, liveOnly: event.target.checked ? 'true' : undefined })}
          />
          {strings.search.liveOnly}
        </label>
      </div>
    </details>
  );
}
