/** The reader: one conversation in order, along the branch its person chose. */

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Conversation, Message } from '@vivim/contract/conversation';
import type { ReactNode } from 'react';
import { conversationQuery } from '../api/queries.ts';
import { Documents } from '../components/imports/documents.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { Loading } from '../components/kit/loading.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { EraseThing } from '../components/reader/erase-thing.tsx';
import { KeepOut } from '../components/reader/keep-out.tsx';
import { LineageLines } from '../components/reader/lineage-lines.tsx';
import { MessageView } from '../components/reader/message-view.tsx';
import { day } from '../format.ts';
import { useConversationPath } from '../hooks/use-conversation-path.ts';
import { useOpen } from '../hooks/use-presence.ts';
import { strings } from '../strings.ts';

const route = getRouteApi('/conversations/$id');

/** Providers pad their trees with hidden nodes that hold no word; nothing is lost by not showing them. */
const hollow = (message: Message): boolean =>
  message.hidden && message.parts.every((part) => part.attachment === null && (part.text ?? '').trim() === '');

function Head({ conversation }: { conversation: Conversation }) {
  const { id, title, opening, source, messageCount, createdAt, updatedAt, defaultModel } = conversation;
  const navigate = useNavigate();
  return (
    <PageHeader title={title ?? opening ?? strings.untitled}>
      <p className="meta">
        <span>{strings.sources[source]}</span>
        {defaultModel !== null && <span>{defaultModel}</span>}
        <span>{strings.reader.messages(messageCount)}</span>
        <time>{strings.profiles.span(day(createdAt), day(updatedAt ?? createdAt))}</time>
        {conversation.deletedInSourceAt !== null && <span className="warn">{strings.conversations.gone}</span>}
        <Link to="/context" search={{ conversation: id }}>
          {strings.reader.context}
        </Link>
      </p>
      <LineageLines lineage={conversation.lineage} />
      <KeepOut kind="conversation" id={id} />
      <EraseThing kind="conversation" id={id} onErased={() => navigate({ to: '/conversations' })} />
    </PageHeader>
  );
}

function Messages({ id, wanted }: { id: string; wanted: string | undefined }) {
  const path = useConversationPath(id, wanted);
  if (path.error !== null) return <Problem error={path.error} />;
  if (path.loading) return <Loading lines={8} />;
  // On the way to a message far down, what lies before it is drawn once, not again with every page that arrives.
  const drawn = path.target === 'finding' ? path.messages.slice(0, 20) : path.messages;
  return (
    <div className="messages">
      <p className="note" role="status">
        {path.target === 'absent' && strings.reader.notFoundHere}
        {path.target === 'finding' && strings.reader.finding}
        {path.branching && strings.reader.branchLoading}
      </p>
      {drawn
        .filter((message) => !hollow(message) || message.id === wanted)
        .map((message) => (
          <MessageView key={message.id} message={message} wanted={message.id === wanted} show={path.show} />
        ))}
      <LoadMore load={path.loadMore} busy={path.loadingMore} />
    </div>
  );
}

export function ConversationPage(): ReactNode {
  const { id } = route.useParams();
  const { message } = route.useSearch();
  const conversation = useQuery(conversationQuery(id));
  useOpen('conversation', id);
  if (conversation.error !== null)
    return <ProblemPage error={conversation.error} retry={() => void conversation.refetch()} />;
  return (
    <div className="reader">
      {conversation.data === undefined ? <Loading lines={2} /> : <Head conversation={conversation.data} />}
      {conversation.data !== undefined && <Documents key={`documents ${id}`} conversationId={id} />}
      <Messages key={id} id={id} wanted={message} />
    </div>
  );
}
