/** A token instead of a profile, for scripts: sent as a bearer, never written down, and able to do what it was made for. */
import { createClient } from '@vivim/client/client';
import { AppError } from '@vivim/contract/errors';
import { scopes } from '@vivim/contract/identity';
import { Problem } from '@vivim/contract/problem';
import { CliError } from '../cli-error.ts';
import type { GlobalOptions, World } from '../world.ts';
import type { Connection } from './connection.ts';
import { reach } from './reach.ts';

/** The shapes this server's tokens have; anything else would not even make a header. */
const shape = /^(vivim_pat_)?[A-Za-z0-9_-]{43}$/;

/** Null where a profile is to be used: none is in the environment, or a profile was named. @throws CliError `usage` */
export function tokenAsked(world: World, options: GlobalOptions): string | null {
  const { token } = world.environment;
  if (token === undefined || options.profile !== undefined) return null;
  if (!shape.test(token))
    throw new CliError('usage', 'VIVIM_TOKEN holds no token of VIVIM; they look like vivim_pat_ and 43 characters.');
  return token;
}

/** A refusal in words for whoever holds the token, who may not be whoever made it. */
async function explained(response: Response): Promise<never> {
  const problem = Problem.parse(await response.json());
  if (problem.code === 'space_sealed')
    throw new CliError(
      'token_not_enough',
      'The space is sealed and locked, and no token unlocks it. Its owner does, with: vivim space unlock',
    );
  const wanted = scopes.find((scope) => problem.detail?.includes(scope));
  if (problem.code !== 'insufficient_scope' || wanted === undefined) throw new AppError(problem.code, problem.detail);
  if (wanted === 'account:manage') {
    throw new CliError(
      'token_not_enough',
      'No token can do this: it takes a key of yours. Unset VIVIM_TOKEN, or name a --profile.',
    );
  }
  throw new AppError(
    'insufficient_scope',
    `The token in VIVIM_TOKEN was not given ${wanted}. Make one that was with: vivim tokens create --scope ${wanted}`,
  );
}

/** What a token may see, or null where it was not given the scope. */
export const ifAllowed = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'insufficient_scope') return null;
    throw error;
  });

export function connectByToken(token: string, server: string): Connection {
  const send = reach(server);
  const client = createClient({
    baseUrl: server,
    fetch: async (input, init) => {
      const response = await send(input, init);
      return response.status === 403 || response.status === 423 ? explained(response) : response;
    },
    authorize: async () => ({ authorization: `Bearer ${token}` }),
  });
  const open: Connection['open'] = (path, { headers, ...init }) =>
    send(`${server}${path}`, { ...init, headers: { ...headers, authorization: `Bearer ${token}` } });
  return { client, server, open };
}
