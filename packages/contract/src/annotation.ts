/**
 * What a person hangs on their conversations and messages: bookmarks, notes in their own words, tags, and that a conversation
 * is archived, which takes it out of lists and of nothing else. Never part of what was said: no context quotes any of it.
 */
import { z } from 'zod';
import { ConversationId, MessageId } from './ids.ts';
import { PageQuery } from './page.ts';

export const annotationKinds = ['bookmark', 'note', 'tag', 'archive'] as const;
export const AnnotationKind = z.enum(annotationKinds);
export type AnnotationKind = z.infer<typeof AnnotationKind>;

/** One line, without what shows nothing. Two ways of writing one tag that differ in capitals alone are one tag. */
export const Tag = z
  .string()
  .transform((tag) => tag.replace(/\s+/gu, ' ').trim())
  .pipe(z.string().min(1).max(60));

/** Characters of a note. */
export const noteLength = 20_000;

/** One thing to do. Said again it changes nothing. */
export const AnnotationStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bookmark'), of: ConversationId.or(MessageId), on: z.boolean() }),
  z.strictObject({ kind: z.literal('archive'), of: ConversationId, on: z.boolean() }),
  z.strictObject({
    kind: z.literal('tag'),
    of: ConversationId,
    /** One line of up to 60 characters; capitals tell no two tags apart. */
    tag: Tag,
    on: z.boolean(),
  }),
  /** Markdown, in place of the note that is there; an empty one takes it away. */
  z.strictObject({ kind: z.literal('note'), of: ConversationId.or(MessageId), text: z.string().max(noteLength) }),
]);
export type AnnotationStep = z.infer<typeof AnnotationStep>;

export const AnnotationSteps = z.strictObject({
  /** Done in this order, all of them or none. */
  steps: z.array(AnnotationStep).min(1).max(2_000),
});
export type AnnotationSteps = z.infer<typeof AnnotationSteps>;

/** What was done, and what takes it back: sent as it is, all is as it was. */
export const AnnotationResult = z.strictObject({
  /** How many steps changed something. */
  changed: z.int(),
  /** Steps that take it back; empty where nothing changed. */
  undo: z.array(AnnotationStep),
});
export type AnnotationResult = z.infer<typeof AnnotationResult>;

export const Annotation = z.strictObject({
  kind: AnnotationKind,
  conversationId: ConversationId,
  conversationTitle: z.string().nullable(),
  /** Null: it hangs on the conversation. */
  messageId: MessageId.nullable(),
  /** False where the message is not in the conversation any more: its source took it out of a later export. */
  here: z.boolean(),
  /** Of a note its Markdown, of a tag its name; null for the others. */
  text: z.string().nullable(),
  at: z.string(),

  /** When its words were last changed, ISO 8601 in UTC. */
  changedAt: z.string(),
});
export type Annotation = z.infer<typeof Annotation>;

export const AnnotationQuery = PageQuery.extend({
  kind: AnnotationKind.optional(),
  conversation: ConversationId.optional(),
});
