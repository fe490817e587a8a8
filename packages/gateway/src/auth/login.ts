/**
 * From a signature to a session. The challenge is gone before the signature is looked at, so that every answer costs a
 * new one. Registering makes the identity and its space; logging in with an unknown key looks like any other refusal.
 */
import { AppError } from '@vivim/contract/errors';
import { type SessionGrant, scopes, type VerifyRequest } from '@vivim/contract/identity';
import { StorageId, UserId } from '@vivim/contract/ids';
import { randomBytes, uuidv7 } from '@vivim/contract/random';
import { createIdentity } from '../master/identities.ts';
import { useProofOnce } from '../master/replay.ts';
import { markSpaceReady, type RoutingRow } from '../master/routing.ts';
import { openSession } from '../master/sessions.ts';
import { decodeBase64url } from './base64url.ts';
import { type ChallengeDeps, spendChallenge, type TakenChallenge } from './challenge.ts';
import { type DpopProof, verifyDpop } from './dpop.ts';
import { countFailure } from './knocks.ts';
import { type AuthRequest, assertOwnPage } from './origins.ts';
import { makeToken } from './secrets.ts';

export interface LoginDeps extends ChallengeDeps {
  /** Size a new space may grow to, bytes. */
  readonly quotaBytes: number;
  /** Makes the space of a new identity; doing it again for one that exists is harmless. */
  readonly createSpace: (row: RoutingRow) => Promise<void>;
}

export interface Login {
  readonly grant: SessionGrant;
  /** What a browser is to keep; null for everybody else. */
  readonly cookie: { readonly token: string; readonly maxAgeSeconds: number } | null;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** Limits of each kind of session, milliseconds. A token of the API is short: its holder signs in again with the key. */
export const sessionLimits = {
  cookie: { idleMs: 7 * day, absoluteMs: 30 * day },
  dpop: { idleMs: 10 * minute, absoluteMs: 10 * minute },
} as const;

/** The only shard until spaces live on many machines. */
const shard = 'local';

/** A proof, or null for a page of this server, which binds its session to the identity's own key by a cookie. */
function readBinding(deps: LoginDeps, request: AuthRequest): DpopProof | null {
  const proof = request.headers.get('dpop');
  const url = deps.origins.resource(request);
  if (proof !== null) return verifyDpop(proof, { method: request.method, url, accessToken: null, nowMs: deps.clock() });
  if (request.headers.get('origin') === null) {
    throw new AppError('dpop_required', 'Send a DPoP proof, or sign in from a page of this server.');
  }
  assertOwnPage(request, deps.origins, true);
  return null;
}

/** @throws AppError `dpop_key_mismatch`, `dpop_replay`, `dpop_required` */
async function assertBound(deps: LoginDeps, challenge: TakenChallenge, proof: DpopProof | null): Promise<void> {
  if (proof === null) {
    if (challenge.jkt !== challenge.key.thumbprint) {
      throw new AppError('dpop_required', 'The challenge names a session key; prove it with DPoP.');
    }
    return;
  }
  if (proof.jkt !== challenge.jkt)
    throw new AppError('dpop_key_mismatch', 'The challenge was asked for with another session key.');
  if (!(await useProofOnce(deps.master, proof))) throw new AppError('dpop_replay');
}

/**
 * The signature is looked at first: failures of others must not keep out the one who holds the key.
 *
 * @throws AppError `rate_limited`, `key_not_authorized`, `signature_invalid`
 */
async function assertSigned(deps: LoginDeps, challenge: TakenChallenge, answer: VerifyRequest): Promise<void> {
  const { key, message } = challenge;
  const signature = decodeBase64url(answer.signature);
  const fits = signature !== null && key.verify(message, signature);
  if (fits && answer.kid === key.verificationMethod) return;
  await countFailure(deps, key.did);
  throw new AppError(fits ? 'key_not_authorized' : 'signature_invalid');
}

/** @throws AppError `key_in_use` */
async function register(deps: LoginDeps, { key }: TakenChallenge): Promise<void> {
  const nowMs = deps.clock();
  const made = await createIdentity(
    deps.master,
    {
      userId: UserId.parse(uuidv7(nowMs)),
      did: key.did,
      method: key.method,
      key: { kid: key.thumbprint, alg: key.alg, publicKey: key.publicKey },
      storageId: StorageId.parse(randomUuid()),
      shard,
      quotaBytes: deps.quotaBytes,
    },
    new Date(nowMs),
  );
  if (made === 'key_in_use') throw new AppError('key_in_use');
}

/** A UUID of version 4: unlike the user's id, the name of a place on disk does not say when it was made. */
function randomUuid(): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * @param request the request that brought the answer: its DPoP proof, or its Origin, says how the session is bound
 * @throws AppError `challenge_unknown`, `signature_invalid`, `key_not_authorized`, `key_in_use`, `rate_limited`,
 *   `csrf_rejected`, a `dpop_…` code, or what making the space failed with
 */
export async function verifyChallenge(deps: LoginDeps, answer: VerifyRequest, request: AuthRequest): Promise<Login> {
  const proof = readBinding(deps, request);
  const challenge = await spendChallenge(deps, answer.challengeId);
  await assertBound(deps, challenge, proof);
  await assertSigned(deps, challenge, answer);
  if (challenge.purpose === 'register') await register(deps, challenge);

  const kind = proof === null ? 'cookie' : 'dpop';
  const nowMs = deps.clock();
  const { idleMs, absoluteMs } = sessionLimits[kind];
  const { token, hash } = makeToken();
  const sessionId = uuidv7(nowMs);
  const absoluteExpiresAt = new Date(nowMs + absoluteMs);
  const session = {
    sessionId,
    kid: challenge.key.thumbprint,
    kind,
    jkt: challenge.jkt,
    scopes,
    tokenHash: hash,
    tokenExpiresAt: absoluteExpiresAt,
    idleExpiresAt: new Date(nowMs + idleMs),
    absoluteExpiresAt,
  } as const;
  const routing = await openSession(deps.master, session, new Date(nowMs));
  if (routing === null) throw new AppError('key_not_authorized');
  await ensureSpace(deps, routing);
  const expiresIn = absoluteMs / 1_000;
  const base = { sessionId, userId: routing.userId, expiresIn };
  return kind === 'cookie'
    ? { grant: { ...base, tokenType: 'cookie' }, cookie: { token, maxAgeSeconds: expiresIn } }
    : { grant: { ...base, tokenType: 'DPoP', accessToken: token }, cookie: null };
}

/** A space whose making was cut short is made at the next login. */
async function ensureSpace(deps: LoginDeps, routing: RoutingRow): Promise<void> {
  if (routing.state !== 'creating') return;
  await deps.createSpace(routing);
  await markSpaceReady(deps.master, routing.userId);
}
