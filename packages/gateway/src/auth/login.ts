/**
 * From a signature to a session. The challenge is gone before the signature is looked at, so that every answer costs a
 * new one. Registering makes the identity and its space; logging in with an unknown key looks like any other refusal.
 */
import { AppError } from '@vivim/contract/errors';
import type { Platform, VerifyRequest } from '@vivim/contract/identity';
import { StorageId, UserId } from '@vivim/contract/ids';
import { randomBytes, uuidv7 } from '@vivim/contract/random';
import { appendAudit } from '../master/audit.ts';
import { createIdentity, pinDocument } from '../master/identities.ts';
import { localShard } from '../master/routing.ts';
import { networkOf } from './addresses.ts';
import { assertSigned, type ProvenChallenge, spendChallenge, type TakenChallenge } from './challenge.ts';
import type { AuthDeps } from './deps.ts';
import { entryHash, firstEntry, storedSignature } from './keys/key-entries.ts';
import { countRegistration } from './knocks.ts';
import type { AuthRequest } from './origins.ts';
import { assertProven, readBinding } from './sessions/binding.ts';
import type { DpopProof } from './sessions/dpop.ts';
import { issueSession, type Login } from './sessions/issue-session.ts';

/** @throws AppError `dpop_key_mismatch`, `dpop_replay`, `dpop_required` */
async function assertBound(deps: AuthDeps, challenge: TakenChallenge, proof: DpopProof | null): Promise<void> {
  if (proof !== null) return assertProven(deps.master, proof, challenge.jkt);
  if (challenge.jkt !== challenge.kid)
    throw new AppError('dpop_required', 'The challenge names a session key; prove it with DPoP.');
}

/** @throws AppError `key_in_use`, `rate_limited` */
async function register(
  deps: AuthDeps,
  challenge: ProvenChallenge,
  { platform, address }: { readonly platform: Platform; readonly address: string },
): Promise<void> {
  await countRegistration(deps, address);
  const nowMs = deps.clock();
  const deviceId = uuidv7(nowMs);
  const entry = firstEntry(challenge, deviceId);
  const userId = UserId.parse(uuidv7(nowMs));
  const made = await createIdentity(
    deps.master,
    {
      userId,
      did: challenge.did,
      method: challenge.did.startsWith('did:web:') ? 'web' : challenge.did.startsWith('did:jwk:') ? 'jwk' : 'key',
      documentDigest: challenge.documentDigest,
      key: { kid: challenge.kid, alg: challenge.alg, publicKey: challenge.publicKey },
      entry: { payload: entry.payload, signature: storedSignature(entry.signature), hash: entryHash(entry) },
      device: { deviceId, platform },
      storageId: StorageId.parse(randomUuid()),
      shard: localShard,
      quotaBytes: deps.quotaBytes,
    },
    new Date(nowMs),
  );
  if (made === 'key_in_use') throw new AppError('key_in_use');
  const event = { chain: userId, event: 'account.registered', actor: challenge.kid, ref: deviceId } as const;
  await appendAudit(deps.master, { ...event, meta: { platform } }, new Date(nowMs));
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

/** A did:web whose document names other keys than it did is no reason to refuse one that is known, and one for its owner to look. */
async function watchDocument(
  deps: AuthDeps,
  { did, kid, documentDigest }: ProvenChallenge,
  login: Login,
): Promise<void> {
  if (documentDigest === null || !(await pinDocument(deps.master, did, documentDigest))) return;
  const event = { chain: login.grant.user_id, event: 'key.document_changed', actor: kid } as const;
  await appendAudit(deps.master, event, new Date(deps.clock()));
}

/**
 * @param request the request that brought the answer: its DPoP proof, or its Origin, says how the session is bound
 * @throws AppError `challenge_unknown`, `signature_invalid`, `key_not_authorized`, `key_in_use`, `rate_limited`,
 *   `account_locked`, `csrf_rejected`, a `dpop_…` code, or what making the space failed with
 */
export async function verifyChallenge(deps: AuthDeps, answer: VerifyRequest, request: AuthRequest): Promise<Login> {
  const proof = readBinding(deps, request);
  const challenge = await spendChallenge(deps, answer.challengeId, ['login', 'register']);
  await assertBound(deps, challenge, proof);
  const proven = await assertSigned(deps, challenge, answer);
  const platform = answer.platform ?? (proof === null ? 'web' : 'rest');
  if (proven.purpose === 'register') await register(deps, proven, { platform, address: request.address });
  const did = proven.documentDigest === null ? null : proven.did;
  const key = { kid: proven.kid, did, amr: 'key', network: networkOf(request.address) };
  const login = await issueSession(deps, key, proof === null ? null : proven.jkt);
  await watchDocument(deps, proven, login);
  return login;
}
