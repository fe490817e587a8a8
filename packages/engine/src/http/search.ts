/** Search: what was said where, with the reasons each hit is one. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { acuTypes } from '@vivim/contract/acu';
import type { Asker } from '@vivim/contract/assembly';
import { isoTime } from '@vivim/contract/clock';
import { roles } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import type { SearchHit, TitleHit } from '@vivim/contract/search';
import type { BranchCandidate, Candidate, RetrievalRequest, Retrieving } from '../context/candidate.ts';
import { askedOfSelf } from '../context/memories/asked-of-self.ts';
import { parseQuestion } from '../context/retrieval/query.ts';
import { parseSearch } from '../context/retrieval/search-syntax.ts';
import { searchRequest } from '../context/search-request.ts';
import type { TitleIndex, TitleWord } from '../context/title-index.ts';
import { encodeCursor } from '../space/cursor.ts';
import { shown as shownMemory } from '../space/stores/memory-rows.ts';
import { isSelective } from '../space/stores/message-filter.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { View } from '../space/view.ts';
import type { Handlers } from './handler.ts';
import { isApplication, isKept, memoriesTold } from './told-to-ai.ts';

/** Memories and notes shown with a search. */
const memoriesShown = 5;
const notesShown = 5;
/** The same where all that is known of the person is asked for. */
const memoriesOfSelf = 20;
const titlesShown = 5;

/** Longest part of a message that is looked for when its like is asked for. */
const likeLength = 1_500;

function notesWith(space: UserSpace, match: string) {
  return match === '' ? [] : space.read((r) => r.annotations.search(match, notesShown));
}

/** Notes are their person's alone, and have no past: as of a day nobody knows what they said. */
const tellsNotes = (asker: Asker, view: View | undefined): boolean =>
  !isApplication(asker) && view?.asOfMs === undefined;

/** Those that say what the question asks of its person come first, whatever words they say it in. */
function memoriesWith(space: UserSpace, text: string, match: string, view: View | undefined, asker: Asker) {
  const self = askedOfSelf(text);
  if (match === '' && self === null) return [];
  return space.read((r) => {
    const of = self === null ? [] : r.memoryLookup.saying(self.attributes, self.whole ? memoriesOfSelf : memoriesShown);
    const rows = r.memoryLookup.whole(of.map(({ pk }) => pk));
    const saying = of.flatMap(({ pk }) => {
      const row = rows.get(pk);
      return row === undefined ? [] : { memory: shownMemory(row), score: 1 };
    });
    const worded = match === '' ? [] : r.memories.search(match, memoriesShown);
    const found = [...saying, ...worded.filter(({ memory }) => of.every(({ id }) => id !== memory.id))].slice(
      0,
      Math.max(memoriesShown, saying.length),
    );
    const told = memoriesTold(
      r,
      asker,
      found.map(({ memory }) => memory),
    );
    return found.filter(({ memory }) => told.includes(memory));
  }, view);
}

/** To an AI a conversation that is kept out is not there, nor is one whose title says what is: it is told of none while anything is. */
function titlesWith(
  { space, titles }: Pick<SearchDeps, 'space' | 'titles'>,
  words: readonly TitleWord[],
  view: View | undefined,
  asker: Asker,
): TitleHit[] {
  return space.read((r) => isKept(r, asker), view) ? [] : titles.holding(words, titlesShown, view);
}

interface SearchDeps {
  readonly space: UserSpace;
  readonly retriever: Retrieving;
  readonly titles: TitleIndex;
}

/** What stands beside the hits. It is looked up while the vector of the question is made elsewhere: a turn later, when that was sent for. */
async function foundBeside(
  deps: SearchDeps,
  text: string,
  words: readonly TitleWord[],
  view: View | undefined,
  asker: Asker,
) {
  await nextTurn();
  const match = words.map(({ fts }) => fts).join(' OR ');
  return {
    memories: memoriesWith(deps.space, text, match, view, asker),
    notes: tellsNotes(asker, view) ? notesWith(deps.space, match) : [],
    titles: titlesWith(deps, words, view, asker),
  };
}

