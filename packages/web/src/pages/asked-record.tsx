/** One record of what a connected AI or a program asked for: who and when, and what it was given, each leading to what it is today. */
import { usePrefetchQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Asked } from '@vivim/contract/asked';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { askedQuery } from '../api/context-queries.ts';
import { sessionsQuery } from '../api/identity-queries.ts';
import { askedAmount, askedTitle } from '../components/context/asked-title.ts';
import { ContextTabs } from '../components/context/context-tabs.tsx';
import { GivenThing } from '../components/context/given-thing.tsx';
import { Confirm } from '../components/kit/confirm.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { sayProblem } from '../components/kit/toast-queue.ts';
import { number } from '../count.ts';
import { dayAndTime } from '../format.ts';
import { useAskerName } from '../hooks/use-askers.ts';
import { strings } from '../strings.ts';

const words = strings.records;
const route = getRouteApi('/context/records/asked/$id');

function Given({ asked }: { asked: Asked }) {
  const { given, count } = asked;
  if (given === null) return <p className="note">{words.givenNone}</p>;
  return (
    <>
      <p className="note">{given.length === 0 ? words.givenNothing(count) : words.givenNote}</p>
      <ul className="rows given-things">
        {given.map((thing) => (
          <GivenThing key={thing.id} thing={thing} />
        ))}
      </ul>
    </>
  );
}

function AskedView({ asked }: { asked: Asked }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const nameOf = useAskerName();
  const { id, at, way, characters } = asked;
  const remove = (): void => {
    api.deleteAsked({ params: { id } }).then(() => {
      client.removeQueries(askedQuery(id));
      void client.invalidateQueries({ queryKey: ['records'] });
      void navigate({ to: '/context/records', search: {} });
    }, sayProblem);
  };
  return (
    <>
      <p className="meta">
        <b dir="auto">{nameOf(asked)}</b>
        <span>{words.ways[way]}</span>
        <time dateTime={at}>{dayAndTime(at)}</time>
        <span>{askedAmount(asked)}</span>
        {characters !== null && <span>{words.characters(number(characters))}</span>}
      </p>
      <div className="bundle-acts">
        <Confirm quiet label={words.remove} warning={words.askedWarning} confirm={words.remove} onConfirm={remove} />
      </div>
      <section>
        <h2>{words.given}</h2>
        <Given asked={asked} />
      </section>
    </>
  );
}

export function AskedPage(): ReactNode {
  const { id } = route.useParams();
  const { data, error } = useQuery(askedQuery(id));
  // Who asked without a name is called by that of their session.
  usePrefetchQuery(sessionsQuery);
  return (
    <>
      <PageHeader title={data === undefined ? words.title : askedTitle(data).slice(0, 120)} />
      <ContextTabs />
      {error !== null && <Problem error={error} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && <AskedView asked={data} />}
    </>
  );
}
