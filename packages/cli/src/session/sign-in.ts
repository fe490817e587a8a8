/**
 * Sign-in with the identity's own key: ask for a text, sign it, get a token bound to the DPoP key.
 * @see RFC 9449 for the binding
 */
import { createClient } from '@vivim/contract/client';
import type { Clock } from '@vivim/contract/clock';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { ChallengePurpose } from '@vivim/contract/identity';
import { dpopSigner } from '../profile/dpop-key.ts';
import { signText, verificationMethodOf } from '../profile/identity-key.ts';
import type { Profile, Session } from '../profile/profile.ts';
import { reach } from './reach.ts';

/** @throws AppError `key_not_authorized` when the server does not know the key, `key_in_use` when it does already */
export async function signIn(
  profile: Profile,
  server: string,
  purpose: ChallengePurpose,
  clock: Clock,
): Promise<Session> {
  const signer = await dpopSigner(profile.dpopKey);
  const client = createClient({
    baseUrl: server,
    fetch: reach(server),
    authorize: async (method, url) => (url.endsWith('/verify') ? { dpop: await signer.prove(method, url) } : {}),
  });
  const challenge = await client.createChallenge({ body: { did: profile.did, jkt: signer.thumbprint, purpose } });
  const grant = await client.verifyChallenge({
    body: {
      challengeId: challenge.challengeId,
      kid: verificationMethodOf(profile.did),
      signature: signText(profile.identityKey, challenge.message),
    },
  });
  if (grant.access_token === undefined)
    throw new AppError('dpop_required', 'The server gave no token bound to this key.');
  return {
    server,
    sessionId: grant.session_id,
    userId: grant.user_id,
    accessToken: grant.access_token,
    expiresAt: isoTime(clock() + grant.expires_in * 1000),
  };
}

/** Signs in, and registers the key first where the server has not met it. */
export async function signInOrRegister(
  profile: Profile,
  server: string,
  clock: Clock,
): Promise<{ session: Session; registered: boolean }> {
  try {
    return { session: await signIn(profile, server, 'login', clock), registered: false };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'key_not_authorized')) throw error;
    return { session: await signIn(profile, server, 'register', clock), registered: true };
  }
}
