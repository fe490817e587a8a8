/** The client of somebody's program: the address of a server and a token, and requests that are sent again where that is safe. */
import { type Client, type ClientOptions, createClient } from './client.ts';
import { wait } from './wait.ts';

export interface ConnectOptions {
  /** The origin of the server, e.g. `https://memory.example.org`. */
  readonly server: string;
  /** A personal access token (`vivim tokens create`), or the token of an application. */
  readonly token: string;
  /** How often a request that may pass later is sent again; 3 unless told, 0 for never. */
  readonly retries?: number;
  readonly fetch?: ClientOptions['fetch'];
}

/**
 * @throws TypeError where `server` is no address, or is one that would send the token over an open line to another machine
 */
export function connect({ server, token, retries = 3, fetch }: ConnectOptions): Client {
  const { origin, protocol, hostname } = new URL(server);
  const own = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  if (protocol !== 'https:' && !own)
    throw new TypeError(`A token is sent to this machine or by https; ${origin} is neither.`);
  return createClient({
    baseUrl: origin,
    authorize: async () => ({ authorization: `Bearer ${token}` }),
    retries: { times: retries, wait, random: Math.random },
    ...(fetch === undefined ? {} : { fetch }),
  });
}
