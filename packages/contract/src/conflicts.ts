/** Messages of which two exports say different things, and what their owner wants kept. */
import { z } from 'zod';
import { Role } from './conversation.ts';
import { ConversationId, MessageId } from './ids.ts';

/** `newest`: what the newer export says. `oldest`: what the older one said. `both`: the other text stays beside it, as a branch. */
export const versionRules = ['newest', 'oldest', 'both'] as const;
export const VersionRule = z.enum(versionRules);
export type VersionRule = z.infer<typeof VersionRule>;

export const Conflict = z.strictObject({
  conversationId: ConversationId,
  title: z.string().nullable(),
  /** Messages that differ. */
  count: z.int(),
  /** Null where nobody decided, and `newest` holds. */
  rule: VersionRule.nullable(),
  /** The first of them. */
  messages: z.array(
    z.strictObject({
      messageId: MessageId,
      role: Role,
      /** What the newest export says, and what an older one said; shortened, unless they are asked for whole. */
      newest: z.string(),

      /** What an older export said, shortened unless they are asked for whole. */
      older: z.string(),
    }),
  ),
});
export type Conflict = z.infer<typeof Conflict>;

export const ResolveConflicts = z.strictObject({
  /** Null: nobody has decided, as before. */
  keep: VersionRule.nullable(),
  /** Null: every conversation with a conflict. */
  conversationIds: z.array(ConversationId).min(1).max(500).nullable(),
});
export type ResolveConflicts = z.infer<typeof ResolveConflicts>;

/** They are read anew in the background. */
export const ResolvedConflicts = z.strictObject({
  conversations: z.int(),
  /** What held before, of those it was another for: decided so again, nothing has changed. */
  before: z.array(
    z.strictObject({
      /** What was decided then; null where nobody had. */
      keep: VersionRule.nullable(),
      conversationIds: z.array(ConversationId),
    }),
  ),
});
export type ResolvedConflicts = z.infer<typeof ResolvedConflicts>;
