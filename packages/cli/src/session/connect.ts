/**
 * A signed-in client of one profile. Signs in when there is no session, again before one ends, and once more when
 * the server has forgotten it; commands never see any of that.
 */
import { type Client, createClient } from '@vivim/contract/client';
import { Problem } from '@vivim/contract/errors';
import { CliError } from '../cli-error.ts';
import { defaultServer } from '../config/environment.ts';
import { dpopSigner } from '../profile/dpop-key.ts';
import { type Profile, readProfile, type Session, saveProfile } from '../profile/profile.ts';
import { type GlobalOptions, profileName, serverAsked, type World } from '../world.ts';
import { parseServer, reach } from './reach.ts';
import { signIn } from './sign-in.ts';

export interface Connection {
  readonly client: Client;
  readonly server: string;
  readonly profile: string;
  readonly did: string;
  /** A client that sends these headers with every request, for bodies whose size is known beforehand. */
  readonly clientWith: (headers: Record<string, string>) => Client;
}

/** A token is renewed this long before it ends, so that it does not end on the way. */
const renewBeforeMs = 30_000;
const sessionGone = new Set(['token_invalid', 'session_expired', 'session_revoked']);

/** The profile asked for. @throws CliError `no_profile` with the command that makes one */
export function requireProfile(world: World, options: GlobalOptions): { name: string; profile: Profile } {
  const name = profileName(world, options);
  const profile = readProfile(world.environment.configDirectory, name);
  if (profile === null) {
    throw new CliError(
      'no_profile',
      `There is no profile ${name} yet. Make one with: vivim identity create --profile ${name}`,
    );
  }
  return { name, profile };
}

export const serverOf = (world: World, options: GlobalOptions, profile?: Profile): string =>
  parseServer(serverAsked(world, options) ?? profile?.server ?? defaultServer);

export async function connect(world: World, options: GlobalOptions): Promise<Connection> {
  const { name, profile } = requireProfile(world, options);
  const server = serverOf(world, options, profile);
  const signer = await dpopSigner(profile.dpopKey);
  const send = reach(server);
  let session = profile.session?.server === server ? profile.session : null;
  let renewal: Promise<Session> | null = null;

  const renew = async (): Promise<Session> => {
    const fresh = await signIn(profile, server, 'login', world.clock);
    saveProfile(world.environment.configDirectory, name, { ...profile, session: fresh });
    session = fresh;
    return fresh;
  };
  const current = (): Promise<Session> => {
    if (session !== null && Date.parse(session.expiresAt) - world.clock() > renewBeforeMs)
      return Promise.resolve(session);
    renewal ??= renew().finally(() => {
      renewal = null;
    });
    return renewal;
  };
  const authorize = async (method: string, url: string): Promise<Record<string, string>> => {
    const { accessToken } = await current();
    return { authorization: `DPoP ${accessToken}`, dpop: await signer.prove(method, url, accessToken) };
  };
  const sendSignedIn: typeof fetch = async (input, init) => {
    const response = await send(input, init);
    if (response.status !== 401 || init?.body instanceof ReadableStream) return response;
    const problem = Problem.safeParse(await response.clone().json());
    if (!problem.success || !sessionGone.has(problem.data.code)) return response;
    session = null;
    const proof = await authorize(init?.method ?? 'GET', String(input));
    return send(input, { ...init, headers: { ...(init?.headers as Record<string, string>), ...proof } });
  };

  const clientWith = (headers: Record<string, string>): Client =>
    createClient({
      baseUrl: server,
      fetch: sendSignedIn,
      authorize: async (method, url) => ({ ...headers, ...(await authorize(method, url)) }),
    });
  return { client: clientWith({}), server, profile: name, did: profile.did, clientWith };
}
