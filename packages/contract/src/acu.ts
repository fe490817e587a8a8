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
export const Span = z.strictObject({ partIndex: z.int(), start: z.int(), end: z.int() });
export type Span = z.infer<typeof Span>;

export const Acu = z.strictObject({
  id: AcuId,
  type: AcuType,
  text: z.string(),
  span: Span,
  authorKind: AuthorKind,
  /** BCP 47 for prose, the name of the programming language for code, null where unknown. */
  language: z.string().nullable(),
  createdAt: z.string().nullable(),
  /** 0–1: richness, structure, self-containedness, uniqueness. */
  quality: z.number(),
  state: AcuState,
  messageId: MessageId,
  conversationId: ConversationId,
  links: z.array(z.strictObject({ type: AcuLinkType, to: AcuId, weight: z.number() })),
});
export type Acu = z.infer<typeof Acu>;
