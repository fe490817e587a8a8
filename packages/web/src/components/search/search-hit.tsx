/** One thing found: where, when, who, the words, and why. */
import type { SearchHit as Hit } from '@vivim/contract/search';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Marked } from '../kit/marked.tsx';
import { MessageLink } from '../reader/message-link.tsx';

export function SearchHit({ hit, query }: { hit: Hit; query: string }) {
  const { conversation, message, acu, reasons } = hit;
  return (
    <article className="card hit">
      <h2>
        <MessageLink conversationId={conversation.id} messageId={message.id}>
          {conversation.title ?? strings.untitled}
        </MessageLink>
      </h2>
      <p className="meta">
        <span className={`role role-${message.role}`}>{strings.roles[message.role]}</span>
        <time {...(message.createdAt === null ? {} : { dateTime: message.createdAt })}>{day(message.createdAt)}</time>
        <span>{acu.type.replaceAll('_', ' ')}</span>
      </p>
      <p className="hit-text" dir="auto">
        <Marked text={acu.text} query={query} />
      </p>
      <ul className="reasons" aria-label={strings.search.why}>
        {reasons.map((reason) => (
          <li key={reason.arm}>
            <b>{strings.search.arms[reason.arm]}</b> {reason.detail}
          </li>
        ))}
      </ul>
    </article>
  );
}
