/**
 * Sign-in with the device's own key: ask for a text, sign it, get tokens bound to the DPoP key. Stores nothing.
 * @see RFC 9449 for the binding
 */
import { type Client, createClient } from '@vivim/client/client';
import type { Clock } from '@vivim/contract/clock';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { ChallengePurpose, SessionGrant, SignedChallenge } from '@vivim/contract/identity';
import { type DpopSigner, dpopSigner } from '../profile/dpop-key.ts';
import { didOf, type IdentityKey, signText, verificationMethodOf } from '../profile/identity-key.ts';
import type { Profile, Session } from '../profile/profile-shape.ts';
import { reach } from './reach.ts';

/** Whose key: the part of a profile that signs in. */
export type Keys = Pick<Profile, 'identityKey' | 'dpopKey'>;

/** A client nobody is signed in with yet; what it hands in for tokens is bound to the key. */
export const guestClient = (server: string, signer: DpopSigner): Client =>
  createClient({
    baseUrl: server,
    fetch: reach(server),
    authorize: async (method, url) =>
      /\/auth\/(verify|refresh)$/.test(url) ? { dpop: await signer.prove(method, url) } : {},
  });

/** Asks for a text and signs it, without handing the signature in. */
export async function signChallenge(
  client: Client,
  key: IdentityKey,
  jkt: string,
  purpose: ChallengePurpose,
): Promise<SignedChallenge> {
  const did = didOf(key);
  const { challengeId, message } = await client.createChallenge({ body: { did, jkt, purpose } });
  return { challengeId, kid: verificationMethodOf(did), signature: signText(key, message) };
}

/** @throws AppError `dpop_required` where the server gave no tokens */
export function sessionOf(grant: SessionGrant, server: string, clock: Clock): Session {
  const { access_token: accessToken, refresh_token: refreshToken } = grant;
  if (accessToken === undefined || refreshToken === undefined)
    throw new AppError('dpop_required', 'The server gave no tokens bound to this key.');
  return {
    server,
    sessionId: grant.session_id,
    userId: grant.user_id,
    accessToken,
    expiresAt: isoTime(clock() + grant.expires_in * 1000),
    refreshToken,
  };
}

/** @throws AppError `key_not_authorized` when the server does not know the key, `account_locked` */
export async function signIn(
  { identityKey, dpopKey }: Keys,
  server: string,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Session> {
  const signer = await dpopSigner(dpopKey);
  const client = guestClient(server, signer);
  const body = await signChallenge(client, identityKey, signer.thumbprint, 'login');
  return sessionOf(await client.verifyChallenge({ body, ...(signal && { signal }) }), server, clock);
}
