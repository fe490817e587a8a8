/** Whole conversations: reading one, and keeping one that is going on now. */
import { ConversationSummary, Role } from '@vivim/contract/conversation';
import { ConversationId, ImportId, MessageId } from '@vivim/contract/ids';
import { ImportState } from '@vivim/contract/imports';
import { z } from 'zod';
import { cursorInput, limitInput, messagePage, moreLine, nextCursor } from '../citation.ts';
import { defineTool, readCall, reading } from '../tool.ts';
import { pageAt } from '../visit.ts';
import { keepConversation } from './keep-conversation.ts';

/** Characters of one message that are shown; a pasted book would leave no room for the rest. */
const shownCharacters = 8_000;
/** Kinds of parts that are not what anybody said. */
const unspoken: ReadonlySet<string> = new Set(['reasoning', 'context', 'raw']);

export const readConversation = defineTool({
  title: 'Read a conversation',
  description:
    'The messages of one stored conversation in order, the branch the user kept. Use it to read around a search hit; long conversations come in pages.',
  annotations: reading,
  input: z.strictObject({
    conversationId: ConversationId.describe('c_…, from a citation.'),
    limit: limitInput(50, 20),
    cursor: cursorInput,
  }),
  output: z.strictObject({
    conversation: ConversationSummary.pick({
      id: true,
      title: true,
      source: true,
      createdAt: true,
      messageCount: true,
    }).extend({ url: z.string().nullable().describe('The page of it, for the user to open.') }),
    messages: z.array(
      z.strictObject({
        messageId: MessageId,
        role: Role,
        author: z.string().nullable(),
        model: z.string().nullable(),
        at: z.string().nullable(),
        text: z.string(),
        truncated: z.boolean().describe('Cut after 8,000 characters.'),
        url: z.string().nullable(),
      }),
    ),
    nextCursor,
  }),
  async run({ conversationId, limit, cursor }, world) {
    const params = { id: conversationId };
    const { id, title, opening, source, createdAt, messageCount } = await world.handlers.getConversation(
      readCall(world, { params, query: {}, body: undefined }),
    );
    const query = { limit, branches: 'active' as const, ...(cursor === undefined ? {} : { cursor }) };
    const page = await world.handlers.listMessages(readCall(world, { params, query, body: undefined }));
    const messages = page.items.map((message) => {
      const spoken = message.parts.filter(({ kind, text }) => text !== null && !unspoken.has(kind));
      const text = spoken.map((part) => part.text).join('\n\n');
      return {
        messageId: message.id,
        role: message.role,
        author: message.authorName,
        model: message.model,
        at: message.createdAt,
        text: text.slice(0, shownCharacters),
        truncated: text.length > shownCharacters,
        url: messagePage(world.origin, id, message.id),
      };
    });
    return {
      conversation: {
        id,
        title: title ?? opening,
        source,
        createdAt,
        messageCount,
        url: pageAt(world.origin, `/conversations/${id}`),
      },
      messages,
      nextCursor: page.nextCursor,
    };
  },
  text: ({ conversation: { id, title, source, createdAt, messageCount }, messages, nextCursor: cursor }) =>
    [
      `“${title}”, ${source}, ${createdAt?.slice(0, 10) ?? 'undated'}, ${messageCount} messages, conversation ${id}`,
      ...messages.map(
        ({ messageId, role, at, text, truncated }) =>
          `\n[${role}, ${at ?? 'undated'}, ${messageId}]\n${text}${truncated ? '\n[cut here]' : ''}`,
      ),
      ...moreLine(cursor),
    ].join('\n'),
});

export const saveConversation = defineTool({
  title: 'Save a conversation',
  description:
    'Keep a conversation in the user’s memory, so that it can be found later. Give all its messages in order. Saving the same again changes nothing; with the same key and more messages the stored one grows. Save only what the user wants kept.',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({
    title: z.string().trim().min(1).max(500),
    messages: z
      .array(
        z.strictObject({
          role: Role,
          content: z.string().min(1).max(400_000),
          createdAt: z.iso.datetime({ offset: true }).optional(),
        }),
      )
      .min(1)
      .max(2_000),
    key: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe('Your own lasting name for this conversation. Without one, each different content is one of its own.'),
  }),
  output: z.strictObject({
    importId: ImportId,
    state: ImportState.describe('"done" when it is stored; "queued" or "running" when it will be in a moment.'),
    outcome: z.enum(['added', 'updated', 'unchanged', 'skipped']).nullable(),
    conversationId: ConversationId.nullable(),
  }),
  run: keepConversation,
  text: ({ state, outcome, conversationId, importId }) =>
    conversationId === null
      ? `Taken in as import ${importId}, now ${state}. It will be found in a moment.`
      : `Kept as conversation ${conversationId} (${outcome ?? state}).`,
});
