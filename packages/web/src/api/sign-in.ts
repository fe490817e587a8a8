/** Sign-in by signature: ask for the text, sign exactly its bytes, hand the signature in, get a cookie. */
import { base64urlnopad } from '@scure/base';
import type { ChallengePurpose, SessionGrant } from '@vivim/contract/identity';
import { api } from './client.ts';
import { thumbprint, verificationMethod } from './did-key.ts';
import type { BrowserIdentity } from './identity-store.ts';

/**
 * The session of a page is bound to the identity's own key, so the thumbprint asked for is that key's.
 *
 * @throws AppError `key_not_authorized` when the server does not know the key, `key_in_use` when it already does
 */
export async function signIn(identity: BrowserIdentity, purpose: ChallengePurpose): Promise<SessionGrant> {
  const jkt = await thumbprint(identity.publicKey);
  const challenge = await api.createChallenge({ body: { did: identity.did, jkt, purpose } });
  const text = new TextEncoder().encode(challenge.message);
  const signature = await crypto.subtle.sign('Ed25519', identity.privateKey, text);
  return api.verifyChallenge({
    body: {
      challengeId: challenge.challengeId,
      kid: verificationMethod(identity.did),
      signature: base64urlnopad.encode(new Uint8Array(signature)),
    },
  });
}
