/** One record: who asked what, exactly what was given, and what has become of each line since. */
import { usePrefetchQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Assembly, LineNow } from '@vivim/contract/assembly';
import type { AskedId } from '@vivim/contract/ids';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { askedAgain } from '../api/context-address.ts';
import { recordQuery } from '../api/context-queries.ts';
import { sessionsQuery } from '../api/identity-queries.ts';
import { BundleText } from '../components/context/bundle-text.tsx';
import { ContextTabs } from '../components/context/context-tabs.tsx';
import { formatOf } from '../components/context/format-of.ts';
import { LayerBar, TokenTable } from '../components/context/token-bar.tsx';
import { Confirm } from '../components/kit/confirm.tsx';
import { CopyButton } from '../components/kit/copy-button.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { sayProblem } from '../components/kit/toast-queue.ts';
import { number } from '../count.ts';
import { dayAndTime } from '../format.ts';
import { useAskerName } from '../hooks/use-askers.ts';
import { strings } from '../strings.ts';

const words = strings.records;
const route = getRouteApi('/context/records/$id');

function Since({ record }: { record: Assembly }) {
  const changed = record.given.filter(({ now = 'same' }) => now !== 'same');
  return (
    <section>
      <h2>{words.since}</h2>
      {changed.length === 0 && <p className="note">{words.sinceSame}</p>}
      <ul className="rows">
        {changed.map(({ ref, now = 'same' as LineNow }) => (
          <li key={ref}>
            <span>{words.line(ref ?? '')}</span>
            <span className={now === 'same' ? 'chip' : 'chip degraded'}>{words.now[now]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecordView({ record }: { record: Assembly }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const nameOf = useAskerName();
  const { id, text, query, request } = record;
  const remove = (): void => {
    api.deleteAsked({ params: { id: id as string as AskedId } }).then(() => {
      client.removeQueries(recordQuery(id));
      void client.invalidateQueries({ queryKey: ['records'] });
      void navigate({ to: '/context/records', search: {} });
    }, sayProblem);
  };
  return (
    <>
      <p className="meta">
        <b dir="auto">{nameOf(record)}</b>
        <span>{words.ways[record.way]}</span>
        <time dateTime={record.at}>{dayAndTime(record.at)}</time>
        <span translate="no">{record.recipe}</span>
        <span>{strings.context.used(number(record.tokens), number(record.budget))}</span>
        <span>{strings.context.tokenizer(record.tokenizer)}</span>
      </p>
      <div className="bundle-acts">
        {request !== null && (
          <Link className="button" to="/context" search={askedAgain(query, request)}>
            {words.again}
          </Link>
        )}
        <Confirm quiet label={words.remove} warning={words.removeWarning} confirm={words.remove} onConfirm={remove} />
      </div>
      <section className="bundle">
        <div className="bundle-head">
          <h2>{words.given}</h2>
          {text !== null && <CopyButton text={text} />}
        </div>
        {text === null ? (
          <p className="note">{words.textNone}</p>
        ) : (
          <>
            <p className="note">{words.sameBytes}</p>
            <BundleText text={text} format={formatOf(text)} lines={record.lines} />
          </>
        )}
      </section>
      <Since record={record} />
      <section className="tokens">
        <h2>{strings.context.tokenBar}</h2>
        <LayerBar layers={record.layers} budget={record.budget} />
        <TokenTable bundle={record} />
      </section>
    </>
  );
}

export function RecordPage(): ReactNode {
  const { id } = route.useParams();
  const { data, error } = useQuery(recordQuery(id));
  // Who asked is called by the name of their session.
  usePrefetchQuery(sessionsQuery);
  const title = data === undefined ? words.title : data.query === '' ? words.noQuery : data.query.slice(0, 120);
  return (
    <>
      <PageHeader title={title} />
      <ContextTabs />
      {error !== null && <Problem error={error} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && <RecordView record={data} />}
    </>
  );
}
