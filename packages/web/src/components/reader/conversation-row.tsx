/** One conversation in a list: where it comes from, how it is called, and what its person hung on it. */
import { Link } from '@tanstack/react-router';
import type { ConversationSummary } from '@vivim/contract/conversation';
import { conversationName } from '../../conversation-name.ts';
import { number } from '../../count.ts';
import { day, dayInList, isToCome } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { SourceMark } from './source-mark.tsx';

const words = strings.conversations;

interface Props {
  conversation: ConversationSummary;
  selected: boolean;
  /** @param range all from the last one that was chosen */
  onSelect: (on: boolean, range: boolean) => void;
}

export function ConversationRow({ conversation, selected, onSelect }: Props) {
  const { id, source, defaultModel, messageCount, tags, notes } = conversation;
  const name = conversationName(conversation);
  const last = conversation.updatedAt ?? conversation.createdAt;
  const marks = conversation.bookmarkedMessages + (conversation.bookmarkedAt === null ? 0 : 1);
  return (
    <div className={selected ? 'conversation-row selected' : 'conversation-row'}>
      <span className="row-start">
        <SourceMark source={source} />
        <input
          type="checkbox"
          aria-label={words.select(name)}
          checked={selected}
          onChange={(event) => onSelect(event.target.checked, (event.nativeEvent as MouseEvent).shiftKey === true)}
        />
      </span>
      <div className="row-words">
        <Link to="/conversations/$id" params={{ id }} search={{}} className="row-title" dir="auto">
          {name}
        </Link>
        <span className="meta">
          <span>{strings.sources[source]}</span>
          {defaultModel !== null && <span className="row-model">{defaultModel}</span>}
          <span>{words.count(messageCount)}</span>
          {isToCome(last) && <span className="warn">{words.toCome}</span>}
          {conversation.deletedInSourceAt !== null && <span className="warn">{words.gone}</span>}
          {conversation.archivedAt !== null && <span>{words.isArchived}</span>}
          {notes > 0 && <span>{words.hasNotes(notes)}</span>}
        </span>
      </div>
      {tags.length > 0 && (
        <span className="row-tags">
          {tags.map((tag) => (
            <Link
              key={tag}
              to="/conversations"
              search={{ tag }}
              className="chip tag"
              aria-label={strings.reader.tagWith(tag)}
            >
              {tag}
            </Link>
          ))}
        </span>
      )}
      <span className="row-end meta">
        {marks > 0 && (
          <span className="row-mark">
            <Icon name="memories" />
            <span className="visually-hidden">{words.hasBookmarks(marks)}</span>
            {marks > 1 && <span aria-hidden="true">{number(marks)}</span>}
          </span>
        )}
        <time title={day(last)}>{dayInList(last)}</time>
      </span>
    </div>
  );
}
