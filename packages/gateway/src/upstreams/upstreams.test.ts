/** The way out to services people name: public hosts over https, or what the operator allows; and what a bad service can do. */
import dns from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { AppError } from '@vivim/contract/errors';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeCertificate } from '../../../../test/kit/certificates.ts';
import type { Internet } from '../auth/did/guarded-fetch.ts';
import { isPublicAddress } from '../auth/did/public-host.ts';
import { createUpstreams, readSmall, type UpstreamOptions } from './upstreams.ts';

const host = 'models.example';
const certificate = makeCertificate(host);
let answer: RequestListener = (_, response) => response.end('{}');
let connections = 0;
const secure = createHttpsServer(certificate, (request, response) => answer(request, response));
const open = createServer((request, response) => answer(request, response));
const portOf = (server: typeof open | typeof secure) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  for (const server of [secure, open]) {
    server.on('connection', () => {
      connections += 1;
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
});
afterAll(() => {
  for (const server of [secure, open]) {
    server.closeAllConnections();
    server.close();
  }
});

/** An internet that is this server alone. */
const here: Internet = { lookup: async () => ['127.0.0.1'], isPublic: () => true, ca: certificate.cert };
const call = (url: string, options: Partial<UpstreamOptions> = {}, signal = new AbortController().signal) =>
  createUpstreams({ allowed: [], internet: here, ...options }).call({
    method: 'POST',
    url,
    headers: { authorization: 'Bearer sk-secret' },
    body: Buffer.from('{}'),
    signal,
  });
async function refusal(
  attempt: () => Promise<unknown>,
): Promise<{ code: string; message: string; connections: number }> {
  const before = connections;
  const error = await attempt().then(
    () => new Error('it was let through'),
    (caught: unknown) => caught,
  );
  if (!(error instanceof AppError)) throw error;
  return { code: error.code, message: error.message, connections: connections - before };
}

describe('an upstream', () => {
  it('is called over https at a public host, and its answer streams', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'r' });
      response.write('data: 1\n\n');
      setTimeout(() => response.end('data: 2\n\n'), 20);
    };
    const { status, headers, body } = await call(`https://${host}:${portOf(secure)}/v1/x`);
    expect([status, headers['content-type'], headers['x-request-id']]).toEqual([200, 'text/event-stream', 'r']);
    expect(await readSmall(body, 1_000)).toBe('data: 1\n\ndata: 2\n\n');
  });

  it.each([
    'http://models.example/v1',
    'https://127.0.0.1/v1',
    'https://[::1]/v1',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/v1',
    'https://localhost/v1',
    'https://metadata.internal/v1',
    'https://printer.local/v1',
  ])('is not called at %s, and nobody learns of the key', async (url) => {
    const refused = await refusal(() => call(url));
    expect(refused).toMatchObject({ code: 'upstream_not_allowed', connections: 0 });
    expect(refused.message).toContain('VIVIM_UPSTREAM_PRIVATE=');
    expect(refused.message).not.toContain('sk-secret');
  });

  it.each([
    '10.0.0.1',
    '192.168.1.1',
    '127.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '::1',
    'fd00::1',
    '::ffff:10.0.0.1',
  ])('is not called where its name leads to %s, alone or beside a public address', async (address) => {
    for (const addresses of [[address], ['93.184.216.34', address]]) {
      const internet: Internet = { ...here, lookup: async () => addresses, isPublic: isPublicAddress };
      const refused = await refusal(() => call(`https://${host}:${portOf(secure)}/v1`, { internet }));
      expect(refused).toMatchObject({ code: 'upstream_not_allowed', connections: 0 });
    }
  });

  it('whose name changes its mind is judged each time it is called, and reached where it was judged and nowhere else', async () => {
    const answers = [[], ['93.184.216.34'], ['10.0.0.1'], ['127.0.0.1']];
    let asked = 0;
    const internet: Internet = {
      ...here,
      lookup: async () => answers[asked++] ?? ['127.0.0.1'],
      isPublic: isPublicAddress,
    };
    const url = `https://${host}:${portOf(secure)}/v1`;
    const upstreams = createUpstreams({ allowed: [], internet });
    // Where its name leads nowhere yet, and to a public address, it may be added.
    await upstreams.judge(url);
    await upstreams.judge(url);
    const use = () =>
      upstreams.call({ method: 'GET', url, headers: {}, body: null, signal: new AbortController().signal });
    for (let times = 0; times < 3; times += 1)
      expect(await refusal(use)).toMatchObject({ code: 'upstream_not_allowed', connections: 0 });
    expect(asked).toBe(5);
  });

  it('is not looked up again for the connection: a name that leads inside by then does not get there', async () => {
    const system = vi.spyOn(dns, 'lookup');
    let asked = 0;
    const internet: Internet = {
      ...here,
      lookup: async () => (asked++ === 0 ? ['93.184.216.34'] : ['127.0.0.1']),
      isPublic: isPublicAddress,
    };
    const before = connections;
    const stop = AbortSignal.timeout(300);
    await expect(call(`https://${host}:${portOf(secure)}/v1`, { internet }, stop)).rejects.toThrow();
    expect([asked, system.mock.calls.length, connections - before]).toEqual([1, 0, 0]);
    system.mockRestore();
  });

  it('is called at a private address the operator allows, by host and port and no other', async () => {
    answer = (_, response) => response.end('{}');
    const allowed = [`127.0.0.1:${portOf(open)}`];
    expect((await call(`http://127.0.0.1:${portOf(open)}/v1`, { allowed })).status).toBe(200);
    const other = await refusal(() => call(`http://127.0.0.1:${portOf(secure)}/v1`, { allowed }));
    expect(other).toMatchObject({ code: 'upstream_not_allowed', connections: 0 });
    const named = await refusal(() => call(`http://localhost:${portOf(open)}/v1`, { allowed }));
    expect(named).toMatchObject({ code: 'upstream_not_allowed', connections: 0 });
  });

  it('cannot send anybody on', async () => {
    answer = (_, response) => response.writeHead(307, { location: 'http://169.254.169.254/' }).end();
    const before = connections;
    const refused = await refusal(() => call(`https://${host}:${portOf(secure)}/v1`));
    expect(refused.code).toBe('upstream_unavailable');
    expect(connections - before).toBe(1);
  });

  it('that is not there, or shows another certificate, is said to be unreachable', async () => {
    const gone = await refusal(() => call('http://127.0.0.1:9/v1', { allowed: ['127.0.0.1:9'] }));
    expect(gone).toMatchObject({ code: 'upstream_unavailable', message: expect.stringContaining('ECONNREFUSED') });
    const { ca: _, ...strange } = here;
    const forged = await refusal(() => call(`https://${host}:${portOf(secure)}/v1`, { internet: strange }));
    expect(forged.code).toBe('upstream_unavailable');
    const nameless = await refusal(() => call(`https://${host}/v1`, { internet: { ...here, lookup: async () => [] } }));
    expect(nameless.code).toBe('upstream_unavailable');
  });

  it('that never answers is given up', async () => {
    answer = () => {};
    const silent = await refusal(() => call(`https://${host}:${portOf(secure)}/v1`, { answerWithinMs: 300 }));
    expect(silent.code).toBe('upstream_unavailable');
  });

  it('learns when nobody waits any more', async () => {
    let left = false;
    answer = (request, response) => {
      request.socket.once('close', () => {
        left = true;
      });
      response.writeHead(200).write('one');
    };
    const stop = new AbortController();
    const { body } = await call(`https://${host}:${portOf(secure)}/v1`, {}, stop.signal);
    body.on('error', () => {});
    stop.abort();
    for (let tries = 0; tries < 200 && !left; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(left).toBe(true);
  });
});
