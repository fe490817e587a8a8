/** What was asked for and by whom, contexts and all else, by application, kind and days; each leads to exactly what was given. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { askedKinds } from '@vivim/contract/asked-words';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { recordsQuery } from '../api/context-queries.ts';
import { conversationQuery } from '../api/queries.ts';
import type { RecordFilters } from '../api/record-filters.ts';
import { present } from '../api/search-filters.ts';
import { AskedLine } from '../components/context/asked-line.tsx';
import { ContextTabs } from '../components/context/context-tabs.tsx';
import { Confirm } from '../components/kit/confirm.tsx';
import { Empty } from '../components/kit/empty.tsx';
import { LabelledSelect } from '../components/kit/labelled-select.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { sayProblem } from '../components/kit/toast-queue.ts';
import { VirtualList } from '../components/kit/virtual-list.tsx';
import { FilterChip } from '../components/search/filter-pill.tsx';
import { type Asking, useAskerName, useAskers } from '../hooks/use-askers.ts';
import { strings } from '../strings.ts';
import '../styles/search.css';
import { conversationName } from '../conversation-name.ts';

const words = strings.records;
const route = getRouteApi('/context/records');
const ways = ['api', 'mcp'] as const;

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
  const chosen = askers.find(({ only }) => only.app === filters.app && only.session === filters.session);
  return (
    <div className="record-filters">
      <LabelledSelect
        className="field"
        label={words.application}
        none={words.anyone}
        value={chosen?.id}
        options={askers.map(({ id, name }) => [id, name] as const)}
        onChange={(id) => {
          const { app, session } = askers.find((asker) => asker.id === id)?.only ?? {};
          change({ app, session });
        }}
      />
      <LabelledSelect
        className="field"
        label={words.kind}
        none={words.anyKind}
        value={filters.kind}
        options={askedKinds.map((kind) => [kind, words.kinds[kind]] as const)}
        onChange={(kind) => change({ kind })}
      />
      <LabelledSelect
        className="field"
        label={words.way}
        none={words.anyWay}
        value={filters.way}
        options={ways.map((way) => [way, words.ways[way]] as const)}
        onChange={(way) => change({ way })}
      />
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

/** The conversation the records are narrowed to, by its name once that is there. */
function OfConversation({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { data } = useQuery(conversationQuery(id));
  const name = conversationName(data);
  return (
    <p className="record-of">
      <FilterChip name={words.ofConversation(name)} onRemove={onRemove} />
      <Link to="/conversations/$id" params={{ id }}>
        {words.openConversation}
      </Link>
    </p>
  );
}

export function RecordsPage(): ReactNode {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const askers = useAskers();
  const nameOf = useAskerName();
  const list = useInfiniteQuery(recordsQuery(filters));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(filters).length > 0;
  const { conversation, ...others } = filters;
  const go = (search: RecordFilters): void => void navigate({ search, replace: true, resetScroll: false });
  const clear = (): void => {
    api.clearAsked({}).then(() => client.invalidateQueries({ queryKey: ['records'] }), sayProblem);
  };
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <ContextTabs />
      <Filters filters={filters} askers={askers} go={go} />
      {conversation !== undefined && <OfConversation id={conversation} onRemove={() => go(others)} />}
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
        {(asked) => <AskedLine asked={asked} asker={nameOf(asked)} />}
      </VirtualList>
      {items.length > 0 && (
        <Confirm quiet label={words.clear} warning={words.clearWarning} confirm={words.clear} onConfirm={clear} />
      )}
    </>
  );
}
