/** Secrets found in what came in: keys, tokens, private keys, card numbers. Shown by what they are and where, never by what they say. */
import { z } from 'zod';
import { ConversationId, MessageId, SecretId } from './ids.ts';

/**
 * What becomes of a secret nobody decided on. `withhold`: it stays in the conversation, and no context that is compiled for an
 * AI holds it. `mask`: it is not stored; `[… masked]` stands in its place. `keep`: like any other words.
 */
export const secretRules = ['withhold', 'mask', 'keep'] as const;
export const SecretRule = z.enum(secretRules);
export type SecretRule = z.infer<typeof SecretRule>;

export const SecretSettings = z.strictObject({
  /** What becomes of a secret nobody decided on. */
  rule: SecretRule,
});
export type SecretSettings = z.infer<typeof SecretSettings>;

/** What its owner said of one secret. Masking one that is stored is an erasure of kind `secret`. */
export const SecretDecision = z.enum(['keep', 'withhold']);
export type SecretDecision = z.infer<typeof SecretDecision>;

/** Where it stands: UTF-16 offsets in the text of a part; 0 and 0 of part 0 where it stands beside the texts of the message. */
export const SecretPlace = z.strictObject({
  conversationId: ConversationId,
  conversationTitle: z.string().nullable(),
  messageId: MessageId,
  partIndex: z.int(),
  start: z.int(),
  end: z.int(),
});
export type SecretPlace = z.infer<typeof SecretPlace>;

export const Secret = z.strictObject({
  id: SecretId,
  /** What sort of secret, for a person: `GitHub token`. */
  label: z.string(),
  /** Null where nobody decided, and the rule holds. */
  decision: SecretDecision.nullable(),
  /** Whether contexts leave it out, by decision or rule. */
  withheld: z.boolean(),

  /** In how many places of conversations it stands. */
  placeCount: z.int(),
  /** In how many records beside conversations it stands: memories, projects, ratings. */
  recordCount: z.int(),
  /** The first of its places. */
  places: z.array(SecretPlace),
});
export type Secret = z.infer<typeof Secret>;

export const DecideSecrets = z.strictObject({
  /** Null: all of them. */
  ids: z.array(SecretId).min(1).max(500).nullable(),

  /** What holds for them from now on. */
  decision: SecretDecision,
});
export type DecideSecrets = z.infer<typeof DecideSecrets>;

export const DecidedSecrets = z.strictObject({
  /** How many it is said of now. */
  decided: z.int(),
});
export type DecidedSecrets = z.infer<typeof DecidedSecrets>;
