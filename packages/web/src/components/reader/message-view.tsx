/** One message as it is read: who, when, with which model; its parts, its versions, its sources. */
import type { Message } from '@vivim/contract/conversation';
import { memo, useEffect } from 'react';
import { dayAndTime } from '../../format.ts';
import { useOnceNear } from '../../hooks/use-once-near.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { EraseThing } from './erase-thing.tsx';
import { MessageLink } from './message-link.tsx';
import { PartView } from './part-view.tsx';
import { SiblingSwitch } from './sibling-switch.tsx';

interface Props {
  message: Message;
  /** Whether this is the message the reader followed a link to. */
  wanted: boolean;
  show: (message: Message, sibling: string) => void;
}

function Sources({ message }: { message: Message }) {
  const links = new Map(
    message.citations.flatMap(({ url, title }) => (url === null ? [] : [[url, title ?? url] as const])),
  );
  const safe = [...links].filter(([url]) => /^https?:\/\//i.test(url));
  if (safe.length === 0) return null;
  return (
    <details className="folded">
      <summary>{`${strings.reader.sources} (${safe.length})`}</summary>
      <ul>
        {safe.map(([url, title]) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noopener noreferrer nofollow">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What the person thought of an answer, as the provider kept it. */
function Ratings({ message }: { message: Message }) {
  return message.feedback.map(({ rating, comment, at }) => (
    <p key={`${rating} ${at}`} className="note rating">
      {strings.feedback[rating]}
      {comment === null ? '' : `: ${comment}`}
    </p>
  ));
}

/** Bare text until it comes near: markdown of thousands of messages would take seconds, and the browser's own search
 * finds text that is there. */
function Unread({ message }: { message: Message }) {
  if (message.hidden) return null;
  return <p className="unread">{message.parts.map((part) => (part.kind === 'text' ? part.text : null))}</p>;
}

function Body({ message }: { message: Message }) {
  const parts = message.parts.map((part) => <PartView key={part.index} part={part} />);
  if (!message.hidden) return message.parts.length === 0 ? <p className="note">{strings.reader.noText}</p> : parts;
  const { hiddenReason } = message;
  return (
    <details className="folded">
      <summary>{hiddenReason === null ? strings.reader.hidden : strings.reader.hiddenBecause(hiddenReason)}</summary>
      {parts}
    </details>
  );
}

function MessageArticle({ message, wanted, show }: Props) {
  const [article, near] = useOnceNear<HTMLElement>();
  useEffect(() => {
    if (!wanted) return;
    article.current?.scrollIntoView({ block: 'start' });
    article.current?.focus({ preventScroll: true });
  }, [wanted, article]);
  const who = message.authorName ?? strings.roles[message.role];
  return (
    <article
      ref={article}
      id={message.id}
      tabIndex={-1}
      className={`message message-${message.role}${wanted ? ' wanted' : ''}`}
      aria-label={`${who}, ${dayAndTime(message.createdAt)}`}
    >
      <header className="meta">
        <span className={`role role-${message.role}`}>{who}</span>
        {message.model !== null && <span>{message.model}</span>}
        {message.status === 'partial' && <span>{strings.reader.partial}</span>}
        <time {...(message.createdAt === null ? {} : { dateTime: message.createdAt })}>
          {dayAndTime(message.createdAt)}
        </time>
        <SiblingSwitch message={message} show={show} />
        <MessageLink
          conversationId={message.conversationId}
          messageId={message.id}
          label={strings.reader.link}
          className="permalink"
        >
          <Icon name="link" />
        </MessageLink>
      </header>
      {near || wanted ? <Body message={message} /> : <Unread message={message} />}
      <Ratings message={message} />
      <Sources message={message} />
      {(near || wanted) && (
        <div className="message-actions">
          <EraseThing kind="message" id={message.id} />
        </div>
      )}
    </article>
  );
}

/** Rendered once each, however long the conversation: a message never changes while it is read. */
export const MessageView = memo(MessageArticle);
