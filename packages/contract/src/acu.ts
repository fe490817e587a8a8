/** Atomic Chat Units: the smallest spans of a conversation that stand alone, each found again in its source. */
import { z } from 'zod';
import { acuTypes } from './acu-words.ts';
import { AuthorKind } from './conversation.ts';
import { AcuId, ConversationId, MessageId } from './ids.ts';

export { acuTypes };
export const AcuType = z.enum(acuTypes);
export type AcuType = z.infer<typeof AcuType>;

export const acuStates = ['active', 'superseded', 'hidden', 'deleted_in_source', 'erased'] as const;
export const AcuState = z.enum(acuStates);
export type AcuState = z.infer<typeof AcuState>;

export const acuLinkTypes = [
  'next',
  'answers',
  'explains',
  'derived_from',
  'duplicates',
  'supersedes',
  'contradicts',
  'references',
] as const;
export const AcuLinkType = z.enum(acuLinkTypes);
export type AcuLinkType = z.infer<typeof AcuLinkType>;

/** Where a unit stands: UTF-16 offsets into the stored text of one part. */
export const Span = z.strictObject({
  /** Which part of the message, from 0. */
  partIndex: z.int(),
  start: z.int(),
  end: z.int(),
});
export type Span = z.infer<typeof Span>;

export const Acu = z.strictObject({
  id: AcuId,

  /** What sort of thing it says: a question, a decision, code … */
  type: AcuType,

  /** Its words, as they stand in the message. */
  text: z.string(),

  /** Where its words stand. */
  span: Span,
  authorKind: AuthorKind,
  /** BCP 47 for prose, the name of the programming language for code, null where unknown. */
  language: z.string().nullable(),

  /** When it was said, ISO 8601 in UTC; null where its source does not say. */
  createdAt: z.string().nullable(),
  /** 0–1: richness, structure, self-containedness, uniqueness. */
  quality: z.number(),

  /** `active`, or why it is no longer quoted. */
  state: AcuState,
  messageId: MessageId,
  conversationId: ConversationId,

  /** What it has to do with other units. */
  links: z.array(
    z.strictObject({
      /** How: it follows, answers, explains, repeats, contradicts … */
      type: AcuLinkType,
      /** The other unit. */
      to: AcuId,
      weight: z.number(),
    }),
  ),
});
export type Acu = z.infer<typeof Acu>;
