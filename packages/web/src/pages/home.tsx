/** The start: what is in the space, what is under way, and the next thing to do. */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { SpaceStatus } from '@vivim/contract/health';
import type { ReactNode } from 'react';
import { latestConversationsQuery, spaceQuery, topicsQuery } from '../api/queries.ts';
import { Empty } from '../components/kit/empty.tsx';
import { Loading } from '../components/kit/loading.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { namedTopic, SubjectChips } from '../components/subjects/subject-chips.tsx';
import { number } from '../count.ts';
import { day } from '../format.ts';
import { strings } from '../strings.ts';

function Counts({ counts }: { counts: SpaceStatus['counts'] }) {
  const shown = [
    [counts.conversations, strings.home.conversations, '/conversations'],
    [counts.messages, strings.home.messages, '/conversations'],
    [counts.acus, strings.home.units, '/search'],
    [counts.topics, strings.home.topics, '/topics'],
    [counts.entities, strings.home.entities, '/entities'],
  ] as const;
  return (
    <ul className="counts">
      {shown.map(([count, name, to]) => (
        <li key={name(2)}>
          <Link to={to} className="card">
            <b>{number(count)}</b> {name(count)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Pending({ pending }: { pending: SpaceStatus['pending'] }) {
  const work = [
    pending.imports > 0 && strings.home.pendingImports(pending.imports),
    pending.rollup > 0 && strings.home.pendingRollup(pending.rollup),
    pending.embedding > 0 && strings.home.pendingEmbedding(pending.embedding),
  ].filter((words) => words !== false);
  return (
    <div role="status">
      {work.length > 0 && (
        <>
          <h2>{strings.home.working}</h2>
          <ul className="plain note">
            {work.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function SearchBox() {
  const navigate = useNavigate();
  return (
    <search>
      <form
        className="home-search"
        onSubmit={(event) => {
          event.preventDefault();
          const q = new FormData(event.currentTarget).get('q');
          void navigate({ to: '/search', search: { q: typeof q === 'string' ? q : '' } });
        }}
      >
        <input
          type="search"
          name="q"
          required
          aria-label={strings.home.searchLabel}
          placeholder={strings.home.searchLabel}
        />
        <button type="submit" className="primary">
          {strings.search.title}
        </button>
      </form>
    </search>
  );
}

function Latest() {
  const conversations = useQuery(latestConversationsQuery(6)).data?.items ?? [];
  const topics = useInfiniteQuery(topicsQuery(12)).data?.pages[0]?.items ?? [];
  return (
    <div className="columns">
      {conversations.length > 0 && (
        <section>
          <h2>{strings.home.recent}</h2>
          <ul className="rows">
            {conversations.map(({ id, title, opening, updatedAt, createdAt }) => (
              <li key={id}>
                <Link to="/conversations/$id" params={{ id }} search={{}}>
                  {title ?? opening ?? strings.untitled}
                </Link>
                <span className="meta">{day(updatedAt ?? createdAt)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <SubjectChips title={strings.home.rising} to="/topics/$id" subjects={topics.map(namedTopic)} />
    </div>
  );
}

export function HomePage(): ReactNode {
  const space = useQuery(spaceQuery);
  if (space.isPending) return <Loading />;
  if (space.error !== null) return <ProblemPage error={space.error} retry={() => void space.refetch()} />;
  const { counts, pending } = space.data;
  if (counts.conversations === 0 && pending.imports === 0) {
    return (
      <>
        <PageHeader title={strings.home.title} />
        <Empty icon="import" title={strings.home.emptyTitle} text={strings.home.emptyText}>
          <Link to="/import" className="button primary">
            {strings.home.emptyAction}
          </Link>
        </Empty>
      </>
    );
  }
  return (
    <>
      <PageHeader title={strings.home.title} lead={strings.home.hello} />
      <SearchBox />
      <Counts counts={counts} />
      <Pending pending={pending} />
      <Latest />
    </>
  );
}
