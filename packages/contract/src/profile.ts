/** What is known of a topic or an entity, found from the person's own data. Every claim cites the ACUs it stands on. */
import { z } from 'zod';
import { AcuId, ConversationId, EntityId, MessageId, TopicId } from './ids.ts';

export const Claim = z.strictObject({
  text: z.string(),
  kind: z.enum(['fact', 'decision', 'open_question', 'preference', 'highlight']),
  /** Never empty. */
  evidence: z
    .array(
      z.strictObject({ acuId: AcuId, messageId: MessageId, conversationId: ConversationId, at: z.string().nullable() }),
    )
    .min(1),
});
export type Claim = z.infer<typeof Claim>;

const profileCounts = z.strictObject({ conversations: z.int(), messages: z.int(), acus: z.int() });

export const TopicSummary = z.strictObject({
  id: TopicId,
  label: z.string(),
  aliases: z.array(z.string()),
  counts: profileCounts,
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  /** 0–1, decaying with time since last seen. */
  importance: z.number(),
});
export type TopicSummary = z.infer<typeof TopicSummary>;

export const TopicProfile = TopicSummary.extend({
  claims: z.array(Claim),
  relatedTopics: z.array(z.strictObject({ id: TopicId, label: z.string(), weight: z.number() })),
  relatedEntities: z.array(z.strictObject({ id: EntityId, name: z.string(), weight: z.number() })),
  /** Messages per month, `YYYY-MM`. */
  timeline: z.array(z.strictObject({ month: z.string(), messages: z.int() })),
});
export type TopicProfile = z.infer<typeof TopicProfile>;

export const entityTypes = [
  'person',
  'organisation',
  'place',
  'product',
  'tool',
  'project',
  'work',
  'event',
  'unknown',
] as const;
export const EntityType = z.enum(entityTypes);
export type EntityType = z.infer<typeof EntityType>;

export const EntitySummary = z.strictObject({
  id: EntityId,
  name: z.string(),
  type: EntityType,
  aliases: z.array(z.string()),
  counts: profileCounts,
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  importance: z.number(),
});
export type EntitySummary = z.infer<typeof EntitySummary>;

export const EntityProfile = EntitySummary.extend({
  claims: z.array(Claim),
  relatedEntities: z.array(z.strictObject({ id: EntityId, name: z.string(), weight: z.number() })),
  relatedTopics: z.array(z.strictObject({ id: TopicId, label: z.string(), weight: z.number() })),
  timeline: z.array(z.strictObject({ month: z.string(), messages: z.int() })),
});
export type EntityProfile = z.infer<typeof EntityProfile>;
