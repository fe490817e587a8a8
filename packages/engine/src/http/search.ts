/** Search: what was said where, with the reasons each hit is one. */
import type { Arm } from '@vivim/contract/arms';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { MessageId } from '@vivim/contract/ids';
import type { Query } from '@vivim/contract/routes';
import type { SearchHit } from '@vivim/contract/search';
import type { Candidate } from '../context/candidate.ts';
import { startOf } from '../context/retrieval/calendar.ts';
import { parseQuestion } from '../context/retrieval/query.ts';
import type { Retriever } from '../context/retrieval/retriever.ts';
import { parseSearch, type SearchSyntax } from '../context/retrieval/search-syntax.ts';
import { decodeCursor, encodeCursor } from '../space/cursor.ts';
import { isSelective, type MessageFilter } from '../space/stores/message-filter.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

/** Memories shown with a search. */
const memoriesShown = 5;

/** Longest part of a message that is looked for when its like is asked for. */
const likeLength = 1_500;

function memoriesWith(space: UserSpace, text: string) {
  const match = parseQuestion(text)
    .terms.map(({ fts }) => fts)
    .join(' OR ');
  return match === '' ? [] : space.read((r) => r.memories.search(match, memoriesShown));
}

export const searchHandlers = (deps: { space: UserSpace; retriever: Retriever }) =>
  ({
    search: async ({ query, signal, asker }) => {
      const typed = parseSearch(query.q ?? '');
      const text = [typed.text, textOf(deps.space, query.like)].filter((part) => part !== '').join('\n');
      if (text === '' && typed.prefixes.length === 0) {
        throw new AppError('query_invalid', 'There is no word in the question.', { field: 'q' });
      }
      const after =
        query.cursor === undefined ? undefined : decodeCursor<[number, number]>(query.cursor, ['number', 'number']);
      const filter = filterOf(query, typed);
      const { candidates, meaningReady, timings } = await deps.retriever.retrieve(
        {
          text,
          prefixes: typed.prefixes,
          // One more than is shown says whether there is a next page.
          limit: query.limit + 1,
          perMessage: 1,
          ...(asker.way === 'mcp' ? { heedsExclusions: true } : {}),
          ...filter,
          ...(query.like === undefined ? {} : { like: query.like }),
          ...(query.at === undefined ? {} : { nowMs: Date.parse(query.at) }),
          ...(query.without === undefined ? {} : { without: query.without.split(',') as Arm[] }),
          ...(query.timeZone === undefined ? {} : { timeZone: query.timeZone }),
          ...(after === undefined ? {} : { after: { score: after[0], messagePk: after[1] } }),
        },
        signal,
      );
      const onlyWords = query.like === undefined && !isSelective(filter);
      const shown = candidates.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(toHit),
        // A filter asks for places in conversations, which memories have not.
        memories: after === undefined && onlyWords ? memoriesWith(deps.space, text) : [],
        nextCursor:
          candidates.length > shown.length && last !== undefined ? encodeCursor([last.score, last.message.pk]) : null,
        meaningReady,
        tookMs: timings.total ?? 0,
      };
    },
  }) satisfies Handlers<'search'>;

/** What a message says, to find others like it. @throws AppError `not_found` */
function textOf(space: UserSpace, id: MessageId | undefined): string {
  if (id === undefined) return '';
  const message = space.read((r) => r.conversations.message(id));
  if (message === null) throw new AppError('not_found', undefined, { field: 'like' });
  const said = message.parts.flatMap((part) => ('text' in part && part.text !== null ? part.text : []));
  return said.join('\n').slice(0, likeLength);
}

const filterOf = (query: Query<'search'>, { must, mustNot }: SearchSyntax): MessageFilter => ({
  source: query.source,
  role: query.role,
  fromMs: query.from === undefined ? undefined : startOf(query.from, query.timeZone ?? 'UTC'),
  toMs: query.to === undefined ? undefined : startOf(query.to, query.timeZone ?? 'UTC'),
  conversationId: query.conversation,
  projectId: query.project,
  topicId: query.topic,
  entityId: query.entity,
  type: query.type,
  language: query.language,
  must,
  mustNot,
});

const toHit = ({ conversation, message, acu, score, reasons }: Candidate): SearchHit => ({
  conversation: { id: conversation.id, externalId: conversation.externalId, title: conversation.title },
  message: {
    id: message.id,
    externalId: message.externalId,
    createdAt: isoTime(message.createdMs),
    role: message.role,
  },
  acu: { id: acu.id, text: acu.text, type: acu.type },
  score,
  reasons: [...reasons],
});
