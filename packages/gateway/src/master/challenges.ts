/**
 * Texts waiting for a signature. The text itself is not kept, only its SHA-256 and the fields it is built from again.
 * A challenge is taken out once: whoever deletes the row has it, everybody else has nothing.
 */
import type { ChallengePurpose } from '@vivim/contract/identity';
import type { Master } from './db.ts';

export interface StoredChallenge {
  readonly challengeId: string;
  readonly purpose: ChallengePurpose;
  readonly did: string;
  /** Verification method that is to sign. */
  readonly kid: string;
  /** RFC 7638 thumbprint of the key the session will be bound to. */
  readonly jkt: string;
  /** SHA-256 of the text. */
  readonly messageHash: Uint8Array;
  readonly expiresAt: Date;
}

export async function storeChallenge(master: Master, challenge: StoredChallenge): Promise<void> {
  await master.db
    .insertInto('auth_challenges')
    .values({
      challenge_id: challenge.challengeId,
      purpose: challenge.purpose,
      did: challenge.did,
      kid: challenge.kid,
      jkt: challenge.jkt,
      message_h: challenge.messageHash,
      expires_at: challenge.expiresAt,
    })
    .execute();
}

/** Takes a challenge out for good. Null when it is unknown, was taken before or is too old: the three look the same. */
export async function takeChallenge(master: Master, challengeId: string, now: Date): Promise<StoredChallenge | null> {
  const row = await master.db
    .deleteFrom('auth_challenges')
    .where('challenge_id', '=', challengeId)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    challengeId: row.challenge_id,
    purpose: row.purpose,
    did: row.did,
    kid: row.kid,
    jkt: row.jkt,
    messageHash: row.message_h,
    expiresAt: row.expires_at,
  };
}
