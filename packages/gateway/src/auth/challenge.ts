/**
 * The text a key is asked to sign. Built from stored fields, never parsed; good once, for two minutes. Everybody with
 * a well-formed DID gets one, so that asking tells nothing about who is registered.
 */
import { createHmac } from 'node:crypto';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import {
  type Challenge,
  type ChallengeRequest,
  challengeLifetimeSeconds,
  challengeText,
} from '@vivim/contract/identity';
import { uuidv7 } from '@vivim/contract/random';
import { type StoredChallenge, storeChallenge, takeChallenge } from '../master/challenges.ts';
import { parseDidKey, type SigningKey } from './did-key.ts';
import { sha256 } from './digest.ts';
import { countChallenge, type KnockDeps } from './knocks.ts';
import type { Origins } from './origins.ts';

export interface ChallengeDeps extends KnockDeps {
  readonly origins: Origins;
  /** 32 random bytes. Nonces are made from it, so that none has to be stored; gateways that share a master share it. */
  readonly nonceKey: Uint8Array;
}

/** A challenge that was asked for, taken out of master for good. */
export interface TakenChallenge {
  readonly key: SigningKey;
  readonly purpose: StoredChallenge['purpose'];
  readonly jkt: string;
  readonly message: Uint8Array;
}

type Fields = Pick<StoredChallenge, 'challengeId' | 'did' | 'kid' | 'jkt' | 'purpose' | 'expiresAt'>;

function textOf({ origins, nonceKey }: ChallengeDeps, fields: Fields): string {
  const expiresAtMs = fields.expiresAt.getTime();
  return challengeText({
    domain: new URL(origins.primary).host,
    origin: origins.primary,
    did: fields.did,
    kid: fields.kid,
    jkt: fields.jkt,
    purpose: fields.purpose,
    challengeId: fields.challengeId,
    nonce: createHmac('sha256', nonceKey).update(fields.challengeId).digest('hex').slice(0, 48),
    issuedAt: isoTime(expiresAtMs - challengeLifetimeSeconds * 1_000),
    expiresAt: isoTime(expiresAtMs),
  });
}

/**
 * @param address of the one who asks; only its network is counted, hashed
 * @throws AppError `rate_limited` and the codes of {@link parseDidKey}
 */
export async function createChallenge(
  deps: ChallengeDeps,
  request: ChallengeRequest,
  address: string,
): Promise<Challenge> {
  await countChallenge(deps, address);
  const key = parseDidKey(request.did);
  const fields: Fields = {
    challengeId: uuidv7(),
    did: key.did,
    kid: key.verificationMethod,
    jkt: request.jkt,
    purpose: request.purpose,
    expiresAt: new Date(deps.clock() + challengeLifetimeSeconds * 1_000),
  };
  const message = textOf(deps, fields);
  await storeChallenge(deps.master, { ...fields, messageHash: sha256(message) });
  return { challengeId: fields.challengeId, message, expiresAt: isoTime(fields.expiresAt.getTime()) };
}

/** @throws AppError `challenge_unknown`: never asked for, taken before, too old, or of another run of the server */
export async function spendChallenge(deps: ChallengeDeps, challengeId: string): Promise<TakenChallenge> {
  const stored = await takeChallenge(deps.master, challengeId, new Date(deps.clock()));
  if (stored === null) throw new AppError('challenge_unknown');
  const message = Buffer.from(textOf(deps, stored));
  if (Buffer.compare(sha256(message), stored.messageHash) !== 0) throw new AppError('challenge_unknown');
  return { key: parseDidKey(stored.did), purpose: stored.purpose, jkt: stored.jkt, message };
}
