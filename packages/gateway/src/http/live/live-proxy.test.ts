/**
 * The proxy between a client, a service that behaves badly and an engine that may be away: what passes and what does not, what it
 * says when it cannot, and that nothing of keeping delays or breaks a reply. The whole way with real engines is in test/flows.
 */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError, type ErrorCode, errorStatus } from '@vivim/contract/errors';
import { LiveExchange, LiveMissed, liveWays, type UpstreamGrant } from '@vivim/contract/live';
import { toProblem } from '@vivim/contract/problem';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { useGateway } from '../../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../../test/kit/masters.ts';
import { type SignedIn, send, signIn } from '../../../../../test/kit/sign-in.ts';
import { emptyAnswer } from '../../../../../test/kit/test-gateway.ts';

let answer: RequestListener = (_, response) => response.end('{}');
let seen: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
const service = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
  answer(request, response);
});
const allowed: string[] = [];
const serviceUrl = () => `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
beforeAll(async () => {
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  allowed.push(new URL(serviceUrl()).host);
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
});

const key = 'sk-canary-Qw81';
const ask = { model: 'm', messages: [{ role: 'user', content: 'hello' }] };
const eventually = async (holds: () => boolean) => {
  for (let tries = 0; tries < 300 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
};

describeOnMaster('the proxy', (kind) => {
  const gateway = useGateway(kind, { upstreamsAllowed: allowed, proxiedPerMinute: 30 });
  /** What the engine says of the upstream, and of an exchange it is handed. */
  let grant: Partial<UpstreamGrant> = {};
  let refusing: ErrorCode | null = null;
  /** It does not even take a figure. */
  let deaf = false;
  let toldBefore = 0;
  const problem = (code: ErrorCode) => Response.json(toProblem(new AppError(code)), { status: errorStatus[code] });

  beforeEach(() => {
    grant = {};
    refusing = null;
    deaf = false;
    toldBefore = gateway().passed.filter(({ path }) => path === liveWays.missed).length;
    seen = [];
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"x","choices":[]}');
    gateway().answer = ({ path }) => {
      if (path === liveWays.upstream)
        return Response.json({
          name: 'main',
          kind: 'openai',
          baseUrl: `${serviceUrl()}/v1`,
          key,
          record: true,
          room: true,
          ...grant,
        });
      if (path === liveWays.exchange)
        return refusing === null ? Response.json({ outcome: 'added' }) : problem(refusing);
      if (path === liveWays.missed) return deaf ? problem('engine_unavailable') : Response.json(null);
      return emptyAnswer();
    };
  });
  afterEach(() => {
    expect(gateway().log.join('\n')).not.toContain(key);
    gateway().clockOffsetMs = 0;
  });

  const tokenOf = async (person: SignedIn, scopes = ['proxy:use', 'proxy:record']) =>
    String((await person.send('POST', '/v1/tokens', { json: { scopes, days: 1 } })).body.token);
  const newToken = async (scopes?: string[]) => tokenOf(await signIn(gateway()), scopes);
  const chat = (token: string, headers: Record<string, string> = {}, json: object = ask) =>
    send(gateway(), 'POST', '/v1/chat/completions', {
      json,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  const handed = () =>
    gateway()
      .passed.filter(({ path }) => path === liveWays.exchange)
      .map(({ body, userId }) => ({ userId, ...LiveExchange.parse(JSON.parse(body)) }));

  /** Figures engines were told since the test began. */
  const told = () =>
    gateway()
      .passed.filter(({ path }) => path === liveWays.missed)
      .slice(toldBefore)
      .map(({ body, userId }) => ({ userId, ...LiveMissed.parse(JSON.parse(body)) }));

  it('shows a service what its client said, under the owner’s key, and nothing of here', async () => {
    const token = await newToken();
    await chat(token, {
      cookie: '__Host-sid=x',
      'user-agent': 'OpenAI/JS',
      'x-stainless-lang': 'js',
      'openai-organization': 'org',
      'x-forwarded-for': '10.0.0.9',
      'x-vivim-upstream': 'main',
      dpop: 'x',
    });
    const [{ headers, url, body } = { headers: {}, url: '', body: '' }] = seen;
    expect([url, JSON.parse(body)]).toEqual(['/v1/chat/completions', ask]);
    expect(headers).toMatchObject({
      authorization: `Bearer ${key}`,
      'accept-encoding': 'identity',
      'user-agent': 'OpenAI/JS',
      'x-stainless-lang': 'js',
      'openai-organization': 'org',
    });
    for (const name of ['cookie', 'dpop', 'x-forwarded-for', 'x-vivim-upstream'])
      expect(headers).not.toHaveProperty(name);
    expect(JSON.stringify(headers)).not.toContain(token);
  });

  it('speaks as a client of Anthropic does', async () => {
    grant = { kind: 'anthropic', baseUrl: serviceUrl() };
    const token = await newToken();
    const headers = { 'x-api-key': token, 'anthropic-version': '2023-06-01', 'anthropic-beta': 'b' };
    const said = await send(gateway(), 'POST', '/v1/messages?beta=true', { json: ask, headers });
    expect(said.status).toBe(200);
    expect(seen[0]).toMatchObject({
      url: '/v1/messages?beta=true',
      headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01', 'anthropic-beta': 'b' },
    });
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
    await send(gateway(), 'POST', '/v1/messages/count_tokens', { json: ask, headers });
    await send(gateway(), 'GET', '/v1/models', { headers });
    expect(seen.slice(1).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v1/messages/count_tokens',
      'GET /v1/models',
    ]);
    await eventually(() => handed().at(-1)?.dialect === 'messages');
  });

  it('hands back what the client needs, and nothing that speaks for this server', async () => {
    answer = (_, response) =>
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'x-request-id': 'req-1',
          'x-ratelimit-remaining-requests': '9',
          'set-cookie': 'a=b',
          'strict-transport-security': 'max-age=1',
          'access-control-allow-origin': '*',
          'vivim-trace-id': 'forged',
          'x-vivim-record': 'forged',
        })
        .end('{}');
    const { headers } = await chat(await newToken());
    expect([headers.get('x-request-id'), headers.get('x-ratelimit-remaining-requests')]).toEqual(['req-1', '9']);
    expect([headers.get('x-vivim-record'), headers.get('x-vivim-upstream')]).toEqual(['on', 'main']);
    for (const name of ['set-cookie', 'strict-transport-security', 'access-control-allow-origin'])
      expect(headers.has(name)).toBe(false);
    expect(headers.get('vivim-trace-id')).not.toBe('forged');
    expect(headers.get('cache-control')).toBe('private, no-store');
    await eventually(() => handed().at(-1)?.requestId === 'req-1');
  });

  it('replies though the engine cannot keep it, and the engine is told how often as soon as it listens', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const token = await tokenOf(alice);
    refusing = 'quota_exceeded';
    deaf = true;
    expect((await chat(token)).status).toBe(200);
    expect((await chat(token)).status).toBe(200);
    await eventually(() => gateway().log.filter((line) => line.includes('live.not_kept')).length === 2);
    await eventually(() => told().length >= 2);
    refusing = null;
    deaf = false;
    const before = told().length;
    await chat(token);
    await eventually(() => told().length > before);
    expect(told().at(-1)).toMatchObject({ userId: alice.userId, count: 2, reason: 'quota_exceeded' });
    const after = told().length;
    await chat(token);
    await chat(await tokenOf(bob));
    await eventually(() => handed().filter(({ userId }) => userId === bob.userId).length === 1);
    expect(told()).toHaveLength(after);
  });

  it('counts what cannot be kept at once, without another exchange', async () => {
    const alice = await signIn(gateway());
    refusing = 'engine_unavailable';
    expect((await chat(await tokenOf(alice))).status).toBe(200);
    await eventually(() => told().length === 1);
    expect(told()).toMatchObject([{ userId: alice.userId, count: 1, reason: 'engine_unavailable' }]);
  });

  it('says before the reply when there is no room, and counts it', async () => {
    const alice = await signIn(gateway());
    grant = { room: false };
    expect((await chat(await tokenOf(alice))).headers.get('x-vivim-record')).toBe('failed');
    await eventually(() => told().length === 1);
    expect(told()).toMatchObject([{ userId: alice.userId, count: 1, reason: 'quota_exceeded' }]);
  });

  it('keeps nothing of what is not to be kept', async () => {
    const before = handed().length;
    expect((await chat(await newToken(['proxy:use']))).headers.get('x-vivim-record')).toBe('off');
    expect((await chat(await newToken(), { 'x-vivim-record': 'OFF' })).headers.get('x-vivim-record')).toBe('off');
    grant = { record: false };
    expect((await chat(await newToken())).headers.get('x-vivim-record')).toBe('off');
    expect(handed()).toHaveLength(before);
  });

  it('breaks off where the service does, and keeps it as that', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"index":0,"delta":{"content":"half"}}]}\n\n');
      setTimeout(() => response.destroy(), 30);
    };
    const token = await newToken();
    const through = await fetch(`${gateway().url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(ask),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
    await expect(through.text()).rejects.toThrow();
    await eventually(() => handed().at(-1)?.end === 'broken');
    expect(handed().at(-1)).toMatchObject({ streamed: true, response: expect.stringContaining('half') });
  });

  it('takes an answer without a body as what it is, as often as it comes', async () => {
    answer = (_, response) => response.writeHead(204).end();
    const token = await newToken();
    for (let times = 0; times < 20; times += 1) expect((await chat(token)).status).toBe(204);
  });

  it('ends with the token, in mid-answer', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    };
    const alice = await signIn(gateway());
    const made = (await alice.send('POST', '/v1/tokens', { json: { scopes: ['proxy:use', 'proxy:record'], days: 1 } }))
      .body;
    const through = await fetch(`${gateway().url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(ask),
      headers: { authorization: `Bearer ${made.token}`, 'content-type': 'application/json' },
    });
    const reader = through.body?.getReader();
    await reader?.read();
    await alice.send('DELETE', `/v1/sessions/${made.sessionId}`);
    const rest = async () => {
      while ((await reader?.read())?.done === false);
    };
    await rest().catch(() => {});
    await eventually(() => handed().at(-1)?.end === 'aborted');
  });

  it('says of what does not go through here that it does not, in the words of each interface', async () => {
    const before = gateway().passed.length;
    for (const [method, path] of [
      ['POST', '/v1/messages/batches'],
      ['GET', '/v1/messages/batches/b_1'],
    ] as const) {
      const { status, body } = await send(gateway(), method, path, { headers: { 'anthropic-version': '2023-06-01' } });
      expect([status, body]).toEqual([
        400,
        {
          type: 'error',
          error: {
            type: 'invalid_request_error',
            message: expect.stringMatching(/^VIVIM: Batches .* do not go through here/),
          },
          request_id: expect.any(String),
        },
      ]);
    }
    for (const [method, path] of [
      ['GET', '/v1/responses/resp_1'],
      ['POST', '/v1/completions'],
      ['GET', '/v1/files'],
      ['POST', '/v1/audio/speech'],
    ] as const) {
      const { status, body } = await send(gateway(), method, path, {});
      expect([status, body]).toEqual([
        400,
        {
          error: {
            message: expect.stringMatching(/^VIVIM: .*do not go through here/),
            type: 'invalid_request_error',
            param: null,
            code: 'request_invalid',
          },
        },
      ]);
    }
    expect(gateway().passed).toHaveLength(before);
    for (const path of ['/v1/responses', '/v1/messages', '/v1/chat/completions']) {
      const { body } = await send(gateway(), 'POST', path, { json: {} });
      expect(JSON.stringify(body)).not.toContain('do not go through here');
    }
  });

  it('refuses in the words of each interface', async () => {
    const token = await newToken();
    answer = (_, response) => response.writeHead(302, { location: 'http://10.0.0.1' }).end();
    expect((await chat(token)).body).toMatchObject({
      error: { code: 'upstream_unavailable', type: 'server_error', message: expect.stringMatching(/^VIVIM: /) },
    });
    grant = { baseUrl: 'http://10.1.2.3/v1' };
    const refused = await chat(token);
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { error: { code: 'upstream_not_allowed', type: 'invalid_request_error' } },
    ]);
    const big = { ...ask, pad: 'x'.repeat(1024 * 1024) };
    expect((await chat(token, {}, big)).status).toBe(413);
    const claude = await send(gateway(), 'POST', '/v1/messages', {
      json: ask,
      headers: { 'x-api-key': 'sk-ant-theirs' },
    });
    expect([claude.status, claude.body]).toMatchObject([
      401,
      { type: 'error', error: { type: 'authentication_error' } },
    ]);
    gateway().answer = ({ path }) => (path === liveWays.upstream ? problem('engine_unavailable') : emptyAnswer());
    expect((await chat(token)).status).toBe(503);
  });

  it('lets no page of anybody else’s in, no token in an address, and nobody too often', async () => {
    const token = await newToken();
    expect((await chat(token, { origin: 'https://evil.example' })).status).toBe(403);
    const leaked = await send(gateway(), 'POST', `/v1/chat/completions?access_token=${token}`, { json: ask });
    expect(leaked.status).toBe(400);
    const bob = await newToken();
    const statuses: number[] = [];
    for (let tries = 0; tries < 32; tries += 1) statuses.push((await chat(bob, { 'x-vivim-record': 'off' })).status);
    expect(statuses.slice(-2)).toEqual([429, 429]);
    expect((await chat(bob)).headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('leads nobody to what the gateway alone may ask of an engine', async () => {
    const alice = await signIn(gateway());
    const passed = gateway().passed.length;
    for (const path of Object.values(liveWays)) {
      expect((await alice.send('POST', path, { json: { kind: 'openai', name: null } })).status).toBe(404);
      expect((await alice.send('POST', `/v1/..${path}`, { json: {} })).status).toBe(404);
    }
    expect(gateway().passed).toHaveLength(passed);
  });
});
