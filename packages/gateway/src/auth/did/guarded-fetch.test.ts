/** The way out, against a server that does everything a server should not, and a name server that lies. */
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer, type Server } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../../../test/kit/certificates.ts';
import { createDidWebResolver } from './did-web.ts';
import { createGuardedFetch, guardedFetchOver, type Internet } from './guarded-fetch.ts';
import { isPublicAddress } from './public-host.ts';
import { resolveSigningKey } from './resolve-did.ts';

const host = 'alice.example';
const certificate = makeCertificate(host);
const kilobyte = 'x'.repeat(1_024);
const forever = () => new Promise<never>(() => {});

let answer: RequestListener = (_, response) => response.end();
let server: Server;
let port = 0;
let connections = 0;

beforeAll(async () => {
  server = createHttpsServer(certificate, (request, response) => answer(request, response));
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** An internet that is this server alone. */
const here: Internet = { lookup: async () => ['127.0.0.1'], isPublic: () => true, ca: certificate.cert };
const get = (internet: Partial<Internet> = {}, path = '/', at = host) =>
  guardedFetchOver({ ...here, ...internet })(`https://${at}:${port}${path}`);

/** Fails, and says how many connections reached the server meanwhile. */
async function refusedAfter(attempt: () => Promise<unknown>): Promise<number> {
  const before = connections;
  await expect(attempt()).rejects.toThrow();
  return connections - before;
}

describe('the guarded fetch', () => {
  it('brings an answer of 200 with its headers, and sends no more than it must', async () => {
    const seen: unknown[] = [];
    answer = (request, response) => {
      seen.push([request.method, request.url, Object.keys(request.headers).sort(), request.headers.accept]);
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'max-age=60' }).end('{"a":1}');
    };
    const fetched = await guardedFetchOver(here)(`https://${host}:${port}/a?b`, {
      headers: { accept: 'application/json', cookie: 'secret', 'user-agent': 'x' },
    });
    expect([fetched.status, fetched.headers.get('cache-control'), await fetched.json()]).toEqual([
      200,
      'max-age=60',
      { a: 1 },
    ]);
    expect(seen).toEqual([['GET', '/a?b', ['accept', 'accept-encoding', 'connection', 'host'], 'application/json']]);
  });

  it('takes 64 KiB, and not a byte more, announced or not', async () => {
    answer = (_, response) => response.end(kilobyte.repeat(64));
    expect((await (await get()).bytes()).length).toBe(65_536);
    answer = (_, response) => response.end(`${kilobyte.repeat(64)}x`);
    await expect(get()).rejects.toThrow();
    answer = (_, response) => {
      for (let sent = 0; sent < 65; sent += 1) response.write(kilobyte);
      response.end();
    };
    await expect(get()).rejects.toThrow();
  });

  it.each<[string, RequestListener]>([
    ['a redirect to elsewhere', (_, response) => response.writeHead(302, { location: 'https://1.1.1.1/' }).end()],
    ['a redirect to itself', (_, response) => response.writeHead(307, { location: '/' }).end()],
    ['404', (_, response) => response.writeHead(404).end('{}')],
    ['204', (_, response) => response.writeHead(204).end()],
    ['206', (_, response) => response.writeHead(206).end('{}')],
    ['500', (_, response) => response.writeHead(500).end('{}')],
    [
      'a small body that swells',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(kilobyte.repeat(1_024))),
    ],
    [
      'a body cut off',
      (_, response) => void response.writeHead(200, { 'content-length': '10' }).write('{', () => response.destroy()),
    ],
    ['nothing but a closed door', (request) => request.socket.destroy()],
  ])('refuses %s, and asks once', async (_, listener) => {
    let asked = 0;
    answer = (request, response) => {
      asked += 1;
      listener(request, response);
    };
    await expect(get()).rejects.toThrow();
    expect(asked).toBe(1);
  });

  it('refuses a certificate of another host, and one of an unknown authority', async () => {
    answer = (_, response) => response.end();
    await expect(get({}, '/', 'bob.example')).rejects.toThrow();
    const { ca: _, ...unknown } = here;
    await expect(guardedFetchOver(unknown)(`https://${host}:${port}/`)).rejects.toThrow();
  });

  it.each([
    'http://alice.example/',
    'https://user@alice.example/',
    'https://:password@alice.example/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://[::1]/',
    'https://localhost/',
    'https://alice.local/',
    'https://alice/',
    'file:///etc/passwd',
    'data:application/json,{}',
    'alice.example',
  ])('looks nothing up for %s', async (url) => {
    const asked: string[] = [];
    const lookup = async (name: string) => {
      asked.push(name);
      return ['127.0.0.1'];
    };
    await expect(guardedFetchOver({ ...here, lookup })(url)).rejects.toThrow();
    await expect(createGuardedFetch()(url)).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  it('sends nothing but GET', async () => {
    expect(await refusedAfter(() => guardedFetchOver(here)(`https://${host}:${port}/`, { method: 'POST' }))).toBe(0);
  });

  it('ends when its caller does', async () => {
    answer = forever;
    const stop = new AbortController();
    const fetched = guardedFetchOver(here)(`https://${host}:${port}/`, { signal: stop.signal });
    stop.abort();
    await expect(fetched).rejects.toThrow();
    expect(await refusedAfter(() => guardedFetchOver(here)(`https://${host}:${port}/`, { signal: stop.signal }))).toBe(
      0,
    );
  });
});

describe('N16 a name that leads somewhere private', () => {
  it.each([
    ['the metadata service', ['169.254.169.254']],
    ['this machine', ['127.0.0.1']],
    ['this machine, mapped', ['::ffff:127.0.0.1']],
    ['the metadata service behind NAT64', ['64:ff9b::a9fe:a9fe']],
    ['a local network behind 6to4', ['2002:0a00:0001::1']],
    ['a public and a private address', ['93.184.215.14', '127.0.0.1']],
    ['a private and a public address', ['127.0.0.1', '93.184.215.14']],
    ['no address', []],
    ['no address but a name', ['localhost']],
  ])('%s: not a packet is sent', async (_, addresses) => {
    const sink = createServer();
    let packets = 0;
    sink.on('connection', () => {
      packets += 1;
    });
    sink.listen(0, '127.0.0.1');
    await once(sink, 'listening');
    const sinkPort = (sink.address() as AddressInfo).port;
    const fetchDocument = guardedFetchOver({ lookup: async () => addresses, isPublic: isPublicAddress });
    const didWeb = createDidWebResolver(fetchDocument);
    const resolved = resolveSigningKey({ didWeb }, `did:web:${host}%3A${sinkPort}`);
    await expect(resolved).rejects.toMatchObject({ code: 'did_resolution_failed' });
    sink.close();
    await once(sink, 'close');
    expect(packets).toBe(0);
  });

  it('is asked for once: the connection goes to the address that was judged, whatever the name says next', async () => {
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    let asked = 0;
    answer = (_, response) => response.end('{}');
    const lookup = async () => answers[asked++] ?? [];
    const judged: string[] = [];
    const isPublic = (address: string) => judged.push(address) > 0;
    expect((await get({ lookup, isPublic })).status).toBe(200);
    expect([asked, judged]).toEqual([1, ['127.0.0.1']]);
  });
});

describe('N16 a did:web that does not end well', () => {
  const resolve = (internet: Partial<Internet> = {}) => {
    const didWeb = createDidWebResolver(guardedFetchOver({ ...here, ...internet }));
    return resolveSigningKey({ didWeb }, `did:web:${host}%3A${port}`);
  };
  const failed = { code: 'did_resolution_failed' };

  it.each<[string, RequestListener]>([
    ['a redirect', (_, response) => response.writeHead(302, { location: 'https://1.1.1.1/' }).end()],
    ['more than 64 KiB', (_, response) => response.end(kilobyte.repeat(65))],
    ['no document', (_, response) => response.writeHead(404).end()],
  ])('%s: did_resolution_failed', async (_, listener) => {
    answer = listener;
    await expect(resolve()).rejects.toMatchObject(failed);
  });

  it('a name server, an answer or a body that stalls: did_resolution_failed, in time for the answer', async () => {
    answer = (request, response) => {
      if (request.headers.accept?.includes('drip') !== true) return;
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(drip));
    };
    const dripping = guardedFetchOver(here)(`https://${host}:${port}/`, { headers: { accept: 'drip' } });
    await Promise.all([
      expect(resolve({ lookup: forever })).rejects.toMatchObject(failed),
      expect(resolve()).rejects.toMatchObject(failed),
      expect(dripping).rejects.toThrow(),
    ]);
  }, 3_500);

  it('lets go of the connection at once', async () => {
    const closed: Promise<unknown>[] = [];
    answer = (request, response) => {
      closed.push(once(request.socket, 'close'));
      response.end(kilobyte.repeat(65));
    };
    await expect(resolve()).rejects.toMatchObject(failed);
    answer = (request, response) => {
      closed.push(once(request.socket, 'close'));
      response.end('{}');
    };
    await expect(resolve()).rejects.toMatchObject({ code: 'did_resolution_failed' });
    await Promise.all(closed);
    expect(closed).toHaveLength(2);
  });
});
