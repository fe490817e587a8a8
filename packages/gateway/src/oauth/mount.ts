/**
 * The paths of the authorization server on the server's own port. The library writes its answer to the connection itself;
 * what every answer must carry is put there before. A path that is not listed is not the library's.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@vivim/contract/errors';
import { networkOf } from '../auth/addresses.ts';
import { countKnock } from '../auth/knocks.ts';
import type { AuthRequest } from '../auth/origins.ts';
import type { OAuthDeps } from './deps.ts';
import { oauthPaths } from './metadata.ts';

export interface NodeConnection {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** @returns answers on the connection; the status it answered with */
export type OAuthServer = (asked: AuthRequest, connection: NodeConnection) => Promise<number>;

const methods: readonly (readonly [method: string, path: RegExp])[] = [
  ['GET', new RegExp(`^${oauthPaths.authorize}(/[A-Za-z0-9_-]+)?$`)],
  ['POST', new RegExp(`^${oauthPaths.token}$`)],
  ['POST', new RegExp(`^${oauthPaths.revoke}$`)],
];

/** Questions one network may begin: each is a row that waits for an answer. */
const questions = { scope: 'oauth-authorize', points: 300, seconds: 300 };

/** @throws AppError `not_found`, `method_not_allowed`, `request_invalid` */
function assertServed({ method, url }: AuthRequest): void {
  const { pathname, searchParams } = new URL(url);
  const here = methods.filter(([, path]) => path.test(pathname));
  if (here.length === 0) throw new AppError('not_found');
  if (!here.some(([served]) => served === method))
    throw new AppError('method_not_allowed', `Use ${here.map(([served]) => served).join(', ')}.`);
  // Other modes are pages of the library, with scripts in them.
  const mode = searchParams.get('response_mode');
  if (mode !== null && mode !== 'query')
    throw new AppError('request_invalid', 'The answer can be sent in the query alone.', { field: 'response_mode' });
}

/** The library is loaded when the first application comes. */
export function oauthServer(deps: OAuthDeps): OAuthServer {
  const addresses = new WeakMap<IncomingMessage, string>();
  const load = async () => {
    const { createProvider } = await import('./provider.ts');
    return createProvider(deps, (request) => addresses.get(request) ?? '').callback();
  };
  let loading: ReturnType<typeof load> | undefined;
  const { protocol, host } = new URL(deps.origins.primary);
  return async (asked, { incoming, outgoing }) => {
    assertServed(asked);
    if (new URL(asked.url).pathname === oauthPaths.authorize)
      await countKnock(
        deps.master,
        questions,
        networkOf(asked.address),
        'Too many applications ask from your network.',
      );
    loading ??= load();
    const handle = await loading;
    addresses.set(incoming, asked.address);
    // Under which name it answers is decided here; what a client says of it is not heard.
    incoming.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    incoming.headers['x-forwarded-host'] = host;
    delete incoming.headers['x-forwarded-for'];
    await handle(incoming, outgoing);
    return outgoing.statusCode;
  };
}
