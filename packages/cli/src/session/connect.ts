/**
 * A signed-in client: of a profile, or of a token in the environment. With a profile it signs in when there is no session,
 * renews one before it ends, signs afresh where a route asks for it and unlocks a sealed space; commands never see any of that.
 */
import { createClient } from '@vivim/client/client';
import type { ErrorCode } from '@vivim/contract/errors';
import { Problem } from '@vivim/contract/problem';
import { CliError } from '../cli-error.ts';
import { defaultServer } from '../config/environment.ts';
import { dpopSigner } from '../profile/dpop-key.ts';
import { readProfile } from '../profile/profile.ts';
import type { Profile, Session } from '../profile/profile-shape.ts';
import { type GlobalOptions, profileName, serverAsked, type World } from '../world.ts';
import type { Connection, KeyConnection } from './connection.ts';
import { parseServer, reach } from './reach.ts';
import { isFresh, renewSession } from './renew.ts';
import { openerOfDevice, unlockWith } from './space-key.ts';
import { stepUp } from './step-up.ts';
import { connectByToken, tokenAsked } from './token.ts';

const sessionGone = new Set<ErrorCode>(['token_invalid', 'session_expired', 'session_revoked']);

/** The profile asked for, in whatever state. @throws CliError `no_profile` with the command that makes one */
export async function requireProfile(
  world: World,
  options: GlobalOptions,
): Promise<{ name: string; profile: Profile }> {
  const name = profileName(world, options);
  const profile = await readProfile(world.environment.configDirectory, name);
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

/** By the token of the environment where there is one and no profile is named, else by the key of a profile. */
export async function connect(world: World, options: GlobalOptions): Promise<Connection> {
  const token = tokenAsked(world, options);
  return token === null ? connectWithKey(world, options) : connectByToken(token, serverOf(world, options));
}

/** For what takes a key. @throws CliError `token_not_enough`, `no_profile`, `profile_pending` */
export async function connectWithKey(world: World, options: GlobalOptions): Promise<KeyConnection> {
  if (tokenAsked(world, options) !== null) {
    throw new CliError(
      'token_not_enough',
      'VIVIM_TOKEN is set, and no token can do this: it takes a key of yours. Unset it, or name a --profile.',
    );
  }
  const { name, profile } = await requireProfile(world, options);
  assertIn(name, profile);
  return openProfile(world, options, name, profile);
}

/** @throws CliError `profile_pending` with the command that goes on */
export function assertIn(name: string, { pending }: Profile): void {
  if (pending === null) return;
  const next = pending.kind === 'device' ? 'vivim devices join' : 'vivim recovery finish';
  throw new CliError('profile_pending', `The profile ${name} is not in yet. Go on with: ${next} --profile ${name}`);
}

/** A profile that is in. */
export async function openProfile(
  world: World,
  options: GlobalOptions,
  name: string,
  profile: Profile,
): Promise<KeyConnection> {
  const server = serverOf(world, options, profile);
  const signer = await dpopSigner(profile.dpopKey);
  const send = reach(server);
  const place = { configDirectory: world.environment.configDirectory, name, server, clock: world.clock };
  let session = profile.session?.server === server ? profile.session : null;
  let renewal: Promise<Session> | null = null;

  const renew = (stale: Session | null): Promise<Session> => {
    renewal ??= renewSession(place, stale)
      .then((renewed) => {
        session = renewed.session;
        return session;
      })
      .finally(() => {
        renewal = null;
      });
    return renewal;
  };
  const current = (): Promise<Session> =>
    session !== null && isFresh(session, world.clock) ? Promise.resolve(session) : renew(null);
  const authorize = async (method: string, url: string): Promise<Record<string, string>> => {
    const { accessToken } = await current();
    return { authorization: `DPoP ${accessToken}`, dpop: await signer.prove(method, url, accessToken) };
  };
  /** Whether what kept a request out was mended, so that it can be sent once more. */
  const mend = async (code: ErrorCode, used: Session | null): Promise<boolean> => {
    if (sessionGone.has(code)) await renew(used);
    else if (code === 'stepup_required') await stepUp(profile, signer.thumbprint, server, send, authorize);
    else if (code === 'space_sealed') await unlockWith(client, await openerOfDevice(profile));
    else return false;
    return true;
  };
  const sendSignedIn: typeof fetch = async (input, init) => {
    const mended = new Set<ErrorCode>();
    // A stream is sent once, so what would keep it out is mended before.
    if (init?.body instanceof ReadableStream && (await client.getSpaceSeal({})).state === 'locked')
      await mend('space_sealed', session);
    let headers = init?.headers as Record<string, string>;
    for (;;) {
      const used = session;
      const response = await send(input, { ...init, headers });
      if ((response.status !== 401 && response.status !== 423) || init?.body instanceof ReadableStream) return response;
      const code = await refusalOf(response);
      if (code === null || mended.has(code) || !(await mend(code, used))) return response;
      mended.add(code);
      headers = { ...headers, ...(await authorize(init?.method ?? 'GET', String(input))) };
    }
  };

  const client = createClient({ baseUrl: server, fetch: sendSignedIn, authorize });
  const open: Connection['open'] = async (path, { headers, ...init }) => {
    const url = `${server}${path}`;
    return sendSignedIn(url, { ...init, headers: { ...headers, ...(await authorize(init.method, url)) } });
  };
  return { client, server, open, name, profile };
}

/** Why a request was not let in, in either of the shapes a server says it in: of its API, and of OAuth. */
async function refusalOf(response: Response): Promise<ErrorCode | null> {
  const body: unknown = await response.clone().json();
  const problem = Problem.safeParse(body);
  if (problem.success) return problem.data.code;
  if (response.status === 401) return 'token_invalid';
  const sealed = typeof body === 'object' && body !== null && 'error' in body && body.error === 'space_sealed';
  return sealed ? 'space_sealed' : null;
}
