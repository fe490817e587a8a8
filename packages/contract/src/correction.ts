/**
 * What a person puts right in what was found: topics and entities merged, split, renamed, pinned, hidden. A correction is
 * kept for itself and laid over what is found, so that no later rollup takes it back, and undoing it leaves nothing of it.
 */
import { z } from 'zod';
import { ConversationId, CorrectionId, EntityId, TopicId } from './ids.ts';
import { PageQuery } from './page.ts';
import { EntityType } from './profile.ts';

const name = z.string().trim().min(1).max(120);
const shared = [
  z.strictObject({
    action: z.literal('rename'),
    /** What it is to be called from now on; of `move`, what the other is called. */
    name,
  }),
  z.strictObject({
    action: z.literal('pin'),
    /** Whether it stands first. */
    pinned: z.boolean(),
  }),
  /** Of an entity: it is ignored. */
  z.strictObject({
    action: z.literal('hide'),
    /** Whether it is left out of lists and contexts. */
    hidden: z.boolean(),
  }),
  /** These ways to write it are something else. They are among `parts` of the profile. */
  z.strictObject({
    action: z.literal('split'),
    /** Ways to write it that are something else: among `parts` of the profile. */
    parts: z.array(z.string().min(1).max(200)).min(1).max(50),
  }),
  /** In these conversations something else is meant, of this name. */
  z.strictObject({
    action: z.literal('move'),
    /** Conversations in which something else is meant. */
    conversationIds: z.array(ConversationId).min(1).max(200),
    /** What it is to be called from now on; of `move`, what the other is called. */
    name,
  }),
] as const;

export const TopicCorrection = z.discriminatedUnion('action', [
  ...shared,
  z.strictObject({
    action: z.literal('merge'),
    /** The one that stays, and takes in what this one holds. */
    into: TopicId,
  }),
  /** The two are not the same: nothing found later joins them. Merging them takes it back. */
  z.strictObject({
    action: z.literal('apart'),
    /** The other one. */
    from: TopicId,
  }),
]);
export type TopicCorrection = z.infer<typeof TopicCorrection>;

export const EntityCorrection = z.discriminatedUnion('action', [
  ...shared,
  z.strictObject({
    action: z.literal('merge'),
    /** The one that stays, and takes in what this one holds. */
    into: EntityId,
  }),
  z.strictObject({
    action: z.literal('apart'),
    /** The other one. */
    from: EntityId,
  }),
  z.strictObject({
    action: z.literal('type'),
    /** What it is: a person, an organisation, a place … */
    type: EntityType,
  }),
]);
export type EntityCorrection = z.infer<typeof EntityCorrection>;

export const correctionActions = ['rename', 'pin', 'hide', 'split', 'move', 'merge', 'type', 'apart'] as const;
export const CorrectionAction = z.enum(correctionActions);
export type CorrectionAction = z.infer<typeof CorrectionAction>;

export const Correction = z.strictObject({
  id: CorrectionId,

  /** Whether it is of a topic or of an entity. */
  kind: z.enum(['topic', 'entity']),
  action: CorrectionAction,
  /** What it was called when it was corrected. */
  name: z.string(),
  /** What was said of it: the other's name, the new name or type, `true` or `false`. */
  value: z.string(),
  /** What it is about now: the profile it went into, or it itself. */
  subject: TopicId.or(EntityId),
  at: z.string(),
});
export type Correction = z.infer<typeof Correction>;

export const CorrectionQuery = PageQuery.extend({ kind: z.enum(['topic', 'entity']).optional() });
