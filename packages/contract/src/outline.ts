/**
 * A conversation without its words: every message on every branch, in order, with what it takes to lay out thousands of them, to
 * find one, and to choose among branches, before any text has come.
 */
import { z } from 'zod';
import { AuthorKind, Role } from './conversation.ts';
import { MessageId } from './ids.ts';

export const OutlineMessage = z.strictObject({
  id: MessageId,
  /** Place of the message it answers in this list; null where it begins. */
  parent: z.int().nullable(),
  /** Its place among those that answer the same; of beginnings, 0 where another one begins. */
  siblingIx: z.int(),
  role: Role,
  authorKind: AuthorKind,
  at: z.string().nullable(),

  /** Its source does not show it. */
  hidden: z.boolean(),
  onActivePath: z.boolean(),
  /** Bytes of all its text, folded parts too: about how much there will be. */
  size: z.int(),
  /** Files it shows. */
  files: z.int(),
  /** First words of what a person wrote; null for the others. */
  opening: z.string().nullable(),
});
export type OutlineMessage = z.infer<typeof OutlineMessage>;

export const Outline = z.strictObject({
  /** Every message on every branch, in order. */
  items: z.array(OutlineMessage),
  /** Messages that are kept out of contexts by themselves. */
  excluded: z.array(MessageId),
});
export type Outline = z.infer<typeof Outline>;
