/**
 * Pages that call models from the browser: those the operator names may, with a person's token and nothing else; all others are
 * refused as before. What the providers' own clients send from a browser is let through.
 */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { liveWays } from '@vivim/contract/live';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { useGateway } from '../../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../../test/kit/masters.ts';
import { type SignedIn, send, signIn, signInBrowser } from '../../../../../test/kit/sign-in.ts';
import { emptyAnswer } from '../../../../../test/kit/test-gateway.ts';

const page = 'https://notes.example';
const other = 'https://evil.example';
const seen: IncomingHttpHeaders[] = [];
const service = createServer((request, response) => {
  seen.push(request.headers);
  request.resume();
  response
    .writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'r-1', 'access-control-allow-origin': '*' })
    .end('{"id":"x","choices":[],"content":[]}');
});
const allowed: string[] = [];
beforeAll(async () => {
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  allowed.push(`127.0.0.1:${(service.address() as AddressInfo).port}`);
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
});

const ask = { model: 'm', max_tokens: 9, messages: [{ role: 'user' as const, content: 'hello' }] };
const cors = (headers: Headers): string[] => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describeOnMaster('pages that call models', (kind) => {
  const gateway = useGateway(kind, { upstreamsAllowed: allowed, proxyOrigins: [page, 'http://localhost:5173'] });
  beforeEach(() => {
    seen.length = 0;
    gateway().answer = ({ path }) => {
      if (path !== liveWays.upstream) return path.startsWith('/internal') ? Response.json(null) : emptyAnswer();
      const { kind } = JSON.parse(gateway().passed.at(-1)?.body ?? '') as { kind: string };
      const baseUrl = `http://${allowed[0]}${kind === 'openai' ? '/v1' : ''}`;
      return Response.json({ name: 'main', kind, baseUrl, key: 'sk-theirs', record: true, room: true });
    };
  });

  const tokenOf = async (person: SignedIn): Promise<string> =>
    String(
      (await person.send('POST', '/v1/tokens', { json: { scopes: ['proxy:use', 'proxy:record'], days: 1 } })).body
        .token,
    );
  const preflight = (
    origin: string,
    path = '/v1/chat/completions',
    names = 'authorization,content-type',
    method = 'POST',
  ) =>
    send(gateway(), 'OPTIONS', path, {
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': names },
    });
  const chat = (origin: string, headers: Record<string, string>) =>
    send(gateway(), 'POST', '/v1/chat/completions', { json: ask, headers: { origin, ...headers } });

  it('are told that they may, without a token and without a word of anybody', async () => {
    const before = gateway().passed.length;
    const { status, headers, body } = await preflight(page);
    expect([status, body]).toEqual([204, {}]);
    expect(headers.get('access-control-allow-origin')).toBe(page);
    expect(headers.get('access-control-allow-methods')).toBe('POST');
    expect(headers.get('access-control-allow-headers')).toBe('authorization, content-type');
    expect(headers.get('access-control-max-age')).toBe('600');
    expect(headers.get('vary')).toContain('Origin');
    expect(headers.has('access-control-allow-credentials')).toBe(false);
    expect(headers.has('set-cookie')).toBe(false);
    expect(gateway().passed).toHaveLength(before);
  });

  it.each([
    [other, '/v1/chat/completions', 'POST'],
    ['null', '/v1/chat/completions', 'POST'],
    [`${page}.evil.example`, '/v1/messages', 'POST'],
    [page.toUpperCase(), '/v1/responses', 'POST'],
    [page, '/v1/chat/completions', 'DELETE'],
    [page, '/v1/conversations', 'GET'],
    [page, '/v1/account', 'GET'],
    [page, '/v1/upstreams', 'GET'],
    [page, '/mcp', 'POST'],
  ])('are told nothing of the kind from %s, for %s by %s', async (origin, path, method) => {
    const { status, headers } = await preflight(origin, path, 'authorization', method);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(cors(headers)).toEqual([]);
  });

  it('read their answer, its headers and a refusal, and nobody else does', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const [hers, his] = [await tokenOf(alice), await tokenOf(bob)];
    for (const [origin, token] of [
      [page, hers],
      ['http://localhost:5173', his],
    ] as const) {
      const { status, headers } = await chat(origin, { authorization: `Bearer ${token}` });
      expect([status, headers.get('access-control-allow-origin')]).toEqual([200, origin]);
      expect(headers.get('vary')).toContain('Origin');
      const readable = headers.get('access-control-expose-headers') ?? '';
      for (const name of ['x-request-id', 'x-vivim-record', 'vivim-trace-id']) expect(readable).toContain(name);
      expect(headers.has('access-control-allow-credentials')).toBe(false);
    }
    const wrong = await chat(page, { authorization: 'Bearer vivim_pat_nobody' });
    expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([401, page]);
    const elsewhere = await chat(other, { authorization: `Bearer ${hers}` });
    expect([elsewhere.status, cors(elsewhere.headers)]).toEqual([403, []]);
    expect(
      gateway()
        .passed.filter(({ path }) => path === liveWays.upstream)
        .map(({ userId }) => userId)
        .slice(-2),
    ).toEqual([alice.userId, bob.userId]);
    expect(seen.every(({ origin }) => origin === undefined)).toBe(true);
  });

  it('come no further than the models, and not at all with a cookie', async () => {
    const { cookie } = await signInBrowser(gateway());
    expect((await chat(page, { cookie })).status).toBe(401);
    expect((await send(gateway(), 'GET', '/v1/conversations', { headers: { origin: page, cookie } })).status).toBe(403);
    const token = await tokenOf(await signIn(gateway()));
    const read = await send(gateway(), 'GET', '/v1/upstreams', {
      headers: { origin: page, authorization: `Bearer ${token}` },
    });
    expect([read.status, cors(read.headers)]).toEqual([403, []]);
  });

  /** As a browser does: it names where it is from, asks first, and sends no more than it was granted. */
  const fromBrowser =
    (origin: string): typeof fetch =>
    async (input, init) => {
      const url = String(input instanceof Request ? input.url : input);
      const headers = new Headers(init?.headers);
      const names = [...headers.keys()].filter((name) => !['accept', 'content-length'].includes(name));
      const may = await preflight(origin, new URL(url).pathname, names.join(','));
      const granted = may.headers.get('access-control-allow-headers')?.split(', ') ?? [];
      if (may.headers.get('access-control-allow-origin') !== origin || names.some((name) => !granted.includes(name)))
        throw new TypeError(`Failed to fetch: ${names.filter((name) => !granted.includes(name))}`);
      headers.set('origin', origin);
      const answer = await fetch(url, { ...init, headers });
      if (answer.headers.get('access-control-allow-origin') !== origin) throw new TypeError('Failed to fetch');
      return answer;
    };

  it('may use the clients the providers made for browsers', async () => {
    const token = await tokenOf(await signIn(gateway()));
    const common = { apiKey: token, dangerouslyAllowBrowser: true, maxRetries: 0 };
    for (const origin of [page, other]) {
      const openai = new OpenAI({ ...common, baseURL: `${gateway().url}/v1`, fetch: fromBrowser(origin) });
      const anthropic = new Anthropic({ ...common, baseURL: gateway().url, fetch: fromBrowser(origin) });
      const asked = [openai.chat.completions.create(ask), anthropic.messages.create(ask)];
      const ended = (await Promise.allSettled<unknown>(asked)).map(({ status }) => status);
      expect(ended).toEqual(origin === page ? ['fulfilled', 'fulfilled'] : ['rejected', 'rejected']);
    }
    expect(seen.map((headers) => headers['anthropic-dangerous-direct-browser-access'])).toContain('true');
    expect(seen).toHaveLength(2);
  });
});
