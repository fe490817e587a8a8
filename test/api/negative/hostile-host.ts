/**
 * A host on the web that does what a host should not, a name server that lies, and a sink nobody may reach: what a server
 * meets that is told whom to ask.
 */
import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { createDidWebResolver, type DidWebResolver } from '@vivim/gateway/auth/did/did-web';
import { type GuardedFetch, guardedFetchOver } from '@vivim/gateway/auth/did/guarded-fetch';
import { isPublicAddress } from '@vivim/gateway/auth/did/public-host';
import { makeCertificate } from '../../kit/certificates.ts';

/** Names the name server knows, and where it says they lead. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  'public.example': ['127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'private.example': ['127.0.0.1'],
  'both.example': ['93.184.215.14', '127.0.0.1'],
};
/** In place of three seconds where nothing ever comes, so that a row that waits does not hold up the others. */
const stalledMs = 200;

/** Where something is served, as a did:web and as an address. */
export interface Place {
  readonly did: string;
  readonly url: string;
}

export interface HostileHost {
  readonly didWeb: DidWebResolver;
  /** The way out of the gateways, into this internet. */
  readonly fetch: GuardedFetch;
  /** Where nothing good is. */
  at(place: 'redirect' | 'large' | 'stall'): Place;
  /** Serves a document at a place of its own. */
  serve(document: (place: Place) => unknown): Place;
  /** A host that leads to the sink. */
  atSink(host: 'metadata.example' | 'private.example' | 'both.example'): Place;
  /** The sink's port on this machine. */
  readonly sinkPort: number;
  /** Connections the sink has seen. */
  readonly reached: () => number;
  close(): void;
}

export async function startHostileHost(): Promise<HostileHost> {
  const { key, cert } = makeCertificate('public.example');
  const documents = new Map<string, unknown>();
  const server = createHttpsServer({ key, cert }, ({ url = '' }, response) => {
    const place = url.split('/')[1] ?? '';
    if (place === 'redirect') response.writeHead(302, { location: `https://private.example:${sinkPort}/` }).end();
    else if (place === 'large') response.end('x'.repeat(65 * 1_024));
    else if (place !== 'stall') response.end(JSON.stringify(documents.get(place) ?? null));
  });
  const sink = createServer((socket) => socket.destroy());
  let reached = 0;
  sink.on('connection', () => {
    reached += 1;
  });
  for (const each of [server, sink]) {
    each.listen(0, '127.0.0.1');
    await once(each, 'listening');
  }
  const portOf = (one: typeof server | typeof sink) => (one.address() as AddressInfo).port;
  const sinkPort = portOf(sink);
  const placeAt = (host: string, port: number, path: string): Place => ({
    did: `did:web:${host}%3A${port}:${path}`,
    url: `https://${host}:${port}/${path}/did.json`,
  });
  const lookup = async (host: string) => addresses[host] ?? [];
  const strict = guardedFetchOver({ lookup, isPublic: isPublicAddress });
  // For the host that serves something this machine counts as public; whatever leads to the sink is judged as it is.
  const here = { lookup, isPublic: (address: string) => address === '127.0.0.1', ca: cert };
  const [lenient, impatient] = [guardedFetchOver(here), guardedFetchOver({ ...here, deadlineMs: stalledMs })];
  const fetchFrom: GuardedFetch = (url, init) => {
    const { hostname, pathname } = new URL(String(url));
    if (hostname !== 'public.example') return strict(url, init);
    return pathname.startsWith('/stall/') ? impatient(url, init) : lenient(url, init);
  };
  return {
    didWeb: createDidWebResolver(fetchFrom),
    fetch: fetchFrom,
    at: (place) => placeAt('public.example', portOf(server), place),
    serve(document) {
      const name = `d${documents.size}`;
      const place = placeAt('public.example', portOf(server), name);
      documents.set(name, document(place));
      return place;
    },
    atSink: (host) => placeAt(host, sinkPort, 'u'),
    sinkPort,
    reached: () => reached,
    close() {
      server.closeAllConnections();
      server.close();
      sink.close();
    },
  };
}
