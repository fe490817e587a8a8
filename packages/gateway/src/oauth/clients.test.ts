import { expect, it } from 'vitest';
import {
  askToken,
  authorizeUrl,
  begin,
  connectApplication,
  newApplication,
  newAttempt,
  readQuestion,
  redirectUri,
  refresh,
  register,
  TestBrowser,
  verdictOf,
} from '../../../../test/kit/applications.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { signInBrowser } from '../../../../test/kit/sign-in.ts';
import type { GuardedFetch } from '../auth/did/guarded-fetch.ts';

const page = { headers: { accept: 'text/html' } };
const day = 86_400_000;

describeOnMaster('applications that register', (kind) => {
  const gateway = useGateway(kind);
  const known = async (clientId: string) => {
    const attempt = newAttempt(gateway(), { clientId, secret: null, redirectUri });
    return (await new TestBrowser().open(authorizeUrl(gateway(), attempt), page)).status === 302;
  };

  it('get a name to ask under, and a secret only if they want one', async () => {
    const open = await register(gateway(), {
      scope: 'openid everything',
      logo_uri: 'x',
      grant_types: ['authorization_code'],
    });
    expect(open).toMatchObject({
      status: 201,
      body: { token_endpoint_auth_method: 'none', redirect_uris: [redirectUri] },
    });
    expect(open.body).not.toHaveProperty('client_secret');
    expect(open.body).not.toHaveProperty('scope');
    expect(open.headers.get('cache-control')).toContain('no-store');
    const application = await newApplication(gateway(), { token_endpoint_auth_method: 'client_secret_post' });
    const browser = new TestBrowser([(await signInBrowser(gateway())).cookie]);
    const tokens = await connectApplication(gateway(), application, browser);
    for (const client_secret of ['', 'x'.repeat(43)])
      expect(verdictOf(await refresh(gateway(), application, tokens.refresh, { client_secret }))).toBe(
        '401 invalid_client',
      );
    expect((await refresh(gateway(), application, tokens.refresh)).status).toBe(200);
    const basic = await newApplication(gateway(), { token_endpoint_auth_method: 'client_secret_basic' });
    const authorization = `Basic ${Buffer.from(`${basic.clientId}:${basic.secret}`).toString('base64')}`;
    const grant = { grant_type: 'refresh_token', refresh_token: 'x' };
    expect(verdictOf(await askToken(gateway(), grant, { authorization }))).toBe('400 invalid_grant');
    expect((await fetch(`${gateway().url}/oauth/register/${application.clientId}`)).status).toBe(404);
  });

  it.each([
    ['no address', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['plain http elsewhere', { redirect_uris: ['http://notes.example/cb'] }, 'invalid_redirect_uri'],
    ['a script', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    ['a fragment', { redirect_uris: ['https://notes.example/cb#x'] }, 'invalid_redirect_uri'],
    ['a user name', { redirect_uris: ['https://you@notes.example/cb'] }, 'invalid_redirect_uri'],
    ['one bad among good', { redirect_uris: [redirectUri, 'http://10.0.0.1/cb'] }, 'invalid_redirect_uri'],
    ['keys', { token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata'],
    ['no code', { grant_types: ['client_credentials'] }, 'invalid_client_metadata'],
    ['tokens in the address', { response_types: ['token'] }, 'invalid_client_metadata'],
  ])('with %s are refused', async (_, metadata, error) => {
    expect(verdictOf(await register(gateway(), metadata))).toBe(`400 ${error}`);
  });

  it('a body that is no JSON, and one too large', async () => {
    const post = (body: string, type = 'application/json') =>
      fetch(`${gateway().url}/oauth/register`, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await post('{')).status).toBe(400);
    expect((await post('a=b', 'application/x-www-form-urlencoded')).status).toBe(400);
    const large = await post(JSON.stringify({ client_name: 'x'.repeat(40_000) }));
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('are forgotten after a day, unless somebody let them in', async () => {
    const [unused, used] = [await newApplication(gateway()), await newApplication(gateway())];
    await connectApplication(gateway(), used, new TestBrowser([(await signInBrowser(gateway())).cookie]));
    expect(await known(unused.clientId)).toBe(true);
    gateway().clockOffsetMs += day + 1_000;
    expect([await known(unused.clientId), await known(used.clientId)]).toEqual([false, true]);
    gateway().clockOffsetMs -= day + 1_000;
  });
});

describeOnMaster('applications that register without end', (kind) => {
  const gateway = useGateway(kind, { applicationsPerHour: 20, trustedProxies: ['127.0.0.0/8'] });

  it('are told to wait, one network apart from another', async () => {
    const from = (address: string) =>
      fetch(`${gateway().url}/oauth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ redirect_uris: [redirectUri] }),
      });
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await from('192.0.2.7')).status));
    expect(new Set(statuses)).toEqual(new Set([201]));
    const refused = await from('192.0.2.9');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect(await refused.json()).toMatchObject({ error: 'rate_limited' });
    expect((await from('198.51.100.1')).status).toBe(201);
  });
});

const documentUrl = 'https://notes.example/oauth/client.json';
const described = {
  client_id: documentUrl,
  client_name: 'Notes of the web',
  client_uri: 'https://notes.example',
  redirect_uris: ['http://127.0.0.1/callback', 'https://notes.example/callback'],
  scope: 'unheard-of',
};

describeOnMaster('applications described by a page of their own', (kind) => {
  const fetched: string[] = [];
  let answer: GuardedFetch = async () => Response.json(described);
  const gateway = useGateway(kind, {
    fetch: async (url, init) => {
      fetched.push(String(url));
      expect(init).not.toHaveProperty('dispatcher');
      expect(init?.redirect).toBe('manual');
      return answer(url, init);
    },
  });
  const client = (clientId: string, uri = 'http://127.0.0.1:43117/callback') => ({
    clientId,
    secret: null,
    redirectUri: uri,
  });
  const open = (clientId: string, uri?: string) =>
    new TestBrowser().open(authorizeUrl(gateway(), newAttempt(gateway(), client(clientId, uri))), page);

  it('are let in like others, on any port of the person’s machine, and get no trust by it', async () => {
    answer = async () => Response.json(described);
    const browser = new TestBrowser([(await signInBrowser(gateway())).cookie]);
    const application = client(documentUrl);
    const uid = await begin(gateway(), browser, newAttempt(gateway(), application));
    expect((await readQuestion(gateway(), browser, uid)).body).toMatchObject({
      client: { id: documentUrl, name: 'Notes of the web', redirectHost: '127.0.0.1:43117', loopback: true },
    });
    const tokens = await connectApplication(gateway(), application, browser, { scope: 'memory:read memory:write' });
    expect(tokens.scope).toBe('memory:read memory:write');
    expect((await refresh(gateway(), application, tokens.refresh)).status).toBe(200);
    expect(fetched).toEqual([documentUrl]);
    expect((await open(documentUrl, 'https://notes.example/callback/x')).status).toBe(400);
  });

  let counter = 0;
  const fresh = () => {
    counter += 1;
    return `https://notes.example/${kind.name.length}/${counter}.json`;
  };
  it.each<[string, (url: string) => Response]>([
    ['is no JSON', () => new Response('<html>')],
    ['is a list', () => Response.json([1])],
    ['is missing', () => new Response('', { status: 404 })],
    ['leads elsewhere', () => new Response('', { status: 302, headers: { location: 'https://evil.example/' } })],
    ['is too large', (url) => Response.json({ ...described, client_id: url, client_name: 'x'.repeat(20_000) })],
    ['holds a secret', (url) => Response.json({ ...described, client_id: url, client_secret: 'x' })],
    [
      'wants answers over plain http',
      (url) =>
        Response.json({
          ...described,
          client_id: url,
          application_type: 'web',
          redirect_uris: ['http://notes.example/cb'],
        }),
    ],
    ['wants a script run', (url) => Response.json({ ...described, client_id: url, redirect_uris: ['javascript:x'] })],
  ])('whose page %s are not known', async (_, give) => {
    const url = fresh();
    answer = async () => give(url);
    const refused = await open(url);
    expect(refused.status).toBe(400);
    expect(refused.headers.get('location')).toBeNull();
    expect(refused.text).toContain('<code>invalid_client</code>');
    const asked = await askToken(gateway(), { grant_type: 'refresh_token', refresh_token: 'x', client_id: url });
    expect([400, 401]).toContain(asked.status);
  });

  it.each([
    'http://notes.example/c.json',
    'https://u:p@notes.example/c.json',
    'https://notes.example/c.json#x',
    'https://notes.example/../c',
  ])('%s is no address of one', async (url) => {
    const before = fetched.length;
    const refused = await open(url);
    expect([refused.status, fetched.length]).toEqual([400, before]);
    expect(refused.text).toContain('<code>invalid_client</code>');
  });
});

describeOnMaster('pages of applications', (kind) => {
  const gateway = useGateway(kind, {
    fetch: async (url) => Response.json({ client_id: String(url), redirect_uris: [redirectUri] }),
  });

  it('are fetched sixty times an hour for one network', async () => {
    const ask = (n: number) => {
      const attempt = newAttempt(gateway(), { clientId: `https://many.example/${n}`, secret: null, redirectUri });
      return new TestBrowser().open(authorizeUrl(gateway(), attempt), page);
    };
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => ask(n)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([302]));
    expect((await ask(0)).status).toBe(302);
    expect((await ask(61)).text).toContain('<code>invalid_client</code>');
  });
});
