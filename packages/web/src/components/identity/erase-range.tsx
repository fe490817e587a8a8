/** Erasing everything of a source or of a time: what is named, what would go, the last word. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Source } from '@vivim/contract/conversation';
import { sourceNames, sources } from '@vivim/contract/conversation-words';
import type { EraseRange } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import { uuidv7 } from '@vivim/contract/random';
import { type FormEvent, useState } from 'react';
import { afterErasure } from '../../api/after-erasure.ts';
import { api } from '../../api/client.ts';
import { erasePreviewQuery } from '../../api/you-queries.ts';
import { strings } from '../../strings.ts';
import { Confirm } from '../kit/confirm.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { say } from '../kit/toast-queue.ts';

const words = strings.erasing;

/** The midnight a day begins with, where the person is. @param later how many days after it */
function midnight(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

function Preview({ range, onErased }: { range: EraseRange; onErased: () => void }) {
  const client = useQueryClient();
  const preview = useQuery(erasePreviewQuery(range));
  // One wish however often it is sent.
  const [idempotencyKey] = useState(() => uuidv7());
  const erase = useMutation({
    mutationFn: () => api.eraseRange({ body: range, idempotencyKey }),
    onSuccess: async ({ items }) => {
      say(words.done(items));
      onErased();
      await afterErasure(client);
    },
  });
  if (preview.error instanceof AppError && preview.error.code === 'not_found')
    return <p role="status">{words.nothing}</p>;
  if (preview.error !== null) return <Problem error={preview.error} retry={() => void preview.refetch()} />;
  if (preview.data === undefined) return <Skeleton />;
  const { removed, items } = preview.data;
  return (
    <section className="card form" aria-label={words.would}>
      <h3>{words.would}</h3>
      <ul className="goes">
        {words.goes(removed).map(([, what, more]) => (
          <li key={more}>
            <b>{what}</b> {more}
          </li>
        ))}
      </ul>
      <p className="note">{words.after}</p>
      <Confirm
        label={words.erase(items)}
        warning={words.warning(items)}
        confirm={words.sure}
        busy={erase.isPending}
        onConfirm={() => erase.mutate()}
      />
      {erase.error !== null && <Problem error={erase.error} />}
    </section>
  );
}

export function EraseRangeForm() {
  const [source, setSource] = useState<Source | ''>('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [range, setRange] = useState<EraseRange | null>(null);
  const wrong = from !== '' && until !== '' && until < from;
  const named = source !== '' || from !== '' || until !== '';
  const look = (event: FormEvent): void => {
    event.preventDefault();
    if (wrong || !named) return;
    setRange({
      ...(source === '' ? {} : { source }),
      ...(from === '' ? {} : { from: midnight(from) }),
      // The last day is in.
      ...(until === '' ? {} : { until: midnight(until, 1) }),
    });
  };
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setRange(null);
    };
  return (
    <section className="form">
      <h2>{words.range}</h2>
      <p className="note">{words.rangeText}</p>
      <form className="range" onSubmit={look}>
        <label className="field">
          <span>{words.source}</span>
          <select
            value={source}
            onChange={(event) => change(setSource)(sources.find((one) => one === event.target.value) ?? '')}
          >
            <option value="">{words.anySource}</option>
            {sources.map((one) => (
              <option key={one} value={one}>
                {sourceNames[one]}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{words.from}</span>
          <input type="date" value={from} onChange={(event) => change(setFrom)(event.target.value)} />
        </label>
        <label className="field">
          <span>{words.until}</span>
          <input
            type="date"
            value={until}
            aria-invalid={wrong}
            onChange={(event) => change(setUntil)(event.target.value)}
          />
        </label>
        <button type="submit" disabled={!named || wrong}>
          {words.look}
        </button>
      </form>
      <p className="note">{words.timeHelp}</p>
      <p className="wrong" role="status">
        {wrong ? words.wrongOrder : ''}
      </p>
      {range !== null && <Preview key={JSON.stringify(range)} range={range} onErased={() => setRange(null)} />}
      <p>
        {words.accountText} <Link to="/identity/account">{strings.you.account}</Link>
      </p>
    </section>
  );
}
