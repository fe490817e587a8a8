/** N31 to N39: applications, their tokens, and doors under other names. */
import { request } from 'node:http';
import { missingScopes } from '@vivim/engine/mcp/tool-scopes';
import { expect } from 'vitest';
import {
  type Application,
  askMcp,
  askToken,
  authorizeUrl,
  connectApplication,
  newApplication,
  newAttempt,
  redirectUri,
  refresh,
  TestBrowser,
  tradeParameters,
  verdictOf,
} from '../../kit/applications.ts';
import { newIdentity, newSessionKey } from '../../kit/proofs.ts';
import { type Answer, send, signIn, signInBrowser, verdict } from '../../kit/sign-in.ts';
import { emptyAnswer, type TestGateway } from '../../kit/test-gateway.ts';
import { each, later, ownNetwork, type Refusal, type Row } from './row.ts';

/** A person, in their browser, and an application they let in. */
async function connected(gateway: TestGateway, change: Record<string, string | undefined> = {}) {
  const application = await newApplication(gateway);
  const { cookie } = await signInBrowser(gateway);
  const browser = new TestBrowser([cookie]);
  return { application, cookie, tokens: await connectApplication(gateway, application, browser, change) };
}

/** A browser that comes to the authorization endpoint, on a network of its own. */
const authorize = (
  gateway: TestGateway,
  application: Application,
  change: Record<string, string | undefined> = {},
): Promise<Refusal> =>
  new TestBrowser().open(authorizeUrl(gateway, newAttempt(gateway, application, change)), {
    headers: { accept: 'text/html', ...ownNetwork() },
  });

/** A request under a name of one's own choosing, which `fetch` does not let one choose. */
const underHost = (gateway: TestGateway, host: string, path: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(gateway.url);
    request({ host: '127.0.0.1', port, path, headers: { host } }, async (answer) => {
      let text = '';
      for await (const chunk of answer.setEncoding('utf8')) text += chunk;
      const headers = new Headers(answer.headers as Record<string, string>);
      const isJson = headers.get('content-type')?.includes('json') === true;
      resolve({ status: answer.statusCode ?? 0, headers, body: isJson ? JSON.parse(text) : {} });
    })
      .on('error', reject)
      .end();
  });

const metadataOf = ({ url }: TestGateway) => `resource_metadata="${url}/.well-known/oauth-protected-resource/mcp"`;

