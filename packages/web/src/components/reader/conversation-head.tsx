/** The head of a conversation: what it is, its tags, and what one does with the whole of it. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Conversation } from '@vivim/contract/conversation';
import { useState } from 'react';
import { annotate } from '../../api/annotate.ts';
import { exclusionOfQuery } from '../../api/queries.ts';
import { conversationName } from '../../conversation-name.ts';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';
import { modKey } from '../frame/keys.ts';
import { Icon } from '../kit/icon.tsx';
import { Menu, MenuItem, MenuLine, MenuLink } from '../kit/menu.tsx';
import { PageHeader } from '../kit/page-header.tsx';
import { ConversationTold } from './conversation-told.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { KeepOut } from './keep-out.tsx';
import { LineageLines } from './lineage-lines.tsx';
import { NoteDialog, OwnNote } from './own-note.tsx';
import { TagField } from './tag-field.tsx';

const words = strings.reader;

interface Props {
  conversation: Conversation;
  note: string | null;
  onPrint: () => void;
}

export function ConversationHead({ conversation, note, onPrint }: Props) {
  const { id, source, messageCount, createdAt, updatedAt, defaultModel, tags } = conversation;
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, ask] = useState<'note' | 'erase' | null>(null);
  const excluded = (useQuery(exclusionOfQuery('conversation', id)).data?.items.length ?? 0) > 0;
  const { archivedAt, bookmarkedAt } = conversation;
  const archive = () =>
    void annotate(
      client,
      [{ kind: 'archive', of: id, on: archivedAt === null }],
      archivedAt === null ? words.said.archived : words.said.unarchived,
    );
  const bookmark = () =>
    void annotate(
      client,
      [{ kind: 'bookmark', of: id, on: bookmarkedAt === null }],
      bookmarkedAt === null ? words.said.bookmarked : words.said.unbookmarked,
    );
  const tag = (name: string, on: boolean) =>
    void annotate(
      client,
      [{ kind: 'tag', of: id, tag: name, on }],
      on ? words.said.tagged(name) : words.said.untagged(name),
    );
  return (
    <PageHeader title={conversationName(conversation)}>
      <p className="meta">
        <span>{strings.sources[source]}</span>
        {defaultModel !== null && <span>{defaultModel}</span>}
        <span>{words.messages(messageCount)}</span>
        <time>{strings.profiles.span(day(createdAt), day(updatedAt ?? createdAt))}</time>
        {conversation.deletedInSourceAt !== null && <span className="warn">{strings.conversations.gone}</span>}
        {archivedAt !== null && <span className="chip">{words.archivedOn(day(archivedAt))}</span>}
        {excluded && <span className="warn">{words.isOut}</span>}
      </p>
      <LineageLines lineage={conversation.lineage} />
      <ConversationTold id={id} />
      <div className="head-tools">
        <ul className="chips" aria-label={words.tags}>
          {tags.map((one) => (
            <li key={one} className="chip tag">
              <Link to="/conversations" search={{ tag: one }} aria-label={words.tagWith(one)}>
                {one}
              </Link>
              <button type="button" className="quiet" aria-label={words.removeTag(one)} onClick={() => tag(one, false)}>
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
        <TagField onTag={(name) => tag(name, true)} label={words.addTag} quiet />
        <button type="button" className="quiet bookmark" aria-pressed={bookmarkedAt !== null} onClick={bookmark}>
          <Icon name="memories" />
          {bookmarkedAt === null ? words.bookmark : words.bookmarked}
        </button>
        <button type="button" className="quiet" title={words.archiveHelp} onClick={archive}>
          {archivedAt === null ? words.archive : words.unarchive}
        </button>
        <KeepOut kind="conversation" id={id} quiet />
        <Menu
          trigger={
            <button type="button" className="quiet icon-button" aria-label={words.menuOf}>
              <Icon name="more" />
            </button>
          }
        >
          <MenuLink>
            <Link to="/context" search={{ conversation: id }}>
              <Icon name="context" />
              <span>{words.context}</span>
            </Link>
          </MenuLink>
          <MenuItem icon="print" hint={modKey('P')} onSelect={onPrint}>
            {words.print}
          </MenuItem>
          <MenuItem onSelect={() => ask('note')}>{note === null ? words.addNote : words.editNote}</MenuItem>
          <MenuLine />
          <MenuItem danger onSelect={() => ask('erase')}>
            {strings.erase.names.conversation}
          </MenuItem>
        </Menu>
      </div>
      {note !== null && <OwnNote text={note} onEdit={() => ask('note')} />}
      {asking === 'note' && (
        <NoteDialog
          text={note ?? ''}
          onClose={() => ask(null)}
          onSave={(text) =>
            void annotate(
              client,
              [{ kind: 'note', of: id, text }],
              text.trim() === '' ? words.said.unnoted : words.said.noted,
            )
          }
        />
      )}
      {asking === 'erase' && (
        <EraseDialog
          kind="conversation"
          ids={[id]}
          title={strings.erase.names.conversation}
          warning={strings.erase.warnings.conversation}
          onClose={() => ask(null)}
          onErased={() => navigate({ to: '/conversations' })}
        />
      )}
    </PageHeader>
  );
}
