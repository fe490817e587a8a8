/** Where something was said: what every tool hands out with a piece of memory, and takes to read around it. */
import { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import { z } from 'zod';

export const Citation = z.strictObject({
  conversationId: ConversationId.describe('Give it to read_conversation to read around the quote.'),
  messageId: MessageId,
  /** The unit: the smallest span that stands alone. */
  acuId: AcuId,
  title: z.string().nullable().describe('Title of the conversation.'),
  at: z.string().nullable().describe('When it was said, ISO 8601; null where the source did not say.'),
});
export type Citation = z.infer<typeof Citation>;

export const limitInput = (most: number, usual: number) =>
  z.int().min(1).max(most).default(usual).describe(`How many to return, at most ${most}.`);

export const cursorInput = z.string().max(512).optional().describe('nextCursor of the answer before, to go on.');
export const nextCursor = z.string().nullable().describe('Null when there is no more.');
