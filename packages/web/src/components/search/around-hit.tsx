/** The messages around one that was found, on its branch; more of them on request. */
import { useQuery } from '@tanstack/react-query';
import type { Message } from '@vivim/contract/conversation';
import type { MessageId } from '@vivim/contract/ids';
import { useState } from 'react';
import { aroundQuery } from '../../api/search-queries.ts';
import { strings } from '../../strings.ts';
import { Marked } from '../kit/marked.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { MessageLink } from '../reader/message-link.tsx';

/** Messages more with each press, and at most: beyond it the conversation itself is the place to read. */
const step = 4;
const most = 20;
/** UTF-16 units of one message; the rest is read in the conversation. */
const shownOfOne = 1_500;

export function AroundHit({ id, words }: { id: MessageId; words: string }) {
  const [reach, setReach] = useState({ before: 2, after: 2 });
  const around = useQuery(aroundQuery(id, reach.before, reach.after));
  if (around.error !== null) return <Problem error={around.error} retry={() => void around.refetch()} />;
  if (around.data === undefined) return <Skeleton count={3} />;
  const { items, moreBefore, moreAfter } = around.data;
  const more = (way: 'before' | 'after') => setReach({ ...reach, [way]: Math.min(most, reach[way] + step) });
  return (
    <section className="around" aria-label={strings.search.aroundLabel}>
      {moreBefore && reach.before < most && (
        <button type="button" className="quiet small" disabled={around.isFetching} onClick={() => more('before')}>
          {strings.search.earlier}
        </button>
      )}
      <ol>
        {items.map((message) => (
          <li key={message.id} className={message.id === id ? 'found' : ''}>
            <span className={`role role-${message.role}`}>{strings.roles[message.role]}</span>
            <p dir="auto">
              <Marked text={textOf(message)} query={message.id === id ? words : ''} />
            </p>
          </li>
        ))}
      </ol>
      <span className="around-acts">
        {moreAfter && reach.after < most && (
          <button type="button" className="quiet small" disabled={around.isFetching} onClick={() => more('after')}>
            {strings.search.later}
          </button>
        )}
        {items[0] !== undefined && (
          <MessageLink conversationId={items[0].conversationId} messageId={id} className="button quiet small">
            {strings.search.open}
          </MessageLink>
        )}
      </span>
    </section>
  );
}

const told: ReadonlySet<string> = new Set(['text', 'code', 'artifact', 'file', 'audio']);

function textOf({ parts }: Message): string {
  const text = parts
    .flatMap((part) => (part.text !== null && told.has(part.kind) ? part.text.trim() : []))
    .filter((part) => part !== '')
    .join('\n\n');
  return text.length > shownOfOne ? `${text.slice(0, shownOfOne)} …` : text;
}
