/**
 * The text a key is asked to sign. Built from stored fields, never parsed; good once, for two minutes. Everybody with
 * a well-formed DID gets one, so that asking tells nothing about who is registered.
 */
import { createHmac } from 'node:crypto';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import {
  type Challenge,
  type ChallengePurpose,
  type ChallengeRequest,
  challengeLifetimeSeconds,
  challengeText,
  type SignedChallenge,
} from '@vivim/contract/identity';
import { uuidv7 } from '@vivim/contract/random';
import { challengePurpose, type StoredChallenge, storeChallenge, takeChallenge } from '../master/challenges.ts';
import { decodeBase64url } from './base64url.ts';
import type { AuthDeps } from './deps.ts';
import { resolveSigningKey } from './did/resolve-did.ts';
import { sha256 } from './digest.ts';
import { keyAlgorithms } from './keys/key-algorithms.ts';
import { jwkThumbprint } from './keys/thumbprint.ts';
import { countChallenge, countFailure } from './knocks.ts';

/** A challenge that was asked for, taken out of master for good, and its signature found to fit. */
export interface ProvenChallenge {
  readonly challengeId: string;
  readonly did: string;
  readonly purpose: ChallengePurpose;
  readonly alg: 'Ed25519' | 'P-256' | 'secp256k1';
  readonly publicKey: Uint8Array;
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
  readonly documentDigest: Uint8Array | null;
  /** Thumbprint of the key the session is to be bound to. */
  readonly jkt: string;
  readonly message: string;
  /** Base64url, 64 bytes. */
  readonly signature: string;
}

type Fields = Pick<StoredChallenge, 'challengeId' | 'did' | 'kid' | 'jkt' | 'purpose' | 'expiresAt'>;

function textOf({ origins, nonceKey }: AuthDeps, fields: Fields): string {
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
 * @throws AppError `rate_limited` and the codes of {@link resolveSigningKey}
 */
export async function createChallenge(deps: AuthDeps, request: ChallengeRequest, address: string): Promise<Challenge> {
  await countChallenge(deps, address);
  const key = await resolveSigningKey(deps, request.did, request.kid);
  const fields: Fields = {
    challengeId: uuidv7(),
    did: key.did,
    kid: key.verificationMethod,
    jkt: request.jkt,
    purpose: request.purpose,
    expiresAt: new Date(deps.clock() + challengeLifetimeSeconds * 1_000),
  };
  const message = textOf(deps, fields);
  const { alg, publicKey, documentDigest } = key;
  await storeChallenge(deps.master, { ...fields, alg, publicKey, documentDigest, messageHash: sha256(message) });
  return { challengeId: fields.challengeId, message, expiresAt: isoTime(fields.expiresAt.getTime()) };
}

/** Whether a challenge asks to freshen a session that is open. Decides nothing: taking it does. */
export const asksForStepUp = async (deps: AuthDeps, challengeId: string): Promise<boolean> =>
  (await challengePurpose(deps.master, challengeId)) === 'stepup';

/** Taken out before its signature is looked at, so that every answer costs a new one. */
export interface TakenChallenge extends Omit<ProvenChallenge, 'signature'> {
  readonly verificationMethod: string;
}

/** @throws AppError `challenge_unknown`: never asked for, for another purpose, taken before, too old, or of another run of the server */
export async function spendChallenge(
  deps: AuthDeps,
  challengeId: string,
  purposes: readonly ChallengePurpose[],
): Promise<TakenChallenge> {
  const stored = await takeChallenge(deps.master, challengeId, purposes, new Date(deps.clock()));
  if (stored === null || stored.alg === 'X25519') throw new AppError('challenge_unknown');
  const { alg, publicKey, did, purpose, jkt, documentDigest } = stored;
  const message = textOf(deps, stored);
  if (Buffer.compare(sha256(message), stored.messageHash) !== 0) throw new AppError('challenge_unknown');
  const kid = jwkThumbprint(keyAlgorithms[alg].jwk(publicKey));
  return {
    challengeId,
    did,
    purpose,
    alg,
    publicKey,
    kid,
    documentDigest,
    jkt,
    message,
    verificationMethod: stored.kid,
  };
}

/**
 * The signature is looked at first: failures of others must not keep out the one who holds the key.
 *
 * @throws AppError `rate_limited`, `key_not_authorized`, `signature_invalid`
 */
export async function assertSigned(
  deps: AuthDeps,
  { verificationMethod, ...challenge }: TakenChallenge,
  answer: SignedChallenge,
): Promise<ProvenChallenge> {
  const signature = decodeBase64url(answer.signature);
  const algorithm = keyAlgorithms[challenge.alg];
  const fits = signature !== null && algorithm.verify(challenge.publicKey, Buffer.from(challenge.message), signature);
  if (fits && answer.kid === verificationMethod) return { ...challenge, signature: answer.signature };
  await countFailure(deps, challenge.did);
  throw new AppError(fits ? 'key_not_authorized' : 'signature_invalid');
}

/** Both at once, where nothing has to be looked at in between. */
export async function proveChallenge(
  deps: AuthDeps,
  answer: SignedChallenge,
  purpose: ChallengePurpose,
): Promise<ProvenChallenge> {
  return assertSigned(deps, await spendChallenge(deps, answer.challengeId, [purpose]), answer);
}
