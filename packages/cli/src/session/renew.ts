/**
 * A session for the profile, renewed before it ends. Commands that run at once share one: whoever comes first renews it, and
 * the others take what they find written down. Signs in anew with the key only where the server renews no more.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { dpopSigner } from '../profile/dpop-key.ts';
import { holdProfile } from '../profile/profile.ts';
import type { Profile, Session } from '../profile/profile-shape.ts';
import { guestClient, sessionOf, signIn } from './sign-in.ts';

/** A token is renewed this long before it ends, so that it does not end on the way. */
const renewBeforeMs = 30_000;
/** The lock on a profile is passed over later than this. */
const answerWithinMs = 15_000;

export const isFresh = (session: Session, clock: Clock): boolean =>
  Date.parse(session.expiresAt) - clock() > renewBeforeMs;

export interface ProfilePlace {
  readonly configDirectory: string;
  readonly name: string;
  readonly server: string;
  readonly clock: Clock;
}

export type Renewal = { readonly session: Session; readonly how: 'found' | 'renewed' | 'signed-in' };

/**
 * @param stale a session known to be of no use, or null to take any that is fresh
 * @throws AppError `key_not_authorized`, `account_locked`, or what else a sign-in fails with
 */
export function renewSession(place: ProfilePlace, stale: Session | null): Promise<Renewal> {
  const { configDirectory, name, server, clock } = place;
  return holdProfile(configDirectory, name, async ({ profile, save }) => {
    const known = profile.session?.server === server ? profile.session : null;
    if (known !== null && known.accessToken !== stale?.accessToken && isFresh(known, clock))
      return { session: known, how: 'found' };
    const renewed = known === null ? null : await tradeIn(profile, known, place);
    const session = renewed ?? (await signInAgain(profile, place));
    save({ ...profile, session });
    return { session, how: renewed === null ? 'signed-in' : 'renewed' };
  });
}

/** Trades the refresh token for new ones. Null where the server does not: the session has ended, or the token was used before. */
export async function tradeIn(
  { dpopKey }: Profile,
  session: Session,
  { server, clock }: ProfilePlace,
): Promise<Session | null> {
  const client = guestClient(server, await dpopSigner(dpopKey));
  const signal = AbortSignal.timeout(answerWithinMs);
  try {
    const grant = await client.refreshSession({ body: { refresh_token: session.refreshToken }, signal });
    return sessionOf(grant, server, clock);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_grant') return null;
    throw error;
  }
}

async function signInAgain(profile: Profile, { name, server, clock }: ProfilePlace): Promise<Session> {
  try {
    return await signIn(profile, server, clock, AbortSignal.timeout(answerWithinMs));
  } catch (error) {
    if (error instanceof AppError && error.code === 'key_not_authorized') throw shutOut(name, profile, error);
    throw error;
  }
}

/** The server does not say which it is, so neither does this. */
const shutOut = (name: string, { account, server }: Profile, cause: AppError) =>
  new AppError(
    'key_not_authorized',
    `${server} does not let the key of profile ${name} in: it was shut out, or never registered there (vivim login registers it). ` +
      `Come back as a new device with: vivim devices join --account ${account} --profile NEW`,
    { cause },
  );
