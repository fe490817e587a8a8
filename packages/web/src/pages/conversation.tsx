/** The reader: one conversation in order, along the branch its person chose. All it needs is asked for at once. */

import { usePrefetchQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { MessageId } from '@vivim/contract/ids';
import { type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { annotate } from '../api/annotate.ts';
import { conversationAskersQuery } from '../api/context-queries.ts';
import { sessionsQuery } from '../api/identity-queries.ts';
import { conversationQuery, exclusionOfQuery } from '../api/queries.ts';
import { annotationsQuery } from '../api/reader-queries.ts';
import { Dialog } from '../components/kit/dialog.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { ConversationHead } from '../components/reader/conversation-head.tsx';
import { Documents } from '../components/reader/documents.tsx';
import { EraseDialog } from '../components/reader/erase-dialog.tsx';
import { FoldState, toggleFolds } from '../components/reader/fold.tsx';
import { MessageList, type MessageListHandle } from '../components/reader/message-list.tsx';
import { OutlineList } from '../components/reader/outline-list.tsx';
import { NoteDialog, OwnNote } from '../components/reader/own-note.tsx';
import { PrintingNote } from '../components/reader/printing-note.tsx';
import { actOf } from '../components/reader/reader-shortcuts.ts';
import { ReadingPlace } from '../components/reader/reading-place.ts';
import { UseDialog } from '../components/reader/use-dialog.tsx';
import { type Asking, useMessageActs } from '../hooks/use-message-acts.ts';
import { useOpen } from '../hooks/use-presence.ts';
import { usePrinting } from '../hooks/use-printing.ts';
import { useReading } from '../hooks/use-reading.ts';
import { strings } from '../strings.ts';
import '../styles/outline.css';
import '../styles/conversation.css';
import '../styles/code.css';

const route = getRouteApi('/conversations/$id');
const words = strings.reader;

interface MessagesProps {
  id: string;
  wanted: string | undefined;
  /** Prints all of it, once there is something. */
  printer: RefObject<(() => void) | null>;
}

function Messages({ id, wanted, printer }: MessagesProps) {
  const client = useQueryClient();
  const reading = useReading(id, wanted);
  const printing = usePrinting(reading);
  printer.current = printing.print;
  const hung = useQuery(annotationsQuery(id)).data?.items;
  const [asking, ask] = useState<Asking | null>(null);
  const [outlineOpen, setOutlineOpen] = useState(false);
  const [place] = useState(() => new ReadingPlace());
  const list = useRef<MessageListHandle>(null);
  const [folds] = useState(() => new Map<string, boolean>());

  const bookmarked = useMemo(
    () =>
      new Set(
        hung?.flatMap(({ kind, messageId }) =>
          kind === 'bookmark' && messageId !== null ? [messageId as string] : [],
        ),
      ),
    [hung],
  );
  const notes = useMemo(
    () =>
      new Map(
        hung?.flatMap(({ kind, messageId, text }) =>
          kind === 'note' && messageId !== null ? [[messageId as string, text ?? ''] as const] : [],
        ),
      ),
    [hung],
  );
  const gone = hung?.filter(({ kind, here }) => kind === 'note' && !here) ?? [];
  const acts = useMessageActs(id, { reading, bookmarked, ask });
  const { path } = reading;
  const goTo = useCallback((to: number) => list.current?.goTo(to), []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const act = actOf(event);
      const { current: messages } = list;
      if (act === null || path === null || path.length === 0 || messages === null) return;
      const at = messages.current();
      const here = path[at];
      if (here === undefined) return;
      event.preventDefault();
      const step = (by: number): void => {
        const sibling = here.siblings[here.siblings.indexOf(here.message.id) + by];
        if (sibling !== undefined) acts.show(sibling);
      };
      const article = document.getElementById(here.message.id);
      if (act === 'nextMessage') messages.goTo(at + 1);
      else if (act === 'previousMessage') messages.goTo(at - 1);
      else if (act === 'previousBranch') step(-1);
      else if (act === 'nextBranch') step(1);
      else if (act === 'fold') article !== null && toggleFolds(article);
      else acts[act](here.message.id);
    };
    // On the window, so that whatever the page itself does with a key comes first.
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [path, acts]);

  if (reading.outlineError !== null) return <Problem error={reading.outlineError} />;
  if (path === null) return <Skeleton count={10} />;
  const outline = <OutlineList path={path} place={place} bookmarked={bookmarked} goTo={goTo} />;
  return (
    <FoldState value={folds}>
      <div className="reading">
        <div className="reading-text">
          <p className="note" role="status">
            {reading.target === 'absent' && words.notFoundHere}
          </p>
          {reading.error !== null && <Problem error={reading.error} />}
          {gone.map(({ messageId, text }) => (
            <OwnNote key={messageId} text={text ?? ''} gone onEdit={null} />
          ))}
          <PrintingNote printing={printing} />
          <MessageList
            reading={reading}
            path={path}
            wanted={wanted}
            bookmarked={bookmarked}
            notes={notes}
            acts={acts}
            handle={list}
            place={place}
            whole={printing.whole}
          />
        </div>
        <aside className="reading-outline">
          <h2>{words.outline}</h2>
          {outline}
        </aside>
        <button type="button" className="outline-button" onClick={() => setOutlineOpen(true)}>
          {words.outline}
        </button>
      </div>
      <Dialog open={outlineOpen} onOpenChange={setOutlineOpen} title={words.outline}>
        <OutlineList
          path={path}
          place={place}
          bookmarked={bookmarked}
          goTo={(to) => {
            setOutlineOpen(false);
            goTo(to);
          }}
        />
      </Dialog>
      {asking?.about === 'units' && <UseDialog id={asking.id} onClose={() => ask(null)} />}
      {asking?.about === 'note' && (
        <NoteDialog
          text={notes.get(asking.id) ?? ''}
          onClose={() => ask(null)}
          onSave={(text) =>
            void annotate(
              client,
              [{ kind: 'note', of: asking.id as MessageId, text }],
              text.trim() === '' ? words.said.unnoted : words.said.noted,
            )
          }
        />
      )}
      {asking?.about === 'erase' && (
        <EraseDialog
          kind="message"
          ids={[asking.id]}
          title={strings.erase.names.message}
          warning={strings.erase.warnings.message}
          onClose={() => ask(null)}
          onErased={reading.forget}
        />
      )}
    </FoldState>
  );
}

export function ConversationPage(): ReactNode {
  const { id } = route.useParams();
  const { message } = route.useSearch();
  const conversation = useQuery(conversationQuery(id));
  const note = useQuery(annotationsQuery(id)).data?.items.find((one) => one.kind === 'note' && one.messageId === null);
  // What the head shows of it waits for the head; the answers need not.
  usePrefetchQuery(exclusionOfQuery('conversation', id));
  usePrefetchQuery(conversationAskersQuery(id));
  usePrefetchQuery(sessionsQuery);
  useOpen('conversation', id);
  const printer = useRef<(() => void) | null>(null);
  if (conversation.error !== null)
    return <ProblemPage error={conversation.error} retry={() => void conversation.refetch()} />;
  return (
    <div className="reader">
      {conversation.data === undefined ? (
        <Skeleton count={2} />
      ) : (
        <ConversationHead
          conversation={conversation.data}
          note={note?.text ?? null}
          onPrint={() => printer.current?.()}
        />
      )}
      <Documents key={`documents ${id}`} conversationId={id} />
      <Messages key={id} id={id} wanted={message} printer={printer} />
    </div>
  );
}