export const searchHandlers = (deps: SearchDeps) =>
  ({
    search: async ({ query, signal, asker }) => {
      const typed = parseSearch(query.q ?? '');
      const request: RetrievalRequest = {
        ...searchRequest(query, textOf(deps.space, query.like), typed),
        ...(asker.way === 'mcp' ? { heedsExclusions: true as const } : {}),
      };
      const { text, after } = request;
      if (text === '' && request.prefixes?.length === 0) {
        throw new AppError('query_invalid', 'There is no word in the question. Filters narrow what words find.', {
          field: 'q',
        });
      }
      // A filter asks for places in conversations, which memories and notes have not.
      const isFirst = after === undefined && query.like === undefined && !isSelective(request);
      const [{ candidates, elsewhere, terms, nowhere, unheld, spelt, meaningReady, timings }, beside] =
        await Promise.all([
          deps.retriever.retrieve(request, signal),
          foundBeside(deps, isFirst ? text : '', isFirst ? parseQuestion(text).terms : [], request.view, asker),
        ]);
      const found = elsewhere.length === 0 ? candidates : [...candidates, ...elsewhere].sort(bestFirst);
      const shown = found.slice(0, query.limit);
      const last = shown.at(-1);
      const untitled = shown.flatMap(({ conversation: { id, title } }) => (isBlank(title) ? [id] : []));
      const openings = deps.space.read((r) => r.openings(untitled));
      return {
        items: shown.map((one) => ('acu' in one ? toHit(one, openings) : toBranchHit(one, openings))),
        ...beside,
        nextCursor:
          found.length > shown.length && last !== undefined ? encodeCursor([last.score, last.message.pk]) : null,
        terms: [...terms],
        nowhere: [...nowhere],
        unheld: [...unheld],
        spelt: spelt.map(({ word, as }) => ({ word, as: [...as] })),
        unknownFilters: typed.unknown.map((one) => ({ ...one, known: takenBy(deps.space, one.field) })),
        meaningReady,
        tookMs: timings.total ?? 0,
      };
    },
    listSearchChoices: ({ query }) => deps.space.read((r) => r.searchChoices.choices(query)),
  }) satisfies Handlers<'search' | 'listSearchChoices'>;

/** What a filter takes. Of sources only those somebody here has: the others find nothing. */
function takenBy(space: UserSpace, field: string): string[] {
  if (field === 'source') return space.read((r) => r.searchChoices.choices({}).sources.map(({ source }) => source));
  if (field === 'after' || field === 'before') return ['2025', '2025-12', '2025-12-31'];
  return field === 'role' ? [...roles] : field === 'type' ? [...acuTypes] : [];
}

type Ranked = Pick<Candidate, 'score' | 'message'>;
const bestFirst = (a: Ranked, b: Ranked): number => b.score - a.score || b.message.pk - a.message.pk;

/** What a message says, to find others like it. @throws AppError `not_found` */
function textOf(space: UserSpace, id: MessageId | undefined): string {
  if (id === undefined) return '';
  const message = space.read((r) => r.conversations.message(id));
  if (message === null) throw new AppError('not_found', undefined, { field: 'like' });
  const said = message.parts.flatMap((part) => ('text' in part && part.text !== null ? part.text : []));
  return said.join('\n').slice(0, likeLength);
}

const isBlank = (title: string | null): boolean => title === null || title.trim() === '';

type Openings = ReadonlyMap<ConversationId, string>;

const toHit = (found: Candidate, openings: Openings): SearchHit => ({
  ...placeOf(found, openings),
  acu: { id: found.acu.id, text: found.acu.text, type: found.acu.type },
  branch: 'shown',
});

const toBranchHit = (found: BranchCandidate, openings: Openings): SearchHit => ({
  ...placeOf(found, openings),
  acu: { id: null, text: found.text, type: null },
  branch: 'other',
});

const placeOf = ({ conversation, message, score, reasons }: BranchCandidate | Candidate, openings: Openings) => ({
  conversation: {
    id: conversation.id,
    externalId: conversation.externalId,
    title: conversation.title,
    opening: openings.get(conversation.id) ?? null,
    source: conversation.source,
  },
  message: {
    id: message.id,
    externalId: message.externalId,
    createdAt: isoTime(message.createdMs),
    role: message.role,
  },
  score,
  reasons: [...reasons],
});
