/** What a person or a program puts in by itself: a note, or one conversation. In at once, without an upload. */
import { z } from 'zod';
import { ConversationId, ImportId } from './ids.ts';
import { GenericConversation, ImportIssue } from './imports.ts';

export const SaveNote = z.strictObject({
  /** The note, in Markdown. */
  text: z.string().trim().min(1).max(200_000),
  /** Its first line where none is given. */
  title: z.string().trim().min(1).max(300).optional(),
  /** When it was written; now where nothing is said. ISO 8601. */
  createdAt: z.iso.datetime({ offset: true }).optional(),
  /** Saved under the same one again, it takes the place of what was said before. */
  externalId: z.string().min(1).max(200).optional(),
});
export type SaveNote = z.infer<typeof SaveNote>;

/** In the generic import format. Under the same `externalId` again, it is joined with what is there. */
export const SaveConversation = GenericConversation.extend({ messages: z.array(z.unknown()).min(1) });
export type SaveConversation = z.infer<typeof SaveConversation>;

export const Saved = z.strictObject({
  conversationId: ConversationId,

  /** Whether it was new, went on from what was here, or was here just so. */
  outcome: z.enum(['added', 'updated', 'unchanged']),
  /** The import of the day it is counted under. */
  importId: ImportId,
  /** What did not come in as it was, and secrets that were found. */
  issues: z.array(ImportIssue),
});
export type Saved = z.infer<typeof Saved>;
