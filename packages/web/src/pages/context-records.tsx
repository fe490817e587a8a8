/** What was asked for contexts and by whom, by application and days; each leads to exactly what was given. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type AssemblySummary, assemblyWays } from '@vivim/contract/assembly';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { recordsQuery } from '../api/context-queries.ts';
import type { RecordFilters } from '../api/record-filters.ts';
import { present } from '../api/search-filters.ts';
import { ContextTabs } from '../components/context/context-tabs.tsx';
import { Confirm } from '../components/kit/confirm.tsx';
import { Empty } from '../components/kit/empty.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { sayProblem } from '../components/kit/toast-queue.ts';
import { VirtualList } from '../components/kit/virtual-list.tsx';
import { number } from '../count.ts';
import { dayAndTime } from '../format.ts';
import { type Asking, useAskers } from '../hooks/use-askers.ts';
import { strings } from '../strings.ts';

const words = strings.records;
const route = getRouteApi('/context/records');

function Filters({
  filters,
  askers,
  go,
}: {
  filters: RecordFilters;
  askers: readonly Asking[];
  go: (filters: RecordFilters) => void;
}) {
  const change = (more: { [K in keyof RecordFilters]: RecordFilters[K] | undefined }): void =>
    go(present<RecordFilters>({ ...filters, ...more }));
  return (
    <div className="record-filters">
      <label className="field">
        <span>{words.application}</span>
        <select
          value={filters.session ?? ''}
          onChange={({ target }) => change({ session: target.value === '' ? undefined : target.value })}
        >
          <option value="">{words.anyone}</option>
          {askers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{words.way}</span>
        <select
          value={filters.way ?? ''}
          onChange={({ target }) => change({ way: assemblyWays.find((way) => way === target.value) })}
        >
          <option value="">{words.anyWay}</option>
          {assemblyWays.map((way) => (
            <option key={way} value={way}>
              {words.ways[way]}
            </option>
          ))}
        </select>
      </label>
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="field">
          <span>{words[end]}</span>
          <input
            type="date"
            value={filters[end] ?? ''}
            onChange={({ target }) => change({ [end]: target.value === '' ? undefined : target.value })}
          />
        </label>
      ))}
    </div>
  );
}

function RecordRow({ record, asker }: { record: AssemblySummary; asker: string }) {
  const { id, at, way, query, recipe, tokens, lines } = record;
  return (
    <div className="record-row">
      <Link to="/context/records/$id" params={{ id }} dir="auto">
        {query === '' ? words.noQuery : query.slice(0, 200)}
      </Link>
      <p className="meta">
        <span dir="auto">{asker}</span>
        <span>{words.ways[way]}</span>
        <time dateTime={at}>{dayAndTime(at)}</time>
        <span translate="no">{recipe}</span>
        <span>{words.row(number(tokens), lines)}</span>
      </p>
    </div>
  );
}

export function RecordsPage(): ReactNode {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const { all, nameOf } = useAskers();
  const list = useInfiniteQuery(recordsQuery(filters));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(filters).length > 0;
  const clear = (): void => {
    api.clearAssemblies({}).then(() => client.invalidateQueries({ queryKey: ['records'] }), sayProblem);
  };
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <ContextTabs />
      <Filters
        filters={filters}
        askers={all}
        go={(search) => void navigate({ search, replace: true, resetScroll: false })}
      />
      {list.error !== null && <Problem error={list.error} />}
      {list.data === undefined && list.error === null && <Skeleton shape="rows" />}
      {list.data !== undefined &&
        items.length === 0 &&
        (filtered ? (
          <p className="note">{words.noneFiltered}</p>
        ) : (
          <Empty icon="context" title={words.none} text={words.noneText} />
        ))}
      <VirtualList
        items={items}
        keyOf={({ id }) => id}
        estimate={64}
        label={words.title}
        onEnd={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : null}
      >
        {(record) => <RecordRow record={record} asker={nameOf(record.sessionId)} />}
      </VirtualList>
      {items.length > 0 && (
        <Confirm quiet label={words.clear} warning={words.clearWarning} confirm={words.clear} onConfirm={clear} />
      )}
    </>
  );
}
