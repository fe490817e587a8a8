/** Search: what was said where, with the reasons each hit is one. */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { Query } from '@vivim/contract/routes';
import type { SearchHit } from '@vivim/contract/search';
import type { Candidate } from '../context/candidate.ts';
import { parseQuestion } from '../context/retrieval/query.ts';
import type { Retriever } from '../context/retrieval/retriever.ts';
import { decodeCursor, encodeCursor } from '../space/cursor.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

/** Memories shown with a search. */
const memoriesShown = 5;

/** A filter asks for places in conversations, which memories have not. */
const nothingElse = ({ source, role, from, to }: Query<'search'>): boolean =>
  [source, role, from, to].every((filter) => filter === undefined);

function memoriesWith(space: UserSpace, text: string) {
  const match = parseQuestion(text)
    .terms.map(({ fts }) => fts)
    .join(' OR ');
  return match === '' ? [] : space.read((r) => r.memories.search(match, memoriesShown));
}

export const searchHandlers = (deps: { space: UserSpace; retriever: Retriever }) =>
  ({
    search: async ({ query, signal }) => {
      if (!/[\p{L}\p{N}]/u.test(query.q)) {
        throw new AppError('query_invalid', 'There is no word in the question.', { field: 'q' });
      }
      const after =
        query.cursor === undefined ? undefined : decodeCursor<[number, number]>(query.cursor, ['number', 'number']);
      const { candidates, meaningReady, timings } = await deps.retriever.retrieve(
        {
          text: query.q,
          // One more than is shown says whether there is a next page.
          limit: query.limit + 1,
          perMessage: 1,
          ...(query.source === undefined ? {} : { source: query.source }),
          ...(query.role === undefined ? {} : { role: query.role }),
          ...(query.from === undefined ? {} : { fromMs: Date.parse(query.from) }),
          ...(query.to === undefined ? {} : { toMs: Date.parse(query.to) }),
          ...(after === undefined ? {} : { after: { score: after[0], messagePk: after[1] } }),
        },
        signal,
      );
      const shown = candidates.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(toHit),
        memories: after === undefined && nothingElse(query) ? memoriesWith(deps.space, query.q) : [],
        nextCursor:
          candidates.length > shown.length && last !== undefined ? encodeCursor([last.score, last.message.pk]) : null,
        meaningReady,
        tookMs: timings.total ?? 0,
      };
    },
  }) satisfies Handlers<'search'>;

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
