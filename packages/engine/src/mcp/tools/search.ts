/** Finding what was said. */
import { AcuType } from '@vivim/contract/acu';
import { AsOf } from '@vivim/contract/as-of';
import { Role, Source } from '@vivim/contract/conversation';
import { EntityId, TopicId } from '@vivim/contract/ids';
import { z } from 'zod';
import { Citation, citationLine, citing, cursorInput, limitInput, moreLine, nextCursor } from '../citation.ts';
import { defineTool, readCall, reading } from '../tool.ts';
import { ToldMemory, toldMemory } from './told-memory.ts';

const day = z.iso.date().or(z.iso.datetime({ offset: true }));

export const search = defineTool({
  title: 'Search memory',
  description:
    'Find passages in everything the user ever discussed with AI assistants, by words and by meaning. Returns quotes with citations and the reasons each one was found, best first, and memories kept about the user that hold the words. Ask in the words the user would have used; one subject a call finds more than several at once. "exact phrase", +must and -never narrow it.',
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
        type: AcuType,
        role: Role,
        score: z.number(),
        why: z.array(z.string()),
        citation: Citation,
      }),
    ),
    memories: z.array(ToldMemory).describe('With the first page of a search without filters.'),
    nextCursor,
    meaningReady: z
      .boolean()
      .describe('False while new messages are still being indexed by meaning; words find them already.'),
  }),
  async run({ query: q, ...rest }, world) {
    const { items, memories, ...page } = await world.handlers.search(
      readCall(world, { params: {}, query: { q, ...rest }, body: undefined }),
    );
    return {
      hits: items.flatMap(({ acu, message, conversation, score, reasons }) =>
        acu.id === null || acu.type === null
          ? []
          : {
              text: acu.text,
              type: acu.type,
              role: message.role,
              score,
              why: reasons.map(({ arm, detail }) => `${arm}: ${detail}`),
              citation: citing(world.origin, {
                conversationId: conversation.id,
                messageId: message.id,
                acuId: acu.id,
                title: conversation.title,
                at: message.createdAt,
              }),
            },
      ),
      memories: memories.map(({ memory }) => toldMemory(memory)),
      nextCursor: page.nextCursor,
      meaningReady: page.meaningReady,
    };
  },
  text: ({ hits, memories, nextCursor: cursor }) =>
    [
      ...(hits.length === 0 ? ['Nothing was found in conversations.'] : []),
      ...hits.map(({ text, role, citation }, i) => `${i + 1}. (${role}) ${text}\n   ${citationLine(citation)}`),
      ...memories.map(({ id, text, label }) => `Memory ${id}: ${text} (${label})`),
      ...moreLine(cursor),
    ].join('\n'),
});
