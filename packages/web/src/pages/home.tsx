/** The start: what is in the space, what is under way, and the next thing to do. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { SpaceStatus } from '@vivim/contract/health';
import { type ReactNode, useEffect, useRef } from 'react';
import { spaceQuery } from '../api/queries.ts';
import { ActivityCalendar } from '../components/home/activity-calendar.tsx';
import { AtAGlance } from '../components/home/at-a-glance.tsx';
import { FirstExport } from '../components/home/first-export.tsx';
import { FirstSteps } from '../components/home/first-steps.tsx';
import { SampleNote } from '../components/home/sample-note.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { list, number } from '../count.ts';
import { useHomeAhead } from '../hooks/use-home-ahead.ts';
import { strings } from '../strings.ts';
import '../styles/home.css';

const words = strings.home;

function Counts({ counts }: { counts: SpaceStatus['counts'] }) {
  const shown = [
    [counts.conversations, words.conversations, '/conversations'],
    [counts.messages, words.messages, '/conversations'],
    [counts.topics, words.topics, '/topics'],
    [counts.entities, words.entities, '/entities'],
  ] as const;
  return (
    <ul className="counts">
      {shown.map(([count, name, to]) => (
        <li key={name(2)}>
          <Link to={to}>
            <b>{number(count)}</b> {name(count)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Pending({ pending, embedder }: Pick<SpaceStatus, 'pending' | 'embedder'>) {
  const work = [
    pending.imports > 0 && words.pendingImports(pending.imports),
    pending.rollup > 0 && words.pendingRollup(pending.rollup),
    // Without an embedder nothing is under way: what has no vector is found by words, and stays so.
    embedder !== null && pending.embedding > 0 && words.pendingEmbedding(pending.embedding),
  ].filter((line) => line !== false);
  return (
    <p role="status" className="note working">
      {work.length > 0 && `${words.working}: ${list(work)}`}
    </p>
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
        <input type="search" name="q" required aria-label={words.searchLabel} placeholder={words.searchLabel} />
        <button type="submit" className="primary">
          {strings.search.title}
        </button>
      </form>
    </search>
  );
}

/** What the lists of this page hold changes with how much the space holds, which is asked again while work is under way. */
const ofTheSpace = [['conversations'], ['topics'], ['entities'], ['activity'], ['imports']];

/** Vectors change the space and none of its lists: while they are made, nothing is asked again. */
function useFreshLists(counts: SpaceStatus['counts'] | undefined): void {
  const client = useQueryClient();
  const held = counts === undefined ? undefined : Object.values(counts).join();
  const before = useRef(held);
  useEffect(() => {
    if (before.current !== undefined && before.current !== held)
      for (const queryKey of ofTheSpace) void client.invalidateQueries({ queryKey });
    before.current = held;
  }, [client, held]);
}

export function HomePage(): ReactNode {
  const space = useQuery(spaceQuery);
  const answered = useHomeAhead();
  useFreshLists(space.data?.counts);
  const navigate = useNavigate();
  if (space.error !== null && space.data === undefined)
    return <ProblemPage error={space.error} retry={() => void space.refetch()} />;
  if (space.isPending || !answered)
    return (
      <>
        <PageHeader title={words.title} />
        <Skeleton shape="cards" />
      </>
    );
  const { counts, pending, embedder } = space.data;
  if (counts.conversations === 0 && pending.imports === 0)
    return (
      <>
        <PageHeader title={words.title} lead={words.emptyText} />
        <FirstExport onFolder={() => void navigate({ to: '/import' })} />
      </>
    );
  // The first of it is on its way: nothing is counted yet.
  if (counts.conversations === 0)
    return (
      <>
        <PageHeader title={words.title} />
        <SampleNote />
        <Pending pending={pending} embedder={embedder} />
        <Skeleton shape="rows" />
      </>
    );
  return (
    <>
      <PageHeader title={words.title}>
        <Counts counts={counts} />
      </PageHeader>
      <SampleNote />
      <SearchBox />
      <Pending pending={pending} embedder={embedder} />
      <FirstSteps />
      <AtAGlance />
      <ActivityCalendar />
    </>
  );
}
