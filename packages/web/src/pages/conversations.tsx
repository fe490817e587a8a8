/** Every conversation, latest first. */

import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { sources } from '@vivim/contract/conversation';
import type { ReactNode } from 'react';
import { conversationsQuery } from '../api/queries.ts';
import { present } from '../api/search-filters.ts';
import { Empty } from '../components/kit/empty.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { Loading } from '../components/kit/loading.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { ProjectFilter } from '../components/reader/project-filter.tsx';
import { day } from '../format.ts';
import { strings } from '../strings.ts';

const route = getRouteApi('/conversations');

/** A filter is the current one only when the address says the very same. */
const exactly = { exact: true, includeSearch: true } as const;

function SourceFilter() {
  return (
    <ul className="chips" aria-label={strings.conversations.filter}>
      <li>
        <Link to="/conversations" search={{}} className="chip" activeOptions={exactly}>
          {strings.search.anySource}
        </Link>
      </li>
      {sources.map((one) => (
        <li key={one}>
          <Link to="/conversations" search={{ source: one }} className="chip" activeOptions={exactly}>
            {strings.sources[one]}
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function ConversationsPage(): ReactNode {
  const { source, project } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(conversationsQuery(source, 50, project));
  const conversations = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader title={strings.conversations.title} />
      <SourceFilter />
      <ProjectFilter
        value={project}
        onChange={(chosen) => void navigate({ search: present({ source, project: chosen }), replace: true })}
      />
      {list.isPending && <Loading lines={8} />}
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && conversations.length === 0 && (
        <Empty icon="conversations" title={strings.conversations.emptyTitle} text={strings.conversations.emptyText}>
          <Link to="/import" className="button primary">
            {strings.home.emptyAction}
          </Link>
        </Empty>
      )}
      <ul className="rows conversation-rows">
        {conversations.map((one) => (
          <li key={one.id}>
            <Link to="/conversations/$id" params={{ id: one.id }} search={{}}>
              {one.title ?? one.opening ?? strings.untitled}
            </Link>
            <span className="meta">
              <span>{strings.sources[one.source]}</span>
              <span>{strings.conversations.count(one.messageCount)}</span>
              {one.deletedInSourceAt !== null && <span className="warn">{strings.conversations.gone}</span>}
              <time>{day(one.updatedAt ?? one.createdAt)}</time>
            </span>
          </li>
        ))}
      </ul>
      <LoadMore load={list.hasNextPage ? () => void list.fetchNextPage() : null} busy={list.isFetchingNextPage} />
    </>
  );
}
