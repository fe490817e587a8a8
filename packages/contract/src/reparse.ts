/** Reading what came in anew, from the records that were kept, when a source is read better than before. */
import { z } from 'zod';
import { Source } from './conversation.ts';
import { ConversationId } from './ids.ts';

export const ReparseRequest = z.strictObject({
  /** Of this source alone. */
  source: Source.optional(),
  /** This one alone. */
  conversationId: ConversationId.optional(),
});
export type ReparseRequest = z.infer<typeof ReparseRequest>;

export const ReparseQueued = z.strictObject({
  /** How many conversations will be read anew. */
  queued: z.int(),
});
export type ReparseQueued = z.infer<typeof ReparseQueued>;
