/** What was left out and why, and a question after what one misses. */
import { useMutation } from '@tanstack/react-query';
import type { Bundle } from '@vivim/contract/context';
import type { AcuId, AssemblyId } from '@vivim/contract/ids';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { number } from '../../count.ts';
import { day, ownTimeZone } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

const words = strings.context;

function WhyNot({ assembly, acuId }: { assembly: AssemblyId; acuId: AcuId }) {
  const why = useMutation({
    mutationFn: () => api.explainAssembly({ params: { id: assembly }, query: { acuId } }),
  });
  if (why.data !== undefined)
    return (
      <p className="why-answer" role="status" dir="auto">
        {why.data.explanation}
      </p>
    );
  return (
    <>
      <button type="button" disabled={why.isPending} onClick={() => why.mutate()}>
        {words.whyNotAsk}
      </button>
      {why.error !== null && <Problem error={why.error} />}
    </>
  );
}

function Missing({ bundle }: { bundle: Bundle }) {
  const [typed, setTyped] = useState('');
  const find = useMutation({
    mutationFn: (q: string) => api.search({ query: { q, limit: 8, timeZone: ownTimeZone() } }),
  });
  const look = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() !== '') find.mutate(typed.trim());
  };
  return (
    <section className="why-not" aria-label={words.whyNot}>
      <h3>{words.whyNot}</h3>
      <p className="note">{words.whyNotLead}</p>
      <form onSubmit={look}>
        <input
          type="search"
          value={typed}
          aria-label={words.whyNotSearch}
          placeholder={words.whyNotSearch}
          onChange={({ target }) => setTyped(target.value)}
        />
        <button type="submit" disabled={find.isPending}>
          {words.whyNotFind}
        </button>
      </form>
      {find.error !== null && <Problem error={find.error} />}
      {find.data?.items.length === 0 && (
        <p className="note" role="status">
          {words.whyNotNone}
        </p>
      )}
      <ul className="rows">
        {find.data?.items.map(({ acu, conversation, message }) => (
          <li key={acu.id ?? message.id}>
            <div>
              <p className="line-quote" dir="auto">
                {acu.text}
              </p>
              <p className="meta">
                <span dir="auto">{conversation.title ?? strings.untitled}</span>
                <span>{day(message.createdAt)}</span>
              </p>
            </div>
            {acu.id !== null && <WhyNot key={bundle.id} assembly={bundle.id} acuId={acu.id} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function LeftOut({ bundle }: { bundle: Bundle }) {
  const omitted = bundle.omitted.toSorted((a, b) => Number(b.pinned === true) - Number(a.pinned === true));
  let place = 0;
  return (
    <div className="left-out">
      <Missing bundle={bundle} />
      {omitted.length === 0 && <p className="note">{words.omittedNone}</p>}
      <ul className="omitted">
        {omitted.map(({ reason, what, layer, count, pinned }) => {
          place += 1;
          return (
            <li key={place}>
              <span className={pinned ? 'chip degraded' : 'chip'}>
                {pinned ? `${words.pinnedLeft}, ${words.reasons[reason]}` : words.reasons[reason]}
              </span>
              <span dir="auto">{what}</span>
              <span className="meta">
                {words.layers[layer]}
                {count !== undefined && ` × ${number(count)}`}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
