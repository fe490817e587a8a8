/** Getting back in without a device: a key on paper, or people who vouch. Both wait, and any live key can say no meanwhile. */
import { z } from 'zod';
import { Did, Platform, SignedChallenge, Thumbprint } from './identity.ts';
import { Guardians, KeyLogHead, RecoveryApproval, SignedEntry } from './key-log.ts';

export const RecoveryMethod = z.enum(['recovery-key', 'guardians']);
export type RecoveryMethod = z.infer<typeof RecoveryMethod>;

/** Days after a recovery in which nothing is deleted, exported or widened; hours in which an entry can be undone. */
export const freezeHours = 72;
export const nullifyHours = 72;

export const RecoveryState = z.strictObject({
  /** `waiting` for vouchers, `pending` until its time, `ready`, then `done`, or `vetoed`, or `expired`. */
  state: z.enum(['waiting', 'pending', 'ready', 'done', 'vetoed', 'expired']),
  id: z.uuid(),
  /** The id the new device will have. */
  deviceId: z.uuid(),
  method: RecoveryMethod,

  /** How many vouched so far. */
  approvals: z.int(),
  threshold: z.int(),
  /** When it can be completed; null while vouchers are missing. */
  notBefore: z.string().nullable(),
  /** The entry to come goes behind this one; given once it is `ready`. */
  head: KeyLogHead.nullable(),
  /** Who vouched, for the entry to name; given once it is `ready`. */
  vouchers: z.array(RecoveryApproval),
});
export type RecoveryState = z.infer<typeof RecoveryState>;

export const RecoveryRequestBody = z.strictObject({
  account: Did,
  /** A challenge of purpose `recovery`, signed by the new key. */
  proof: SignedChallenge,
  encKey: Thumbprint,
  platform: Platform,
  method: RecoveryMethod,
  /** With the printed key: its signature over `recoverPayload(account, new kid, challengeId)`. */
  approval: RecoveryApproval.optional(),
});

/** A request as the person's own devices, and as a guardian, see it. */
export const RecoveryNotice = z.strictObject({
  id: z.uuid(),
  account: Did,
  method: RecoveryMethod,
  /** The key that asks to be let in. */
  did: Did,
  kid: Thumbprint,

  /** The challenge the new key signed: both sides make the six words of it. */
  challengeId: z.uuid(),
  createdAt: z.string(),

  /** When it can be completed, ISO 8601 in UTC; null while vouchers are missing. */
  notBefore: z.string().nullable(),

  /** How many vouched so far. */
  approvals: z.int(),
  threshold: z.int(),
});
export type RecoveryNotice = z.infer<typeof RecoveryNotice>;

/** What both sides make the six words of. */
export const recoveryClaim = ({
  account,
  did,
  challengeId,
}: Pick<RecoveryNotice, 'account' | 'did' | 'challengeId'>) => ({
  account,
  did,
  request: challengeId,
});

export const RecoverySettings = z.strictObject({
  /** Thumbprint of the key on paper; null where there is none. */
  recoveryKid: Thumbprint.nullable(),
  guardians: Guardians.nullable(),
  /** Requests to recover this account that are under way. */
  pending: z.array(RecoveryNotice),

  /** Until then nothing is deleted, exported or widened; null without a recent recovery. */
  frozenUntil: z.string().nullable(),
});
export type RecoverySettings = z.infer<typeof RecoverySettings>;

export const RecoveryCompletion = z.strictObject({ entry: SignedEntry });
