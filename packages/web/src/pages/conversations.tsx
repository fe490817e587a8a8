/** Every conversation, filtered and ordered as the address says; many can be dealt with at once. */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type ConversationFilters, narrowing, toConversationFilters } from '../api/conversation-filters.ts';
import { conversationListQuery, facetsQuery } from '../api/reader-queries.ts';
import { Empty } from '../components/kit/empty.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { VirtualList } from '../components/kit/virtual-list.tsx';
import { BulkBar } from '../components/reader/bulk-bar.tsx';
import { ConversationFiltersBar } from '../components/reader/conversation-filters-bar.tsx';
import { ConversationRow } from '../components/reader/conversation-row.tsx';
import { strings } from '../strings.ts';
import '../styles/conversations.css';

const route = getRouteApi('/conversations');
const words = strings.conversations;
const rowHeight = 62;

function Nothing({ filters, clear }: { filters: ConversationFilters; clear: () => void }) {
  const narrowed = narrowing(filters);
  if (narrowed.length === 0)
    return (
      <Empty icon="conversations" title={words.emptyTitle} text={words.emptyText}>
        <Link to="/import" className="button primary">
          {strings.home.emptyAction}
        </Link>
      </Empty>
    );
  const [only] = narrowed.length === 1 ? narrowed : [];
  const [title, text] =
    only === 'archived'
      ? [words.archivedNoneTitle, words.archivedNoneText]
      : only === 'bookmarked'
        ? [words.bookmarkedNoneTitle, words.bookmarkedNoneText]
        : only === 'noted'
          ? [words.notedNoneTitle, words.notedNoneText]
          : [words.noneTitle, words.noneText];
  return (
    <Empty icon="conversations" title={title} text={text}>
      <button type="button" onClick={clear}>
        {words.clear}
      </button>
    </Empty>
  );
}

export function ConversationsPage(): ReactNode {
  const filters = toConversationFilters({ ...route.useSearch() });
  const navigate = route.useNavigate();
  const go = (next: ConversationFilters): void => {
    setSelected(new Set());
    void navigate({ search: next, replace: true });
  };
  const list = useInfiniteQuery(conversationListQuery(filters));
  const facets = useQuery(facetsQuery(filters)).data;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<number | null>(null);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = items.filter(({ id }) => selected.has(id));
  const { hasNextPage, isFetching, fetchNextPage } = list;

  /** With Shift, all from the last one that was chosen. */
  const select = (index: number, on: boolean, range: boolean): void => {
    const from = range && anchor !== null ? anchor : index;
    const ids = items.slice(Math.min(from, index), Math.max(from, index) + 1).map(({ id }) => id as string);
    setSelected((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
    setAnchor(index);
  };

  return (
    <>
      <PageHeader title={words.title} />
      <ConversationFiltersBar filters={filters} facets={facets} onChange={go} />
      {chosen.length > 0 && (
        <BulkBar
          chosen={chosen}
          onAll={chosen.length < items.length ? () => setSelected(new Set(items.map(({ id }) => id))) : null}
          onClear={() => setSelected(new Set())}
        />
      )}
      {list.isPending && <Skeleton shape="rows" count={8} />}
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && <Nothing filters={filters} clear={() => go({})} />}
      {items.length > 0 && (
        <VirtualList
          items={items}
          keyOf={({ id }) => id}
          estimate={rowHeight}
          label={words.title}
          className="conversation-list"
          {...(facets === undefined ? {} : { total: facets.matching })}
          onEnd={hasNextPage && !isFetching ? () => void fetchNextPage() : null}
        >
          {(conversation, index) => (
            <ConversationRow
              conversation={conversation}
              selected={selected.has(conversation.id)}
              onSelect={(on, range) => select(index, on, range)}
            />
          )}
        </VirtualList>
      )}
    </>
  );
}
