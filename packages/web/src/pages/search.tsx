/** Search as you type. The words and filters stand in the address; the field runs ahead of it by a blink. */

import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCallback } from 'react';
import { searchQuery } from '../api/queries.ts';
import { present, type SearchFilters, toSearchFilters } from '../api/search-filters.ts';
import { Empty } from '../components/kit/empty.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { Loading } from '../components/kit/loading.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { SearchFiltersForm } from '../components/search/search-filters-form.tsx';
import { SearchHit } from '../components/search/search-hit.tsx';
import { milliseconds } from '../format.ts';
import { useTypedQuery } from '../hooks/use-typed-query.ts';
import { strings } from '../strings.ts';

const route = getRouteApi('/search');

function Results({ q, filters }: { q: string; filters: SearchFilters }) {
  const result = useInfiniteQuery(searchQuery(q, filters));
  if (q === '') return <Empty icon="search" title={strings.search.startTitle} text={strings.search.startText} />;
  if (result.error !== null) return <Problem error={result.error} retry={() => void result.refetch()} />;
  if (result.data === undefined) return <Loading />;
  const hits = result.data.pages.flatMap((page) => page.items);
  const first = result.data.pages[0];
  return (
    <div className={result.isPlaceholderData ? 'stale' : ''}>
      <p className="meta" role="status">
        <span>{strings.search.results(hits.length, result.hasNextPage)}</span>
        {first !== undefined && <span>{strings.search.took(milliseconds(first.tookMs))}</span>}
        {first?.meaningReady === false && <span>{strings.search.meaningNotReady}</span>}
      </p>
      {first !== undefined && first.memories.length > 0 && (
        <section aria-label={strings.memories.found} className="card">
          <h2>{strings.memories.found}</h2>
          <ul>
            {first.memories.map(({ memory }) => (
              <li key={memory.id}>
                <span dir="auto">{memory.text}</span> <span className="meta">{memory.label}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {hits.length === 0 && <Empty icon="search" title={strings.search.none} text={strings.search.noneText} />}
      <div className="stack">
        {hits.map((hit) => (
          <SearchHit key={hit.acu.id} hit={hit} query={q} />
        ))}
      </div>
      <LoadMore load={result.hasNextPage ? () => void result.fetchNextPage() : null} busy={result.isFetchingNextPage} />
    </div>
  );
}

export function SearchPage(): ReactNode {
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const { q = '' } = address;
  const filters = toSearchFilters({ ...address });
  const go = useCallback(
    (words: string) =>
      void navigate({ search: (before) => present({ ...before, q: words === '' ? undefined : words }), replace: true }),
    [navigate],
  );
  const [typed, setTyped] = useTypedQuery(q, go);

  return (
    <>
      <PageHeader title={strings.search.title} />
      <search>
        <form className="search-form" onSubmit={(event) => event.preventDefault()}>
          <input
            type="search"
            aria-label={strings.search.label}
            placeholder={strings.search.placeholder}
            maxLength={4_000}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <SearchFiltersForm
            filters={filters}
            onChange={(changed) =>
              void navigate({ search: (before) => present({ q: before.q, ...changed }), replace: true })
            }
          />
        </form>
      </search>
      <Results q={q} filters={filters} />
    </>
  );
}
