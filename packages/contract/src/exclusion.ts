/**
 * What a person keeps out of contexts until they take it back: no context, no bundle and no tool of an AI quotes it. They
 * themselves go on reading and finding it; nothing of it is erased.
 */
import { z } from 'zod';
import { Source } from './conversation.ts';
import { AcuId, ConversationId, EntityId, ExclusionId, MessageId, ProjectId, TopicId } from './ids.ts';
import { PageQuery } from './page.ts';

/** What can be kept out, by what names it. Topics, entities and projects go with everything known to belong to them. */
export const ExclusionSubject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('conversation'), of: ConversationId }),
  z.strictObject({ kind: z.literal('message'), of: MessageId }),
  /** These words, wherever they were said. */
  z.strictObject({ kind: z.literal('unit'), of: AcuId }),
  z.strictObject({ kind: z.literal('topic'), of: TopicId }),
  z.strictObject({ kind: z.literal('entity'), of: EntityId }),
  z.strictObject({ kind: z.literal('project'), of: ProjectId }),
  /** Whatever came and will come from there. */
  z.strictObject({ kind: z.literal('source'), of: Source }),
]);
export type ExclusionSubject = z.infer<typeof ExclusionSubject>;

export const exclusionKinds = ['conversation', 'message', 'unit', 'topic', 'entity', 'project', 'source'] as const;
export const ExclusionKind = z.enum(exclusionKinds);
export type ExclusionKind = ExclusionSubject['kind'];

export const Exclusion = z.strictObject({
  id: ExclusionId,
  kind: ExclusionKind,

  /** What it is, by its id; of a source its name. */
  of: z.string(),
  /** A title, a name, the first words; null where it has none, or is not here yet. */
  name: z.string().nullable(),
  at: z.string(),
});
export type Exclusion = z.infer<typeof Exclusion>;

export const ExclusionQuery = PageQuery.extend({
  kind: ExclusionKind.optional(),
  /** Only what keeps out this very conversation, message, unit, topic, entity, project or source. */
  of: z.string().max(200).optional(),
});
