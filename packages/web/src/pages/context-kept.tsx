/** What is pinned into contexts and what is kept out of them, each with the way back. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Pin } from '@vivim/contract/pin';
import { PinSubject } from '@vivim/contract/pin';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { pinsQuery } from '../api/context-queries.ts';
import { ContextTabs } from '../components/context/context-tabs.tsx';
import { ExclusionsList } from '../components/context/exclusions-list.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { undoable } from '../components/kit/toast-queue.ts';
import { day } from '../format.ts';
import { strings } from '../strings.ts';

const words = strings.pins;

function PinRow({ pin }: { pin: Pin }) {
  const client = useQueryClient();
  const { id, kind, of, recipe, name, at } = pin;
  const what = name ?? words.gone;
  const again = () =>
    Promise.all([client.invalidateQueries(pinsQuery), client.invalidateQueries({ queryKey: ['bundle'] })]);
  const unpin = () =>
    undoable(
      async () => {
        await api.deletePin({ params: { id } });
        await again();
      },
      {
        say: words.takenBack,
        undo: async () => {
          await api.createPin({ body: PinSubject.parse({ kind, of, ...(recipe === null ? {} : { recipe }) }) });
          await again();
        },
      },
    );
  return (
    <li>
      <div>
        <p className="line-quote" dir="auto">
          {what}
        </p>
        <p className="meta">
          <span className="chip">{recipe === null ? words.always : words.into(recipe)}</span>
          <time dateTime={at}>{day(at)}</time>
        </p>
      </div>
      <button type="button" className="quiet" aria-label={words.takeBackOf(what)} onClick={() => void unpin()}>
        {words.takeBack}
      </button>
    </li>
  );
}

export function KeptPage(): ReactNode {
  const { data, error } = useQuery(pinsQuery);
  return (
    <>
      <PageHeader title={strings.context.tabs.kept} />
      <ContextTabs />
      <section>
        <h2>{words.title}</h2>
        <p className="note">{words.lead}</p>
        {error !== null && <Problem error={error} />}
        {data === undefined && error === null && <Skeleton shape="rows" count={2} />}
        {data?.length === 0 && <p className="note">{words.none}</p>}
        {data !== undefined && data.length > 0 && (
          <ul className="rows pin-rows">
            {data.map((pin) => (
              <PinRow key={pin.id} pin={pin} />
            ))}
          </ul>
        )}
      </section>
      <ExclusionsList />
    </>
  );
}
