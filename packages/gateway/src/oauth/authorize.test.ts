/** Letting an application in: what it reads first, what a person is asked, what comes back, and what is refused on the way. */
import { get, type IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import {
  answerQuestion,
  askMcp,
  askToken,
  authorizeUrl,
  begin,
  connectApplication,
  decide,
  letIn,
  newApplication,
  newAttempt,
  readQuestion,
  redirectUri,
  TestBrowser,
  tradeParameters,
  verdictOf,
} from '../../../../test/kit/applications.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { send, signInBrowser } from '../../../../test/kit/sign-in.ts';

describeOnMaster('letting an application in', (kind) => {
  const gateway = useGateway(kind);
  const person = async () => new TestBrowser([(await signInBrowser(gateway())).cookie]);
  const page = { headers: { accept: 'text/html' } };

  it('says what it can and what it wants', async () => {
    const { url } = gateway();
    const server = (await send(gateway(), 'GET', '/.well-known/oauth-authorization-server')).body;
    expect(server).toMatchObject({
      issuer: url,
      authorization_endpoint: `${url}/oauth/authorize`,
      token_endpoint: `${url}/oauth/token`,
      registration_endpoint: `${url}/oauth/register`,
      revocation_endpoint: `${url}/oauth/revoke`,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      client_id_metadata_document_supported: true,
      authorization_response_iss_parameter_supported: true,
      scopes_supported: [
        'memory:read',
        'memory:write',
        'share:read',
        'share:manage',
        'account:read',
        'proxy:use',
        'proxy:record',
      ],
    });
    expect(server.token_endpoint_auth_methods_supported).toEqual(
      expect.arrayContaining(['none', 'client_secret_post']),
    );
    for (const part of ['mcp', 'v1']) {
      const resource = await send(gateway(), 'GET', `/.well-known/oauth-protected-resource/${part}`);
      expect(resource.body).toMatchObject({ resource: `${url}/${part}`, authorization_servers: [url] });
      if (part === 'mcp') expect(resource.body.scopes_supported).toEqual(['memory:read', 'memory:write']);
    }
  });

  it('asks on the server’s own page, shows who asks and where the answer goes, and lets less be allowed', async () => {
    const application = await newApplication(gateway(), {
      client_name: 'Notes\u202e<b>',
      client_uri: 'https://notes.example',
    });
    const browser = await person();
    const attempt = newAttempt(gateway(), application, { scope: 'memory:read memory:write nonsense' });
    const uid = await begin(gateway(), browser, attempt);
    expect((await readQuestion(gateway(), browser, uid)).body).toEqual({
      uid,
      client: {
        id: application.clientId,
        name: 'Notes <b>',
        uri: 'https://notes.example',
        redirectHost: '127.0.0.1:43117',
        loopback: true,
      },
      scopes: ['memory:read', 'memory:write'],
      resource: `${gateway().url}/mcp`,
    });
    const callback = await decide(gateway(), browser, uid, { decision: 'allow', scopes: ['memory:read'] });
    expect(`${callback.origin}${callback.pathname}`).toBe(redirectUri);
    expect(Object.fromEntries(callback.searchParams)).toEqual({
      code: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      state: attempt.state,
      iss: gateway().url,
    });
    const code = callback.searchParams.get('code') ?? '';
    const { status, body } = await askToken(gateway(), tradeParameters(application, attempt, code));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'memory:read' });
    expect(Object.keys(body).sort()).toEqual(['access_token', 'expires_in', 'refresh_token', 'scope', 'token_type']);
    expect((await askMcp(gateway(), String(body.access_token))).status).toBe(200);
    expect(browser.names).toEqual(['__Host-sid', 'vivim-connect']);
  });

  it('sends back a no, and asks again each time', async () => {
    const application = await newApplication(gateway());
    const browser = await person();
    const attempt = newAttempt(gateway(), application);
    const refused = await letIn(gateway(), browser, attempt, { decision: 'deny' });
    expect(Object.fromEntries(refused.searchParams)).toMatchObject({
      error: 'access_denied',
      state: attempt.state,
      iss: gateway().url,
    });
    await connectApplication(gateway(), application, browser);
    await connectApplication(gateway(), application, browser);
    const silent = await browser.open(
      authorizeUrl(gateway(), newAttempt(gateway(), application, { prompt: 'none' })),
      page,
    );
    expect(silent.headers.get('location')).toContain('error=consent_required');
  });

  it('counts an answer only in the browser the question began in, once, and for what was asked', async () => {
    const application = await newApplication(gateway());
    const [attacker, victim] = [new TestBrowser(), await person()];
    const uid = await begin(gateway(), attacker, newAttempt(gateway(), application));
    expect((await readQuestion(gateway(), victim, uid)).status).toBe(404);
    expect((await answerQuestion(gateway(), victim, uid, { decision: 'allow' })).status).toBe(404);
    expect((await readQuestion(gateway(), attacker, uid)).status).toBe(401);
    const own = await begin(gateway(), victim, newAttempt(gateway(), application));
    const more = await answerQuestion(gateway(), victim, own, { decision: 'allow', scopes: ['memory:write'] });
    expect(more).toMatchObject({ status: 400, body: { code: 'request_invalid', field: 'scopes' } });
    const none = await answerQuestion(gateway(), victim, own, { decision: 'allow', scopes: [] });
    expect(none.status).toBe(400);
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => answerQuestion(gateway(), victim, own, { decision: 'allow' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
  });

  it.each(['http://127.0.0.1:9/callback', 'http://[::1]:9/callback', 'http://localhost:9/callback'])(
    '%s may be on another port, like every program’s',
    async (uri) => {
      const application = await newApplication(gateway(), { redirect_uris: [uri] });
      const moved = uri.replace(':9/', ':51999/');
      const callback = await letIn(
        gateway(),
        await person(),
        newAttempt(gateway(), application, { redirect_uri: moved }),
      );
      expect(callback.href.startsWith(moved)).toBe(true);
      const other = newAttempt(gateway(), { ...application, redirectUri: 'https://notes.example/callback' });
      expect((await new TestBrowser().open(authorizeUrl(gateway(), other), page)).status).toBe(400);
    },
  );

  it('an https address has no other port, and no answer is a page of somebody else’s', async () => {
    const application = await newApplication(gateway(), { redirect_uris: ['https://notes.example/callback'] });
    for (const change of [{ redirect_uri: 'https://notes.example:444/callback' }, { response_mode: 'form_post' }]) {
      const answer = await new TestBrowser().open(
        authorizeUrl(gateway(), newAttempt(gateway(), application, change)),
        page,
      );
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain('<form');
    }
  });

  it('wants one resource of this server, and a scope that exists', async () => {
    const application = await newApplication(gateway());
    const errorOf = async (change: Record<string, string | undefined>) => {
      const answer = await new TestBrowser().open(
        authorizeUrl(gateway(), newAttempt(gateway(), application, change)),
        page,
      );
      return new URL(answer.headers.get('location') ?? 'about:blank').searchParams.get('error');
    };
    expect(await errorOf({ resource: undefined })).toBe('invalid_target');
    expect(await errorOf({ resource: 'https://elsewhere.example/mcp' })).toBe('invalid_target');
    expect(await errorOf({ resource: `${gateway().url}/mcp/` })).toBe('invalid_target');
    expect(await errorOf({ scope: 'account:manage' })).toBe('invalid_scope');
    expect(await errorOf({ scope: 'openid' })).toBe('invalid_scope');
    const both = new URL(authorizeUrl(gateway(), newAttempt(gateway(), application)));
    both.searchParams.append('resource', `${gateway().url}/v1`);
    const answer = await new TestBrowser().open(both.href, page);
    expect(answer.headers.get('location')).toContain('error=invalid_target');
  });

  it('asks for reading where a client names no scope', async () => {
    const application = await newApplication(gateway());
    const browser = await person();
    const uid = await begin(gateway(), browser, newAttempt(gateway(), application, { scope: undefined }));
    expect((await readQuestion(gateway(), browser, uid)).body).toMatchObject({ scopes: ['memory:read'] });
  });

  it('brings a browser that came under another name of the server to its own', async () => {
    const application = await newApplication(gateway());
    const url = new URL(authorizeUrl(gateway(), newAttempt(gateway(), application)));
    url.hostname = '127.0.0.1';
    const answer = await new TestBrowser().open(url.href, page);
    expect([answer.status, answer.headers.get('location')?.startsWith(`${gateway().url}/oauth/authorize?`)]).toEqual([
      302,
      true,
    ]);
  });

  it('knows no client but those who registered, and no path but its own', async () => {
    const stranger = { clientId: 'nobody', secret: null, redirectUri };
    const answer = await new TestBrowser().open(authorizeUrl(gateway(), newAttempt(gateway(), stranger)), page);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('<code>invalid_client</code>');
    const plain = await new TestBrowser().open(authorizeUrl(gateway(), newAttempt(gateway(), stranger)), {
      headers: { accept: 'application/json' },
    });
    expect(verdictOf(plain)).toBe('400 invalid_client');
    for (const path of [
      '/oauth/me',
      '/oauth/jwks',
      '/.well-known/openid-configuration',
      '/session/end',
      '/auth',
      '/request',
    ]) {
      const response = await fetch(`${gateway().url}${path}`, { headers: { accept: 'application/json' } });
      expect([path, response.status]).toEqual([path, 404]);
    }
    expect((await fetch(`${gateway().url}/oauth/token`)).status).toBe(405);
  });

  it('keeps nothing in master that opens anything', async () => {
    const application = await newApplication(gateway(), { token_endpoint_auth_method: 'client_secret_post' });
    const browser = await person();
    const attempt = newAttempt(gateway(), application);
    const uid = await begin(gateway(), browser, attempt);
    const callback = await decide(gateway(), browser, uid, { decision: 'allow' });
    const code = callback.searchParams.get('code') ?? '';
    const { body } = await askToken(gateway(), tradeParameters(application, attempt, code));
    const { db } = gateway().master;
    const rows = JSON.stringify([
      await db.selectFrom('oauth_payloads').selectAll().execute(),
      await db.selectFrom('sessions').selectAll().execute(),
      await db.selectFrom('tokens').selectAll().execute(),
      gateway().log,
    ]);
    for (const secret of [uid, code, application.secret, body.access_token, body.refresh_token, attempt.verifier])
      expect(rows).not.toContain(secret);
  });
});

describeOnMaster('a server behind a proxy that speaks https', (kind) => {
  const origin = 'https://vivim.example';
  const gateway = useGateway(kind, { origin });

  it('is https in all it says, whatever a client says of it', async () => {
    const application = await newApplication(gateway());
    const attempt = newAttempt({ url: origin }, application);
    const ask = (change: Record<string, string> = {}) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const asked = { ...attempt, parameters: { ...attempt.parameters, ...change } };
        const headers = { host: 'vivim.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
        get(authorizeUrl(gateway(), asked), { headers }, resolve).on('error', reject);
      });
    const { headers } = await ask();
    expect(headers.location).toMatch(/^\/connect\//);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    const cookies = headers['set-cookie'] ?? [];
    expect(cookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual(['vivim-connect', 'vivim-oauth-resume']);
    for (const cookie of cookies) expect(cookie).toMatch(/; secure; httponly/i);
    expect((await ask({ scope: 'x' })).headers.location).toContain(`iss=${encodeURIComponent(origin)}`);
  });
});
