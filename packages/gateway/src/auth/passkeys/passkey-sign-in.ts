/**
 * Coming in with a passkey, and a fresh signature of one for a session that is open. What is asked of a guest is the same for
 * everybody, and every refusal of an answer looks the same: whether a credential exists is not said.
 */
import { AppError } from '@vivim/contract/errors';
import type { UserId } from '@vivim/contract/ids';
import type { PasskeyAnswer, PasskeyAssertion, PasskeyOptions } from '@vivim/contract/passkeys';
import { appendAudit } from '../../master/audit.ts';
import type { StoredCeremony } from '../../master/challenges.ts';
import { type FoundCredential, findCredential, useCredential } from '../../master/passkeys.ts';
import { renewSignature } from '../../master/session-opening.ts';
import { networkOf } from '../addresses.ts';
import { decodeBase64url, encodeBase64url } from '../base64url.ts';
import type { AuthDeps } from '../deps.ts';
import type { Principal } from '../gateway.ts';
import { countFailure } from '../knocks.ts';
import type { AuthRequest } from '../origins.ts';
import { assertProven, readBinding } from '../sessions/binding.ts';
import type { DpopProof } from '../sessions/dpop.ts';
import { issueSession, type Login } from '../sessions/issue-session.ts';
import { beginCeremony, type Ceremony, ceremonyMs, spendCeremony } from './ceremonies.ts';
import { checkAssertion } from './passkey-assertion.ts';
import { descriptorOf, usablePasskeys, userHandle } from './passkeys.ts';
import { webauthnLibrary } from './webauthn-library.ts';

type Descriptors = ReturnType<typeof descriptorOf>[];

async function optionsOf(
  deps: AuthDeps,
  { challengeId, challenge }: Ceremony,
  allowCredentials: Descriptors,
): Promise<PasskeyOptions> {
  const { generateAuthenticationOptions } = await webauthnLibrary();
  const options = await generateAuthenticationOptions({
    rpID: deps.origins.rpId,
    challenge,
    timeout: ceremonyMs,
    userVerification: 'required',
    allowCredentials,
  });
  return { challengeId, options: { ...options } };
}

/** @throws AppError `rate_limited` */
export async function passkeyLoginOptions(
  deps: AuthDeps,
  jkt: string | null,
  address: string,
): Promise<PasskeyOptions> {
  return optionsOf(deps, await beginCeremony(deps, 'webauthn-login', { userId: null, jkt }, address), []);
}

/**
 * The credential is of whom it is asked of, and of whom its authenticator says; a guest's must say. WebAuthn level 3, section
 * 7.2 step 6.
 */
function isOwn({ userId }: FoundCredential, asked: UserId | null, handle: string | null | undefined): boolean {
  if (handle == null) return asked === userId;
  return handle === encodeBase64url(userHandle(userId)) && (asked ?? userId) === userId;
}

/** Null for whatever does not fit, without a word about what it was. */
async function findProven(
  deps: AuthDeps,
  ceremony: StoredCeremony,
  { id, rawId, response }: PasskeyAssertion,
): Promise<FoundCredential | null> {
  const credentialId = decodeBase64url(id);
  const credential =
    credentialId === null || id !== rawId ? null : await findCredential(deps.master, credentialId, deps.origins.rpId);
  if (credentialId === null || credential === null || credential.alg === 'X25519') return null;
  const { alg, publicKey, backupEligible, userId, kid } = credential;
  const { challengeHash } = ceremony;
  const found = await checkAssertion({ alg, publicKey }, response, { challengeHash, origins: deps.origins });
  if (typeof found === 'string' || found.backupEligible !== backupEligible) return null;
  if (!isOwn(credential, ceremony.userId, response.userHandle)) return null;
  const now = new Date(deps.clock());
  const { signCount, backedUp } = found;
  if (await useCredential(deps.master, { credentialId, signCount, backedUp }, now)) return credential;
  await appendAudit(deps.master, { chain: userId, event: 'passkey.copied', actor: 'guest', ref: kid }, now);
  return null;
}

/** @throws AppError `signature_invalid`; `rate_limited` where one credential failed too often */
async function proveCredential(
  deps: AuthDeps,
  ceremony: StoredCeremony,
  response: PasskeyAssertion,
): Promise<FoundCredential> {
  const proven = await findProven(deps, ceremony, response);
  if (proven !== null) return proven;
  await countFailure(deps, response.id);
  throw new AppError('signature_invalid');
}

/** A program proves the key it asked with, a page asked with none. @throws AppError `dpop_…` */
async function assertBound(deps: AuthDeps, { jkt }: StoredCeremony, proof: DpopProof | null): Promise<void> {
  if (proof !== null) return assertProven(deps.master, proof, jkt ?? '');
  if (jkt !== null) throw new AppError('dpop_required', 'The challenge names a session key; prove it with DPoP.');
}

/**
 * @throws AppError `challenge_unknown`, `signature_invalid`, `key_not_authorized`, `account_locked`, `rate_limited`,
 *   `csrf_rejected`, a `dpop_…` code
 */
export async function loginWithPasskey(
  deps: AuthDeps,
  { challengeId, response }: PasskeyAnswer,
  request: AuthRequest,
): Promise<Login> {
  const proof = readBinding(deps, request);
  const ceremony = await spendCeremony(deps, challengeId, 'webauthn-login');
  await assertBound(deps, ceremony, proof);
  const { kid } = await proveCredential(deps, ceremony, response);
  const network = networkOf(request.address);
  return issueSession(deps, { kid, did: null, amr: 'passkey', network }, ceremony.jkt);
}

/** @throws AppError `rate_limited` */
export async function passkeyStepUpOptions(
  deps: AuthDeps,
  { userId, jkt }: Principal,
  address: string,
): Promise<PasskeyOptions> {
  const ceremony = await beginCeremony(deps, 'webauthn-stepup', { userId, jkt }, address);
  return optionsOf(deps, ceremony, (await usablePasskeys(deps, userId)).map(descriptorOf));
}

/** @throws AppError `challenge_unknown`, `signature_invalid`, `rate_limited` */
export async function stepUpWithPasskey(
  deps: AuthDeps,
  { userId, jkt, sessionId }: Principal,
  { challengeId, response }: PasskeyAnswer,
): Promise<void> {
  const ceremony = await spendCeremony(deps, challengeId, 'webauthn-stepup');
  if (ceremony.userId !== userId || ceremony.jkt !== jkt) throw new AppError('challenge_unknown');
  const { kid } = await proveCredential(deps, ceremony, response);
  if (!(await renewSignature(deps.master, { sessionId, kid }, new Date(deps.clock()))))
    throw new AppError('signature_invalid');
}
