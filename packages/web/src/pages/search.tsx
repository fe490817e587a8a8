/** Search as you type. The words and filters stand in the address; the field runs ahead of it by a blink. */
import { getRouteApi } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useCallback, useDeferredValue, useRef } from 'react';
import {
  present,
  type SearchAddress,
  type SearchMode,
  toSearchAddress,
  toSearchFilters,
} from '../api/search-filters.ts';
import { asksSomething } from '../api/search-queries.ts';
import { Choice } from '../components/kit/choice.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { FilterBar } from '../components/search/filter-bar.tsx';
import { SearchField, searchFieldId } from '../components/search/search-field.tsx';
import { SearchResults } from '../components/search/search-results.tsx';
import { SearchStart } from '../components/search/search-start.tsx';
import { strings } from '../strings.ts';
import '../styles/search.css';

const route = getRouteApi('/search');
const modes = ['both', 'words', 'meaning'] as const;

export function SearchPage(): ReactNode {
  const address = route.useSearch();
  const navigate = route.useNavigate();
  // Typing goes on while a list of results is drawn.
  const asked = useDeferredValue(address);
  const results = useRef<HTMLDivElement>(null);
  const { q = '', mode } = address;
  const filters = toSearchFilters({ ...address });
  const go = useCallback(
    (next: SearchAddress) => void navigate({ search: toSearchAddress({ ...next }), replace: true }),
    [navigate],
  );
  const onWords = useCallback(
    (words: string) =>
      void navigate({ search: (before) => present({ ...before, q: words === '' ? undefined : words }), replace: true }),
    [navigate],
  );
  const toFirst = (): void => results.current?.querySelector<HTMLElement>('[data-index="0"] a')?.focus();

  return (
    <>
      <PageHeader title={strings.search.title} />
      <search className="search-head">
        <SearchField q={q} onWords={onWords} onDown={toFirst} />
        <div className="search-line">
          <FilterBar
            filters={filters}
            like={address.like !== undefined}
            onChange={(changed) => go(present<SearchAddress>({ q: address.q, mode, like: address.like, ...changed }))}
            onClear={(what) =>
              go(present<SearchAddress>(what === 'like' ? { ...address, like: undefined } : { q: address.q, mode }))
            }
          />
          <Choice
            label={strings.search.modeLabel}
            quietLabel
            value={mode ?? 'both'}
            options={modes.map((one) => [one, strings.search.modes[one]] as const)}
            onChange={(one) =>
              go(present<SearchAddress>({ ...address, mode: one === 'both' ? undefined : (one as SearchMode) }))
            }
          />
        </div>
      </search>
      <div ref={results} onKeyDownCapture={resultKeys}>
        {asksSomething(asked) ? <SearchResults asked={asked} go={go} /> : <SearchStart onTry={onWords} />}
      </div>
    </>
  );
}

/** Up from the first result is the field again; O opens a result beside this page. */
function resultKeys(event: KeyboardEvent): void {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = target.closest('[data-index]');
  if (row === null || target.matches('input, textarea, select')) return;
  if (key === 'ArrowUp' && row.getAttribute('data-index') === '0') {
    event.preventDefault();
    event.stopPropagation();
    document.getElementById(searchFieldId)?.focus();
  } else if (key === 'o') {
    const link = row.querySelector<HTMLAnchorElement>('a.hit-link');
    if (link !== null) window.open(link.href, '_blank', 'noopener');
  }
}