export const oauthRows: readonly Row[] = [
  {
    id: 'N31',
    title: 'a message to /mcp without a token',
    status: 401,
    code: 'invalid_token',
    wire: 'oauth',
    also: 'WWW-Authenticate says where to ask and for what',
    async run({ gateway }) {
      const answers = { none: await askMcp(gateway, null), unknown: await askMcp(gateway, 'x'.repeat(43)) };
      const [none, unknown] = Object.values(answers).map(({ headers }) => headers.get('www-authenticate'));
      expect(none).toBe(`Bearer ${metadataOf(gateway)}, scope="memory:read memory:write"`);
      expect(unknown).toBe(`Bearer error="invalid_token", ${metadataOf(gateway)}, scope="memory:read memory:write"`);
      return answers;
    },
  },
  {
    id: 'N32',
    title: 'a token for another part of the server, or of another server, at /mcp',
    status: 401,
    code: 'invalid_token',
    wire: 'oauth',
    also: 'nor does one for /mcp open /v1, and none reaches an engine',
    async run({ gateway }) {
      const [api, mcp] = [await connected(gateway, { resource: `${gateway.url}/v1` }), await connected(gateway)];
      const [program, { cookie }] = [await signIn(gateway), await signInBrowser(gateway)];
      const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
      expect(verdict(await send(gateway, 'GET', '/v1/topics', bearer(api.tokens.access)))).toBe('200 ok');
      expect(verdict(await send(gateway, 'GET', '/v1/topics', bearer(mcp.tokens.access)))).toBe('401 token_invalid');
      const before = gateway.passed.length;
      const jwt = [{ alg: 'ES256' }, { iss: 'https://other.example', aud: `${gateway.url}/mcp` }, {}]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const answers = await each(
        {
          'of /v1': api.tokens.access,
          'of a program': program.token,
          'a cookie’s': cookie.split('=')[1] ?? '',
          'a refresh token': mcp.tokens.refresh,
          'a code': mcp.tokens.code,
          'of another server': jwt,
        },
        (token) => askMcp(gateway, token),
      );
      expect(gateway.passed).toHaveLength(before);
      return answers;
    },
  },
  {
    id: 'N33',
    title: 'a token in an address',
    status: 400,
    code: 'token_in_query',
    also: 'its session has ended, here and at /mcp, and the log does not hold it',
    async run({ gateway }) {
      const [person, other] = [await signIn(gateway), await signIn(gateway)];
      const { cookie } = await signInBrowser(gateway, person.identity);
      const { tokens } = await connected(gateway);
      const logged = gateway.log.length;
      const answers = {
        alone: await send(gateway, 'GET', `/v1/me?access_token=${person.token}`),
        'beside another’s good session': await other.send('GET', `/v1/me?access_token=${'A'.repeat(43)}`),
      };
      expect(verdict(await person.send('GET', '/v1/me'))).toBe('401 session_revoked');
      expect(verdict(await send(gateway, 'GET', '/v1/me', { headers: { cookie } }))).toBe('200 ok');
      expect(verdict(await other.send('GET', '/v1/me'))).toBe('200 ok');
      const atMcp = await send(gateway, 'POST', `/mcp?access_token=${tokens.access}`);
      expect([atMcp.status, atMcp.body.error]).toEqual([400, 'token_in_query']);
      expect(verdictOf(await askMcp(gateway, tokens.access))).toBe('401 invalid_token');
      const log = gateway.log.slice(logged).join('');
      for (const secret of [person.token, tokens.access]) expect(log).not.toContain(secret);
      return answers;
    },
  },
  {
    id: 'N34',
    title: 'a tool that writes, called with memory:read alone',
    status: 403,
    code: 'insufficient_scope',
    wire: 'oauth',
    also: 'the challenge names all that is needed at once',
    async run({ gateway }) {
      const { tokens } = await connected(gateway);
      const scope = missingScopes([{ method: 'tools/call', tool: 'save_conversation' }], ['memory:read'])?.join(' ');
      expect(scope).toBe('memory:read memory:write');
      const engineSays = { error: 'insufficient_scope', error_description: 'More is needed.', scope };
      gateway.answer = () => Response.json(engineSays, { status: 403 });
      const answers = { save_conversation: await askMcp(gateway, tokens.access) };
      gateway.answer = emptyAnswer;
      expect(answers.save_conversation.headers.get('www-authenticate')).toBe(
        `Bearer error="insufficient_scope", scope="${scope}", ${metadataOf(gateway)}, error_description="More is needed."`,
      );
      return answers;
    },
  },
  {
    id: 'N35',
    title: 'an application that asks without a code challenge, or with a plain one',
    status: 302,
    code: 'invalid_request',
    wire: 'redirect',
    also: 'the redirect goes where it registered, with error, state and iss, and no code',
    async run({ counting }) {
      const changes: Record<string, Record<string, string | undefined>> = {
        plain: { code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' },
        without: { code_challenge: undefined, code_challenge_method: undefined },
        'without a method': { code_challenge_method: undefined },
      };
      const answers: Record<string, Refusal> = {};
      for (const method of ['none', 'client_secret_post']) {
        const application = await newApplication(counting, { token_endpoint_auth_method: method });
        for (const [name, change] of Object.entries(changes)) {
          const answer = await authorize(counting, application, { state: name, ...change });
          const { origin, pathname, searchParams } = new URL(answer.headers.get('location') ?? 'about:blank');
          expect(`${origin}${pathname}`).toBe(redirectUri);
          expect([searchParams.get('state'), searchParams.get('iss')]).toEqual([name, counting.url]);
          answers[`${name}, ${method}`] = answer;
        }
      }
      return answers;
    },
  },
  {
    id: 'N36',
    title: 'a redirect to another address than the one registered',
    status: 400,
    code: 'invalid_redirect_uri',
    wire: 'page',
    also: 'a page without scripts, and no redirect',
    async run({ counting }) {
      const application = await newApplication(counting);
      const uris = [
        'http://127.0.0.1.evil.example/callback',
        `${redirectUri}/more`,
        `${redirectUri}?more=1`,
        'http://localhost:43117/callback',
        'https://127.0.0.1:43117/callback',
        'http://user@127.0.0.1:43117/callback',
        'http://[::1]:43117/callback',
      ];
      return each(Object.fromEntries(uris.map((uri) => [uri, uri])), (redirect_uri) =>
        authorize(counting, application, { redirect_uri }),
      );
    },
  },
  {
    id: 'N37',
    title: 'an application whose id is an address on a private host, or of a document that names another',
    status: 400,
    code: 'invalid_client',
    wire: 'page',
    also: 'not a packet reaches the private sink; the same document under its own name is known',
    async run({ counting, host }) {
      const ask = (clientId: string) => authorize(counting, { clientId, secret: null, redirectUri });
      const documentOf = (client_id: string) => ({ client_id, client_name: 'Notes', redirect_uris: [redirectUri] });
      const good = host.serve(({ url }) => documentOf(url));
      expect((await ask(good.url)).headers.get('location')).toMatch(/^\/connect\//);
      const before = host.reached();
      const port = host.sinkPort;
      const answers = await each(
        {
          'this machine': `https://127.0.0.1:${port}/c.json`,
          'this machine by name': `https://localhost:${port}/c.json`,
          'this machine, IPv6': `https://[::1]:${port}/c.json`,
          'a name that leads here': host.atSink('private.example').url,
          'the metadata service': host.atSink('metadata.example').url,
          'a public and a private address': host.atSink('both.example').url,
          'a redirect to the sink': host.at('redirect').url,
          'too much': host.at('large').url,
          'an answer that never comes': host.at('stall').url,
          'a document of another': host.serve(() => documentOf(good.url)).url,
          'plain http': `http://127.0.0.1:${port}/c.json`,
        },
        ask,
      );
      expect(host.reached()).toBe(before);
      return answers;
    },
  },
  {
    id: 'N38',
    title: 'an authorization code used a second time',
    status: 400,
    code: 'invalid_grant',
    wire: 'oauth',
    also: 'what the first use opened is dead, also an hour later, and the owner reads why',
    async run({ gateway }) {
      const { application, tokens, cookie } = await connected(gateway);
      const trade = () => askToken(gateway, tradeParameters(application, tokens.attempt, tokens.code));
      expect((await askMcp(gateway, tokens.access)).status).toBe(200);
      const answers: Record<string, Refusal> = { again: await trade(), 'once more': await trade() };
      expect(verdictOf(await askMcp(gateway, tokens.access))).toBe('401 invalid_token');
      answers['its refresh token'] = await refresh(gateway, application, tokens.refresh);
      const { body } = await send(gateway, 'GET', '/v1/account/log', { headers: { cookie } });
      expect((body.items as object[])[0]).toMatchObject({ event: 'session.ended', meta: { reason: 'code_reused' } });

      const late = await connected(gateway);
      await later(gateway, 3_600_000, async () => {
        const renewed = await refresh(gateway, late.application, late.tokens.refresh);
        const parameters = tradeParameters(late.application, late.tokens.attempt, late.tokens.code);
        answers['an hour later'] = await askToken(gateway, parameters);
        expect((await askMcp(gateway, String(renewed.body.access_token))).status).toBe(401);
      });
      return answers;
    },
  },
  {
    id: 'N39',
    title: 'the local port under another name, or from a foreign page',
    status: 403,
    code: 'host_not_allowed',
    also: 'neither API nor page nor /mcp nor tokens are answered, and no page elsewhere may read',
    async run({ gateway }) {
      const { port } = new URL(gateway.url);
      const foreign = [
        'evil.example',
        `evil.example:${port}`,
        'localhost',
        'localhost:1',
        `localhost.evil.example:${port}`,
      ];
      const places = foreign.flatMap((host) =>
        ['/v1/health', '/', '/openapi.json', '/mcp'].map((path) => [host, path] as const),
      );
      const answers = await each(
        Object.fromEntries(places.map(([host, path]) => [`${host}${path}`, [host, path] as const])),
        ([host, path]) => underHost(gateway, host, path),
      );
      const elsewhere = { origin: 'https://evil.example' };
      answers['a foreign Origin'] = await send(gateway, 'GET', '/v1/health', { headers: elsewhere });
      // A browser adds cookies for another port of this machine too.
      const { cookie } = await signInBrowser(gateway);
      const json = { did: newIdentity().did, jkt: newSessionKey('Ed25519').jkt, purpose: 'login' };
      const headers = { ...elsewhere, cookie };
      answers['a foreign Origin with a cookie'] = await send(gateway, 'POST', '/v1/auth/challenge', { headers, json });
      for (const answer of Object.values(answers)) expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      const { tokens } = await connected(gateway);
      expect(verdictOf(await askMcp(gateway, tokens.access, elsewhere))).toBe('403 host_not_allowed');
      for (const brought of [elsewhere, headers])
        expect(verdictOf(await askToken(gateway, {}, brought))).toBe('403 host_not_allowed');
      for (const host of [`127.0.0.1:${port}`, `LOCALHOST:${port}`])
        expect((await underHost(gateway, host, '/v1/health')).status).toBe(200);
      return answers;
    },
  },
];
