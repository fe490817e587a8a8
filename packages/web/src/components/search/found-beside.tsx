/** What was found beside messages: memories, notes of the person's own, conversations by their titles, with the way to each. */
import { Link } from '@tanstack/react-router';
import type { SearchResult } from '@vivim/contract/search';
import { titlesBeside } from '@vivim/contract/words-found';
import { day } from '../../format.ts';
import { memoryFrom } from '../../memory-from.ts';
import { plainStart } from '../../pieces.ts';
import { strings } from '../../strings.ts';
import { Marked } from '../kit/marked.tsx';

export function FoundMemories({ first }: { first: SearchResult }) {
  if (first.memories.length === 0) return null;
  return (
    <section aria-label={strings.memories.found} className="found-memories">
      <h2>{strings.memories.found}</h2>
      <ul>
        {first.memories.map(({ memory }) => (
          <li key={memory.id}>
            <Link to="/memories" search={{ q: memory.text.slice(0, wordsInAddress) }} dir="auto">
              <Marked text={memory.text} query={first.terms.join(' ')} />
            </Link>{' '}
            <small className="memory-label">{memoryFrom(memory)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function FoundTitles({ first }: { first: SearchResult }) {
  const others = titlesBeside(first);
  if (others.length === 0) return null;
  return (
    <section aria-label={strings.search.titles} className="found-memories">
      <h2>{strings.search.titles}</h2>
      <ul>
        {others.map(({ conversation, at }) => (
          <li key={conversation.id}>
            <Link to="/conversations/$id" params={{ id: conversation.id }} dir="auto">
              <Marked text={conversation.title ?? strings.untitled} query={first.terms.join(' ')} />
            </Link>{' '}
            {at !== null && <small className="memory-label">{day(at)}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** As many characters of a memory as its page takes to find it by. */
const wordsInAddress = 200;
/** Of a note as much as two lines hold. Characters. */
const noteShown = 220;

export function FoundNotes({ first }: { first: SearchResult }) {
  if (first.notes.length === 0) return null;
  return (
    <section aria-label={strings.search.notes} className="found-memories">
      <h2>{strings.search.notes}</h2>
      <ul>
        {first.notes.map(({ note }) => {
          const { conversationId, conversationTitle, messageId, text } = note;
          return (
            <li key={`${conversationId} ${messageId ?? ''}`}>
              <Link
                to="/conversations/$id"
                params={{ id: conversationId }}
                search={messageId === null ? {} : { message: messageId }}
                dir="auto"
              >
                <Marked text={plainStart(text ?? '', noteShown)} query={first.terms.join(' ')} />
              </Link>{' '}
              <small className="memory-label">{strings.search.noteOn(conversationTitle ?? strings.untitled)}</small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
