/** A whole server behind a proxy configured as the guide says: names, addresses, streams, uploads and large answers through TLS. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent, fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manyConversations } from '../kit/exports.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { freePort, type ProxyName, programOf, type RunningProxy, siteName, startProxy } from '../kit/reverse-proxy.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

/** What is said of the server's health under a name, whatever the certificate says. */
async function healthUnder({ url, cert }: RunningProxy, host: string): Promise<string> {
  const { port } = new URL(url);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const named = { host: '127.0.0.1', port, servername: siteName, ca: cert, path: '/v1/health' };
    request({ ...named, headers: { host: `${host}:${port}` } }, resolve)
      .once('error', reject)
      .end();
  });
  return text(answer);
}

const proxies: readonly ProxyName[] = ['nginx', 'caddy'];

describe.each(proxies)('%s', (name) => {
  const there = programOf(name) !== null;
  const reason = there ? '' : ` (skipped: apt-get install ${name})`;

  describe.skipIf(!there)(`with the configuration of the guide${reason}`, () => {
    let server: TestServer;
    let proxy: RunningProxy;
    let alice: Person;
    let bob: Person;
    const agents: Agent[] = [];

    /** `fetch` to the site over the proxy, from an address of this machine's. */
    function from(localAddress: string): typeof fetch {
      const lookup: LookupFunction = (_, { all }, found) =>
        all === true ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4);
      const dispatcher = new Agent({ localAddress, connect: { ca: proxy.cert, lookup } });
      agents.push(dispatcher);
      return ((input, init) => undiciFetch(input as string, { ...(init as object), dispatcher })) as typeof fetch;
    }

    beforeAll(async () => {
      const [port, upstream] = [await freePort(), await freePort()];
      const env = {
        VIVIM_ORIGIN: `https://${siteName}:${port}`,
        VIVIM_PORT: String(upstream),
        VIVIM_TRUSTED_PROXIES: '127.0.0.1/32',
        VIVIM_MODELS: 'off',
      };
      server = await startTestServer({ env });
      proxy = await startProxy(name, { port, upstream });
      const send = from('127.0.0.2');
      [alice, bob] = [await signUp(proxy.url, send), await signUp(proxy.url, send)];
    }, 90_000);
    afterAll(async () => {
      await Promise.all(agents.map((agent) => agent.close()));
      await proxy?.stop();
      await server?.stop();
    });

    it('answers under its name with the headers of the server, and under no other', async () => {
      const send = from('127.0.0.2');
      const page = await send(`${proxy.url}/`, { headers: { accept: 'text/html' } });
      expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.any(String)]);
      expect(page.headers.get('strict-transport-security')).toMatch(/max-age=/);
      expect(await healthUnder(proxy, siteName)).toContain('"status"');
      expect(await healthUnder(proxy, 'elsewhere.example')).not.toContain('"status":"');
      expect((await alice.client.getMe({})).userId).toBe(alice.userId);
    });

    it('tells whose address it is, and passes on no word of the client on that', async () => {
      const { token } = await alice.client.createToken({
        body: { scopes: ['account:read'], days: 1, network: '127.0.0.2/32' },
      });
      const me = (localAddress: string, headers: Record<string, string> = {}) =>
        from(localAddress)(`${proxy.url}/v1/me`, { headers: { authorization: `Bearer ${token}`, ...headers } });
      expect((await me('127.0.0.2')).status).toBe(200);
      expect((await me('127.0.0.3')).status).toBe(401);
      const lie = { 'x-forwarded-for': '127.0.0.2', forwarded: 'for=127.0.0.2', 'x-real-ip': '127.0.0.2' };
      expect((await me('127.0.0.3', lie)).status).toBe(401);
      expect((await me('127.0.0.2', { 'x-forwarded-for': '127.0.0.3' })).status).toBe(200);
    });

    it('lets events through as they happen, and cuts them with the session', async () => {
      const other = await alice.signIn();
      const stream = await other.client.streamEvents({});
      const reader = stream.body?.getReader();
      const next = async () => Buffer.from((await reader?.read())?.value ?? []).toString();
      expect(await next()).toContain('hello');
      const run = await alice.client.createImport({ query: { fileName: 'a.json' }, bytes: manyConversations(20) });
      let heard = '';
      while (!heard.includes(run.id)) heard += await next();
      await other.client.endSession({});
      const ended = async () => {
        while (!(await reader?.read())?.done);
      };
      await ended().catch(() => {});
      await expect(bob.client.getMe({})).resolves.toMatchObject({ userId: bob.userId });
    });

    it('takes an upload beyond what proxies allow by themselves, and gives the whole space back', async () => {
      const large = manyConversations(400, 10);
      expect(large.length).toBeGreaterThan(1.5 * 1024 ** 2);
      const run = await importFile(bob, 'large.json', large);
      expect([run.state, run.report.conversations.added]).toEqual(['done', 400]);
      await quiet(bob, { embedding: false });
      const response = await bob.client.exportSpace({});
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.length).toBe(Number(response.headers.get('content-length')));
      expect(bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
    }, 120_000);
  });
});
