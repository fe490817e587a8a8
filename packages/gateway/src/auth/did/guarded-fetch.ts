/**
 * The one way out of the gateway, for documents whose address somebody else chose. Goes to public hosts over https and
 * nowhere else: the addresses of a host are looked up and judged first, and the connection is made to those and no
 * others, so that a name cannot change its mind in between. Never follows a redirect.
 */
import { Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { isPublicAddress, isPublicHostName } from './public-host.ts';

/**
 * `fetch` as far as it is needed: a GET whose answer has come in whole, with status 200; anything else rejects with an
 * Error. Takes an address, not a Request; of `init` only the method, `accept` and the signal count.
 */
export type GuardedFetch = typeof fetch;

/** What a test puts in the place of the internet. */
export interface Internet {
  /** Every address of a host. */
  lookup(host: string, signal: AbortSignal): Promise<readonly string[]>;
  isPublic(address: string): boolean;
  /** Certificate authorities in PEM; undefined for the usual ones. */
  readonly ca?: string;
  readonly deadlineMs?: number;
}

/** For the whole of it, from the lookup to the last byte. */
const deadlineMs = 3_000;
const maxBytes = 64 * 1_024;

/** Asks the name servers themselves: unlike the system's resolver this knows no local names and can be cut short. */
async function lookup(host: string, signal: AbortSignal): Promise<readonly string[]> {
  const resolver = new Resolver();
  signal.addEventListener('abort', () => resolver.cancel(), { once: true });
  const families = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return families.flatMap((family) => (family.status === 'fulfilled' ? family.value : []));
}

export const publicInternet: Internet = { lookup, isPublic: isPublicAddress };

function readUrl(address: string | URL | Request): URL {
  if (address instanceof Request) throw new Error('only addresses are taken');
  const parsed = new URL(address);
  if (parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '')
    throw new Error('only https addresses without a user name are fetched');
  if (!isPublicHostName(parsed.hostname)) throw new Error('only public host names are fetched');
  return parsed;
}

/** Hands a connection the addresses that were judged, whatever it asks for. */
export const pinned = (addresses: readonly string[]): LookupFunction => {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, callback) => {
    const [first] = found;
    if (all === true) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  };
};

async function readBody({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Uint8Array<ArrayBuffer>> {
  if (statusCode !== 200) throw new Error('the status is not 200');
  if (!['identity', undefined].includes(headers['content-encoding']?.toString()))
    throw new Error('the answer is encoded, though that was not asked for');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > maxBytes) throw new Error('the answer is too large');
    chunks.push(bytes);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));

async function fetchOnce(internet: Internet, url: URL, accept: string, signal: AbortSignal): Promise<Response> {
  const addresses = await Promise.race([internet.lookup(url.hostname, signal), rejection(signal)]);
  if (addresses.length === 0 || !addresses.every((address) => internet.isPublic(address)))
    throw new Error('the host has no public address, or others beside it');
  const { ca } = internet;
  const agent = new Agent({
    allowH2: false,
    connect: { lookup: pinned(addresses), rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
  });
  try {
    const answer = await request(url, {
      dispatcher: agent,
      signal,
      headers: { accept, 'accept-encoding': 'identity' },
    });
    const headers = Object.entries(answer.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    );
    return new Response(await readBody(answer), { headers });
  } finally {
    await agent.destroy();
  }
}

/** For tests; the server itself takes {@link createGuardedFetch}. */
export function guardedFetchOver(internet: Internet): GuardedFetch {
  return async (address, { method = 'GET', headers, signal } = {}) => {
    if (method !== 'GET') throw new Error('only GET is sent');
    const url = readUrl(address);
    const stop = new AbortController();
    const end = () => stop.abort(new Error('the fetch was cut short'));
    const timer = setTimeout(end, internet.deadlineMs ?? deadlineMs);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
    try {
      stop.signal.throwIfAborted();
      return await fetchOnce(internet, url, new Headers(headers).get('accept') ?? '*/*', stop.signal);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    }
  };
}

/** The way out to the real internet. Also fits oidc-provider's `fetch`. */
export const createGuardedFetch = (): GuardedFetch => guardedFetchOver(publicInternet);
