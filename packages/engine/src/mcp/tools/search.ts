/** Finding what was said. */
import { AcuType } from '@vivim/contract/acu';
import { AsOf } from '@vivim/contract/as-of';
import { Role, Source } from '@vivim/contract/conversation';
import { ConversationId, EntityId, TopicId } from '@vivim/contract/ids';
import { SpeltWord, UnknownFilter } from '@vivim/contract/search';
import { takenFor, takenForWords, titlesBeside, wordsFound } from '@vivim/contract/words-found';
import { z } from 'zod';
import {
  Citation,
  citationLine,
  citing,
  cursorInput,
  dayOf,
  limitInput,
  messagePages,
  messagePagesAt,
  moreLine,
  nextCursor,
  pagesLine,
  titled,
} from '../citation.ts';
import { defineTool, readCall, reading } from '../tool.ts';
import { pageAt } from '../visit.ts';
import { memoryLine, ToldMemory, toldMemory } from './told-memory.ts';

const day = z.iso.date().or(z.iso.datetime({ offset: true }));

/** Characters of one quote; what is longer is read where it stands. */
const longestQuote = 1_200;

export const search = defineTool({
  title: 'Search memory',
  description:
    'Find passages in everything the user ever discussed with AI assistants, by words and by meaning. Returns quotes with citations and the reasons each one was found, best first; conversations whose title holds the words; and memories kept about the user that hold them. Says which words nothing holds: such a hit is only close in meaning. Ask in the words the user would have used; one subject a call finds more than several at once. "exact phrase", +must and -never narrow it; in a question a "title" only ranks.',
  annotations: reading,
  input: z.strictObject({
    query: z.string().trim().min(1).max(4_000).describe('What to look for, in any language.'),
    limit: limitInput(50, 10),
    role: Role.optional().describe('Only what this side said: "user" for the user’s own words.'),
    source: Source.optional().describe('Only conversations that came from here.'),
    topic: TopicId.optional().describe('Only what belongs to this topic, t_…'),
    entity: EntityId.optional().describe('Only what names this person, place or thing, e_…'),
    from: day.optional().describe('Said at this date or later, e.g. 2025-03-01.'),
    to: day.optional().describe('Said before this date.'),
    asOf: AsOf.optional().describe('Search as it would have been then: only what was said by this date.'),
    liveOnly: z.boolean().optional().describe('Leave out what only says something that no longer holds.'),
    cursor: cursorInput,
  }),
  output: z.strictObject({
    hits: z.array(
      z.strictObject({
        text: z.string(),
        truncated: z.boolean().describe('Cut: read_conversation tells the rest.'),
        type: AcuType,
        role: Role,
        score: z.number(),
        why: z.array(z.string()),
        citation: Citation,
      }),
    ),
    titles: z
      .array(
        z.strictObject({
          conversationId: ConversationId.describe('Give it to read_conversation.'),
          title: z.string().nullable(),
          at: z.string().nullable(),
          url: z.string().nullable().describe('The page of it, for the user to open.'),
        }),
      )
      .describe(
        'Conversations called so, of which no message is among the hits. With the first page of a search without filters.',
      ),
    memories: z.array(ToldMemory).describe('With the first page of a search without filters.'),
    messagePages,
    missing: z.array(z.string()).describe('Words that no hit, title or memory of this answer holds.'),
    spelt: z.array(SpeltWord).describe('Words that no message holds, and what they were taken for.'),
    unknownFilters: z
      .array(UnknownFilter)
      .describe('What looks like a filter of the query and is none: it was looked for as words.'),
    unheld: z.array(z.string()).describe('Quotations of the query that no message holds word for word.'),
    nextCursor,
    meaningReady: z
      .boolean()
      .describe('False while new messages are still being indexed by meaning; words find them already.'),
  }),
  async run({ query: q, ...rest }, world) {
    const result = await world.handlers.search(readCall(world, { params: {}, query: { q, ...rest }, body: undefined }));
    const hits = result.items.flatMap(({ acu, message, conversation, score, reasons }) =>
      acu.id === null || acu.type === null
        ? []
        : {
            text: acu.text.slice(0, longestQuote).toWellFormed(),
            truncated: acu.text.length > longestQuote,
            type: acu.type,
            role: message.role,
            score: Number(score.toPrecision(3)),
            why: reasons.map(({ arm, detail }) => `${arm}: ${detail}`),
            citation: citing(message.id, conversation.title ?? conversation.opening, message.createdAt),
          },
    );
    const titles = titlesBeside(result).map(({ conversation: { id, title }, at }) => {
      return { conversationId: id, title, at, url: pageAt(world.origin, `/conversations/${id}`) };
    });
    const { nextCursor: next, meaningReady, unheld, spelt, unknownFilters } = result;
    const memories = result.memories.map(({ memory }) => toldMemory(memory));
    const remembered = memories.map(({ text }) => text.toLowerCase());
    const missing = (wordsFound(result)?.nowhere ?? []).filter(
      (word) => !remembered.some((text) => text.includes(word)),
    );
    const pages = messagePagesAt(world.origin);
    return {
      hits,
      titles,
      memories,
      messagePages: pages,
      missing,
      spelt,
      unknownFilters,
      unheld,
      nextCursor: next,
      meaningReady,
    };
  },
  asked: ({ query: words }, { hits, titles, memories }) => ({
    kind: 'search',
    words,
    count: hits.length + titles.length + memories.length,
    given: [
      ...hits.map(({ citation }) => citation.messageId),
      ...titles.map(({ conversationId }) => conversationId),
      ...memories.map(({ id }) => id),
    ],
  }),
  text: ({
    hits,
    titles,
    memories,
    messagePages: pages,
    missing,
    spelt,
    unknownFilters,
    unheld,
    nextCursor: cursor,
    meaningReady,
  }) =>
    [
      ...(hits.length === 0 ? ['Nothing was found in conversations.'] : []),
      ...takenForWords({ unknownFilters }),
      ...takenFor({ spelt }),
      ...unheld.map(
        (quote) =>
          `Nothing says “${quote}” word for word.${hits.length === 0 ? '' : ' What follows is found without it.'}`,
      ),
      ...(missing.length === 0
        ? []
        : [`Nothing says: ${missing.join(', ')}. What follows may only be close in meaning.`]),
      ...hits.map(
        ({ text, truncated, role, citation }, i) =>
          `${i + 1}. (${role}) ${text}${truncated ? ' [cut]' : ''}\n   ${citationLine(citation)}`,
      ),
      ...(hits.length === 0 ? [] : pagesLine(pages)),
      ...titles.map(
        ({ title, at, url, conversationId }) =>
          `A conversation called so: ${titled(title)}, ${dayOf(at)}, ${url ?? conversationId}`,
      ),
      ...memories.map((memory) => `Memory ${memoryLine(memory)}`),
      ...(meaningReady ? [] : ['Found by words alone: what came in last is not indexed by meaning yet.']),
      ...moreLine(cursor),
    ].join('\n'),
});
