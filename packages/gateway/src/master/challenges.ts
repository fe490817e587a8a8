/**
 * Texts waiting for a signature. The text itself is not kept, only its SHA-256 and the fields it is built from again.
 * A challenge is taken out once: whoever deletes the row has it, everybody else has nothing.
 */
import type { ChallengePurpose } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';
import type { KeyAlgorithmName } from '@vivim/contract/key-log';
import type { Master } from './db.ts';
import type { ChallengesTable } from './schema.ts';

/** A text for a key that is named by a DID. */
export interface StoredChallenge {
  readonly challengeId: string;
  readonly purpose: ChallengePurpose;
  readonly did: string;
  /** Verification method that is to sign. */
  readonly kid: string;
  /** The key behind it, as it was when the challenge was made. */
  readonly alg: KeyAlgorithmName;
  readonly publicKey: Uint8Array;
  /** Of a document on the web; null for DIDs that are their key. */
  readonly documentDigest: Uint8Array | null;
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
      alg: challenge.alg,
      public_key: challenge.publicKey,
      document_digest: challenge.documentDigest,
      jkt: challenge.jkt,
      message_h: challenge.messageHash,
      expires_at: challenge.expiresAt,
    })
    .execute();
}

/** What a challenge is for, without taking it. Null where there is none: the answer is decided when it is taken. */
export async function challengePurpose(
  master: Master,
  challengeId: string,
): Promise<ChallengesTable['purpose'] | null> {
  const row = await master.db
    .selectFrom('auth_challenges')
    .where('challenge_id', '=', challengeId)
    .select('purpose')
    .executeTakeFirst();
  return row?.purpose ?? null;
}

const take = (master: Master, challengeId: string, purposes: readonly ChallengesTable['purpose'][], now: Date) =>
  master.db
    .deleteFrom('auth_challenges')
    .where('challenge_id', '=', challengeId)
    .where('purpose', 'in', purposes)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();

/**
 * Takes a challenge out for good. Null when it is unknown, for another purpose, was taken before or is too old: they all
 * look the same.
 */
export async function takeChallenge(
  master: Master,
  challengeId: string,
  purposes: readonly ChallengePurpose[],
  now: Date,
): Promise<StoredChallenge | null> {
  const row = await take(master, challengeId, purposes, now);
  if (row === undefined || row.did === null || row.kid === null || row.jkt === null) return null;
  if (row.alg === null || row.public_key === null) return null;
  return {
    challengeId: row.challenge_id,
    purpose: row.purpose as ChallengePurpose,
    did: row.did,
    kid: row.kid,
    alg: row.alg,
    publicKey: row.public_key,
    documentDigest: row.document_digest,
    jkt: row.jkt,
    messageHash: row.message_h,
    expiresAt: row.expires_at,
  };
}

/** What a passkey is asked to sign. */
export interface StoredCeremony {
  readonly challengeId: string;
  readonly purpose: 'webauthn-login' | 'webauthn-register' | 'webauthn-stepup';
  /** SHA-256 of the challenge the authenticator gets. */
  readonly challengeHash: Uint8Array;
  /** Null where its answer says who it is. */
  readonly userId: UserId | null;
  /** The key a program's session will be bound to; null for pages. */
  readonly jkt: string | null;
  readonly expiresAt: Date;
}

export async function storeCeremony(master: Master, ceremony: StoredCeremony): Promise<void> {
  await master.db
    .insertInto('auth_challenges')
    .values({
      challenge_id: ceremony.challengeId,
      purpose: ceremony.purpose,
      message_h: ceremony.challengeHash,
      user_id: ceremony.userId,
      jkt: ceremony.jkt,
      expires_at: ceremony.expiresAt,
    })
    .execute();
}

/** Takes a ceremony out for good. */
export async function takeCeremony(
  master: Master,
  challengeId: string,
  purpose: StoredCeremony['purpose'],
  now: Date,
): Promise<StoredCeremony | null> {
  const row = await take(master, challengeId, [purpose], now);
  if (row === undefined) return null;
  return {
    challengeId: row.challenge_id,
    purpose,
    challengeHash: row.message_h,
    userId: row.user_id as UserId | null,
    jkt: row.jkt,
    expiresAt: row.expires_at,
  };
}
