/**
 * A host on the web that does what a host should not, a name server that lies, and a sink nobody may reach: what a server
 * meets that is told whom to ask.
 */
import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { createDidWebResolver, type DidWebResolver } from '@vivim/gateway/auth/did-web';
import { guardedFetchOver } from '@vivim/gateway/auth/guarded-fetch';
import { isPublicAddress } from '@vivim/gateway/auth/public-host';
import { makeCertificate } from '../../kit/certificates.ts';

/** Names the name server knows, and where it says they lead. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  'public.example': ['127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'private.example': ['127.0.0.1'],
  'both.example': ['93.184.215.14', '127.0.0.1'],
};
/** In place of three seconds, so that a row that waits does not hold up the others. */
const deadlineMs = 200;

export interface HostileHost {
  readonly didWeb: DidWebResolver;
  /** The did:web of a document that will be served, or of one of the places where nothing good is. */
  did(place: 'document' | 'redirect' | 'large' | 'stall'): string;
  /** Serves this document at a place of its own. @returns its DID */
  serve(document: (did: string) => unknown): string;
  /** A did:web of a host that leads to the sink. */
  didOfSink(host: 'metadata.example' | 'private.example' | 'both.example'): string;
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
  const didOf = (host: string, port: number, path: string) => `did:web:${host}%3A${port}${path}`;
  const fetchDocument = guardedFetchOver({
    lookup: async (host) => addresses[host] ?? [],
    // This machine counts as public, or nothing could be served; what leads to the sink is judged as it is.
    isPublic: (address) => address === '127.0.0.1' || isPublicAddress(address),
    ca: cert,
    deadlineMs,
  });
  const strict = guardedFetchOver({ lookup: async (host) => addresses[host] ?? [], isPublic: isPublicAddress });
  const [lenientWeb, strictWeb] = [createDidWebResolver(fetchDocument), createDidWebResolver(strict)];
  return {
    didWeb: { document: (did) => (did.startsWith('did:web:public.example') ? lenientWeb : strictWeb).document(did) },
    did: (place) => didOf('public.example', portOf(server), `:${place}`),
    serve(document) {
      const place = `d${documents.size}`;
      const did = didOf('public.example', portOf(server), `:${place}`);
      documents.set(place, document(did));
      return did;
    },
    didOfSink: (host) => didOf(host, sinkPort, ':u'),
    sinkPort,
    reached: () => reached,
    close() {
      server.closeAllConnections();
      server.close();
      sink.close();
    },
  };
}
