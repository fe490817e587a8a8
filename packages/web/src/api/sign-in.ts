/** Signatures over the server's challenges: to sign in, to freshen a session, to prove a key that is not in yet. */
import type { ChallengePurpose, SessionGrant, SignedChallenge } from '@vivim/contract/identity';
import { thumbprint, verificationMethod } from './did-key.ts';
import { type BrowserIdentity, noteIdentity } from './identity-store.ts';
import { plainApi } from './plain-client.ts';
import { signWith } from './signer.ts';

/**
 * Asks for the text and signs exactly its bytes. What a page gets is bound to the key itself, so the thumbprint asked for is
 * that key's.
 */
export async function signChallenge(identity: BrowserIdentity, purpose: ChallengePurpose): Promise<SignedChallenge> {
  const { did, publicKey } = identity;
  const challenge = await plainApi.createChallenge({ body: { did, jkt: await thumbprint(publicKey), purpose } });
  const signature = await signWith(identity, new TextEncoder().encode(challenge.message));
  return { challengeId: challenge.challengeId, kid: verificationMethod(did), signature };
}

/**
 * Signs in and notes whose key it is, and that it waits for nothing any more.
 *
 * @throws AppError `key_not_authorized` when the server does not know the key, `key_in_use` when it already does
 */
export async function signIn(identity: BrowserIdentity, purpose: 'login' | 'register'): Promise<SessionGrant> {
  const grant = await plainApi.verifyChallenge({ body: await signChallenge(identity, purpose) });
  await noteIdentity(identity, { userId: grant.user_id, waiting: undefined });
  return grant;
}
