/** Keeping a conversation that is going on now. */
import { Role } from '@vivim/contract/conversation';
import { ConversationId, ImportId } from '@vivim/contract/ids';
import { ImportState } from '@vivim/contract/imports';
import { z } from 'zod';
import { defineTool } from '../tool.ts';
import { pageAt } from '../visit.ts';
import { keepConversation } from './keep-conversation.ts';

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
    url: z.string().nullable().describe('The page of it, for the user to open.'),
  }),
  async run(kept, world) {
    const stored = await keepConversation(kept, world);
    const { conversationId } = stored;
    return {
      ...stored,
      url: conversationId === null ? null : pageAt(world.origin, `/conversations/${conversationId}`),
    };
  },
  asked: (_, { conversationId }) => ({
    kind: 'save',
    words: null,
    count: 1,
    given: conversationId === null ? [] : [conversationId],
  }),
  text: ({ state, outcome, conversationId, importId, url }) =>
    conversationId === null
      ? `Taken in as import ${importId}, now ${state}. It will be found in a moment.`
      : `Kept as conversation ${conversationId} (${outcome ?? state})${url === null ? '' : `: ${url}`}.`,
});
