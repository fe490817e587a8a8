/** One message as it is read: who, when, with which model; its parts, its versions, its sources, and what its person hung on it. */
import type { Message } from '@vivim/contract/conversation';
import type { OutlineMessage } from '@vivim/contract/outline';
import { memo, useMemo } from 'react';
import { dayAndTime, isSameDay, time } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { filesByName, LinkedFilesContext } from '../kit/linked-files.ts';
import { Fold } from './fold.tsx';
import { type MessageActs, MessageMenu } from './message-menu.tsx';
import { OwnNote } from './own-note.tsx';
import { PartView } from './part-view.tsx';
import { SiblingSwitch } from './sibling-switch.tsx';

interface Props {
  outline: OutlineMessage;
  /** Undefined until it came. */
  message: Message | undefined;
  /** When the one before it was said: a day is told once. */
  before: string | null;
  siblings: readonly string[];
  /** Whether this is the message the reader followed a link to. */
  wanted: boolean;
  bookmarked: boolean;
  note: string | null;
  excluded: boolean;
  acts: MessageActs;
}

function Sources({ message }: { message: Message }) {
  const links = new Map(
    message.citations.flatMap(({ url, title }) => (url === null ? [] : [[url, title ?? url] as const])),
  );
  const safe = [...links].filter(([url]) => /^https?:\/\//i.test(url));
  if (safe.length === 0) return null;
  return (
    <Fold name={`${message.id} sources`} summary={<b>{`${strings.reader.sources} (${safe.length})`}</b>}>
      <ol className="source-list">
        {safe.map(([url, title]) => (
          <li key={url}>
            <a href={url} target="_blank" rel="noopener noreferrer nofollow" dir="auto">
              {title}
            </a>{' '}
            <span className="meta">{hostOf(url)}</span>
          </li>
        ))}
      </ol>
    </Fold>
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : '');

/** What the person thought of an answer, as the provider kept it. */
function Ratings({ message }: { message: Message }) {
  return message.feedback.map(({ rating, comment, at }) => (
    <p key={`${rating} ${at}`} className="note rating">
      {strings.feedback[rating]}
      {comment === null ? '' : `: ${comment}`}
    </p>
  ));
}

/** Holds the place of a message until it comes, about as tall. */
function Coming({ outline }: { outline: OutlineMessage }) {
  return (
    <div className="message-coming" aria-hidden="true">
      {outline.opening !== null && <p dir="auto">{outline.opening}</p>}
      <div className="bone" />
      <div className="bone" />
    </div>
  );
}

function Body({ message }: { message: Message }) {
  const files = useMemo(() => filesByName(message.parts.map(({ attachment }) => attachment)), [message]);
  const parts = (
    <LinkedFilesContext value={files}>
      {message.parts.map((part) => (
        <PartView key={part.index} part={part} name={`${message.id} ${part.index}`} />
      ))}
    </LinkedFilesContext>
  );
  if (!message.hidden) return message.parts.length === 0 ? <p className="note">{strings.reader.noText}</p> : parts;
  const { hiddenReason } = message;
  return (
    <Fold
      name={`${message.id} hidden`}
      summary={<b>{strings.reader.hiddenReasons[hiddenReason ?? ''] ?? strings.reader.hidden}</b>}
    >
      {parts}
    </Fold>
  );
}

function MessageArticle({ outline, message, before, siblings, wanted, bookmarked, note, excluded, acts }: Props) {
  const { id, role, at } = outline;
  const who = message?.authorName ?? strings.roles[role];
  return (
    <article
      id={id}
      tabIndex={-1}
      className={`message message-${role}${wanted ? ' wanted' : ''}${bookmarked ? ' bookmarked' : ''}`}
      aria-label={at === null ? who : `${who}, ${dayAndTime(at)}`}
      aria-busy={message === undefined}
    >
      <header className="message-head">
        <span className={`role role-${role}`}>{who}</span>
        <span className="meta">
          {message?.model != null && <span>{message.model}</span>}
          {message?.status === 'partial' && <span className="warn">{strings.reader.partial}</span>}
          {excluded && <span className="warn">{strings.reader.isOut}</span>}
          {at !== null && (
            <time dateTime={at} title={dayAndTime(at)}>
              {isSameDay(at, before) ? time(at) : dayAndTime(at)}
            </time>
          )}
        </span>
        <SiblingSwitch id={id} siblings={siblings} show={acts.show} />
        <span className="message-tools">
          <button
            type="button"
            className="quiet icon-button bookmark"
            aria-pressed={bookmarked}
            aria-label={strings.reader.bookmark}
            onClick={() => acts.bookmark(id)}
          >
            <Icon name="memories" />
          </button>
          <MessageMenu id={id} bookmarked={bookmarked} noted={note !== null} excluded={excluded} acts={acts} />
        </span>
      </header>
      {message === undefined ? <Coming outline={outline} /> : <Body message={message} />}
      {message !== undefined && (
        <>
          <Ratings message={message} />
          <Sources message={message} />
        </>
      )}
      {note !== null && <OwnNote text={note} onEdit={() => acts.note(id)} />}
    </article>
  );
}

/** Rendered again only where something of it changed: thousands pass by while one scrolls. */
export const MessageView = memo(MessageArticle);
