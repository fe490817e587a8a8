/** What the operator sees of a running server: figures and spans. Not a word, an id or an address of anybody is in them. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

/** A collector that keeps what it is sent. */
async function startCollector(): Promise<{ server: Server; url: string; received: () => string }> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(Buffer.concat(chunks).toString());
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/v1/traces`, received: () => bodies.join('\n') };
}

const secret = 'zanzibarquince';
const title = 'Marmalade of the lighthouse';
const exported = (word: string) =>
  JSON.stringify([
    { title, messages: [{ role: 'user', content: `My ${word} recipe needs three lemons and patience.` }] },
  ]);

describe('a server that is observed', () => {
  let server: TestServer;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let alice: Person;
  let bob: Person;
  let figures: string;
  beforeAll(async () => {
    collector = await startCollector();
    server = await startTestServer({
      env: { VIVIM_METRICS: '127.0.0.1:0', VIVIM_TRACES_URL: collector.url, VIVIM_MODELS: 'off' },
    });
    [alice, bob] = [await signUp(server.url), await signUp(server.url)];
    for (const person of [alice, bob]) {
      expect((await importFile(person, `${secret}.json`, exported(secret))).state).toBe('done');
      await quiet(person, { embedding: false });
    }
    expect((await alice.client.search({ query: { q: secret } })).items).toHaveLength(1);
    await bob.client.getConversation({ params: { id: `c_${secret}` } }).catch(() => undefined);
    await fetch(`${server.url}/v1/conversations/${secret}?q=${secret}`, { headers: { 'x-odd': secret } });
    await fetch(`${server.url}/v1/health`, { method: 'PROPFIND' }).catch(() => undefined);
    figures = await (await fetch(metricsUrl())).text();
  }, 90_000);
  afterAll(async () => {
    await server.stop();
    collector.server.close();
  });

  const metricsUrl = () => /metrics {2}(http\S+)/.exec(server.output())?.[1] ?? 'http://nowhere.invalid';
  const figure = (line: RegExp): number => Number(new RegExp(`^${line.source} (\\S+)$`, 'm').exec(figures)?.[1]);

  it('counts requests by route template, status and method', () => {
    expect(figure(/vivim_http_request_seconds_count\{route="\/v1\/search",method="GET",status="200"\}/)).toBe(1);
    expect(figures).toMatch(/route="\/v1\/conversations\/\{id\}",method="GET",status="401"/);
    expect(figures).toMatch(/method="other"/);
  });

  it('tells how engines, models and master are', () => {
    expect(figure(/vivim_engines_running/)).toBe(2);
    expect(figure(/vivim_engine_open_seconds_count/)).toBeGreaterThanOrEqual(2);
    expect(figure(/vivim_pending_jobs/)).not.toBeNaN();
    expect(figure(/vivim_master_up/)).toBe(1);
    expect(figures).toMatch(/^vivim_models_up nan$/im);
    expect(figure(/vivim_events_total\{event="engine.opened",level="info"\}/)).toBeGreaterThanOrEqual(2);
  });

  it('answers nothing else on that port', async () => {
    const url = new URL(metricsUrl());
    expect((await fetch(new URL('/v1/me', url))).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });

  it('tells each person, and the operator, what was used', async () => {
    const usage = await alice.client.getUsage({ query: {} });
    expect(usage.disk.bytes).toBeGreaterThan(10_000);
    expect(usage.disk.quotaBytes).toBeGreaterThan(usage.disk.bytes);
    expect(usage.days).toEqual([]);
  });

  it('sends spans of what a request waited for, at the latest when it stops', async () => {
    await server.stop({ keep: true });
    const sent = collector.received();
    const names = new Set([...sent.matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name));
    for (const name of ['GET /v1/search', 'POST /v1/imports', 'authenticate', 'engine', 'engine open'])
      expect(names).toContain(name);
    expect(sent).toContain('"http.response.status_code"');
  });

  it('has written down by then what each person used', async () => {
    server = await startTestServer({ dataDir: server.dataDir, env: { VIVIM_MODELS: 'off' } });
    const again = await (await signedInAgain(alice)).client.getUsage({ query: {} });
    expect(again.days).toHaveLength(1);
    expect(again.days[0]?.requests).toBeGreaterThan(2);
    expect(again.days[0]?.engineMs).toBeGreaterThan(0);
  });

  it('never holds a word, a title, a file name, a DID, an id or an address', () => {
    for (const text of [figures, collector.received(), server.output()]) {
      for (const telling of [secret, title, 'lemons', alice.did, alice.userId, bob.userId, 'did:key', 'x-odd'])
        expect(text).not.toContain(telling);
      expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
    }
  });

  const signedInAgain = (person: Person) => person.signIn(server.url);
});
