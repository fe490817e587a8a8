/** A fresh signature for a session that is open: what a route that changes keys or the account asks for. */
import { createClient } from '@vivim/client/client';
import type { Profile } from '../profile/profile-shape.ts';
import { signChallenge } from './sign-in.ts';

/**
 * @param authorize proves the session
 * @throws AppError `rate_limited`, `key_not_authorized`
 */
export async function stepUp(
  profile: Pick<Profile, 'identityKey'>,
  jkt: string,
  server: string,
  send: typeof fetch,
  authorize: (method: string, url: string) => Promise<Record<string, string>>,
): Promise<void> {
  const guest = createClient({ baseUrl: server, fetch: send });
  const body = await signChallenge(guest, profile.identityKey, jkt, 'stepup');
  await createClient({ baseUrl: server, fetch: send, authorize }).verifyChallenge({ body });
}
