/** Signing out: the session of a profile ended on its server, without opening another one to do it. */
import { createClient } from '@vivim/client/client';
import { AppError } from '@vivim/contract/errors';
import { dpopSigner } from '../profile/dpop-key.ts';
import { holdProfile } from '../profile/profile.ts';
import type { Profile, Session } from '../profile/profile-shape.ts';
import { reach } from './reach.ts';
import { isFresh, type ProfilePlace, tradeIn } from './renew.ts';

async function end({ dpopKey }: Profile, session: Session): Promise<void> {
  const { server, accessToken } = session;
  const signer = await dpopSigner(dpopKey);
  const client = createClient({
    baseUrl: server,
    fetch: reach(server),
    authorize: async (method, url) => ({
      authorization: `DPoP ${accessToken}`,
      dpop: await signer.prove(method, url, accessToken),
    }),
  });
  try {
    await client.endSession({});
  } catch (error) {
    // One that had ended already is where it was wanted.
    if (!(error instanceof AppError && /^(token|session)_/.test(error.code))) throw error;
  }
}

/** @returns the server it was ended on, or null where there was none */
export function endSession(place: Omit<ProfilePlace, 'server'>): Promise<string | null> {
  return holdProfile(place.configDirectory, place.name, async ({ profile, save }) => {
    const { session } = profile;
    if (session === null) return null;
    const { server } = session;
    const live = isFresh(session, place.clock) ? session : await tradeIn(profile, session, { ...place, server });
    if (live !== null) await end(profile, live);
    save({ ...profile, session: null });
    return server;
  });
}
