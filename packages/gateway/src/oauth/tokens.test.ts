/** Tokens of applications: traded once, renewed in turn, for one part of the server, and gone when their consent is. */
import { expect, it } from 'vitest';
import {
  askMcp,
  askToken,
  connectApplication,
  letIn,
  newApplication,
  newAttempt,
  refresh,
  TestBrowser,
  tradeParameters,
  verdictOf,
} from '../../../../test/kit/applications.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { makeProof, newSessionKey } from '../../../../test/kit/proofs.ts';
import { type Browser, ownPage, send, signInBrowser, verdict } from '../../../../test/kit/sign-in.ts';

describeOnMaster('tokens of applications', (kind) => {
  const gateway = useGateway(kind);
  const newPerson = async () => {
    const signedIn = await signInBrowser(gateway());
    return { signedIn, browser: new TestBrowser([signedIn.cookie]) };
  };
  const connected = async (change: Record<string, string | undefined> = {}) => {
    const application = await newApplication(gateway());
    const { signedIn, browser } = await newPerson();
    return {
      application,
      browser,
      signedIn,
      tokens: await connectApplication(gateway(), application, browser, change),
    };
  };
  const own = ({ cookie }: Browser, method: string, path: string) =>
    send(gateway(), method, path, { headers: { ...ownPage(gateway()), cookie } });
  const sessionsOf = async (browser: Browser) =>
    ((await own(browser, 'GET', '/v1/sessions')).body.items as Record<string, unknown>[]).filter(
      (session) => session.kind === 'oauth',
    );
  const later = async (ms: number, work: () => Promise<void>) => {
    gateway().clockOffsetMs += ms;
    try {
      await work();
    } finally {
      gateway().clockOffsetMs -= ms;
    }
  };

  it('open one person’s memory, with what was allowed, under a session of their list', async () => {
    const [alice, bob] = [await connected(), await connected({ scope: 'memory:read memory:write' })];
    const [one] = await sessionsOf(alice.signedIn);
    expect(one).toMatchObject({ clientName: 'Notes', clientId: alice.application.clientId, scopes: ['memory:read'] });
    gateway().passed.length = 0;
    await askMcp(gateway(), bob.tokens.access);
    await askMcp(gateway(), alice.tokens.access);
    const [first, second] = gateway().passed;
    expect(first?.path).toBe('/mcp');
    expect(first?.headers).not.toHaveProperty('authorization');
    expect(first?.userId).not.toBe(second?.userId);
    expect(await sessionsOf(bob.signedIn)).toHaveLength(1);
  });

  it('are taken by POST alone', async () => {
    for (const method of ['GET', 'DELETE']) {
      const refused = await fetch(`${gateway().url}/mcp`, { method });
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it('for one part of the server are not renewed for another, and there open what was allowed', async () => {
    const api = await connected({ resource: `${gateway().url}/v1` });
    const headers = { authorization: `Bearer ${api.tokens.access}` };
    expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers }))).toBe('403 insufficient_scope');
    const other = await refresh(gateway(), api.application, api.tokens.refresh, { resource: `${gateway().url}/mcp` });
    expect(verdictOf(other)).toBe('400 invalid_target');
  });

  it('N42: nobody is named beside the token', async () => {
    const { tokens } = await connected();
    const answer = await askMcp(gateway(), tokens.access, { 'x-user-id': 'did:key:z6Mk' });
    expect(verdictOf(answer)).toBe('400 user_id_not_allowed');
  });

  it('gives tokens to none or one of those who trade the same code at once', async () => {
    const application = await newApplication(gateway());
    const { browser } = await newPerson();
    const attempt = newAttempt(gateway(), application);
    const code = (await letIn(gateway(), browser, attempt)).searchParams.get('code') ?? '';
    const trades = await Promise.all(
      Array.from({ length: 6 }, () => askToken(gateway(), tradeParameters(application, attempt, code))),
    );
    const winners = trades.filter(({ status }) => status === 200);
    expect(winners.length).toBeLessThanOrEqual(1);
    for (const { body } of winners) expect((await askMcp(gateway(), String(body.access_token))).status).toBe(401);
  });

  it('wants the verifier, the redirect and the client the code was made for, within a minute', async () => {
    const [mine, yours] = [await newApplication(gateway()), await newApplication(gateway())];
    const { browser } = await newPerson();
    const trade = async (change: Record<string, string>, waitMs = 0) => {
      const attempt = newAttempt(gateway(), mine);
      const code = (await letIn(gateway(), browser, attempt)).searchParams.get('code') ?? '';
      let answer = '';
      await later(waitMs, async () => {
        answer = verdictOf(await askToken(gateway(), { ...tradeParameters(mine, attempt, code), ...change }));
      });
      return answer;
    };
    expect(await trade({ code_verifier: 'y'.repeat(43) })).toBe('400 invalid_grant');
    expect(await trade({ redirect_uri: 'http://127.0.0.1:1/callback' })).toBe('400 invalid_grant');
    expect(await trade({ client_id: yours.clientId })).toBe('400 invalid_grant');
    expect(await trade({ resource: `${gateway().url}/v1` })).toBe('400 invalid_target');
    expect(await trade({}, 61_000)).toBe('400 invalid_grant');
    expect(await trade({})).toBe('200 ok');
  });

  it('renews in turn for a month without use and a quarter at most', async () => {
    const day = 86_400_000;
    const { application, tokens } = await connected();
    let token = tokens.refresh;
    const step = (days: number) =>
      later(days * day, async () => {
        const { body } = await refresh(gateway(), application, token);
        token = String(body.refresh_token ?? token);
      });
    await step(29);
    await step(57);
    await step(85);
    await later(91 * day, async () => {
      expect(verdictOf(await refresh(gateway(), application, token))).toBe('400 invalid_grant');
    });
    const idle = await connected();
    await later(31 * day, async () => {
      expect(verdictOf(await refresh(gateway(), idle.application, idle.tokens.refresh))).toBe('400 invalid_grant');
    });
  });

  it('an access token lives ten minutes, may have less than its session and never more', async () => {
    const { application, tokens } = await connected({ scope: 'memory:read memory:write' });
    const less = await refresh(gateway(), application, tokens.refresh, { scope: 'memory:read' });
    expect(less.body).toMatchObject({ scope: 'memory:read', expires_in: 600 });
    const more = await refresh(gateway(), application, tokens.refresh, { scope: 'memory:read share:read' });
    expect(verdictOf(more)).toBe('400 invalid_scope');
    const whole = await refresh(gateway(), application, String(less.body.refresh_token));
    expect(whole.body).toMatchObject({ scope: 'memory:read memory:write' });
    await later(601_000, async () => {
      expect((await askMcp(gateway(), String(whole.body.access_token))).status).toBe(401);
    });
  });

  it('the owner ends them from the list of sessions, the application by giving them back', async () => {
    const [ended, given] = [await connected(), await connected()];
    const [session] = await sessionsOf(ended.signedIn);
    expect((await own(ended.signedIn, 'DELETE', `/v1/sessions/${session?.id}`)).status).toBe(204);
    expect(verdictOf(await askMcp(gateway(), ended.tokens.access))).toBe('401 invalid_token');
    expect(verdictOf(await refresh(gateway(), ended.application, ended.tokens.refresh))).toBe('400 invalid_grant');

    const revoke = (token: string, clientId: string) =>
      fetch(`${gateway().url}/oauth/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ token, client_id: clientId }),
      });
    expect((await revoke(given.tokens.refresh, ended.application.clientId)).status).toBe(200);
    expect((await askMcp(gateway(), given.tokens.access)).status).toBe(200);
    expect((await revoke(given.tokens.refresh, given.application.clientId)).status).toBe(200);
    expect((await askMcp(gateway(), given.tokens.access)).status).toBe(401);
    expect(await sessionsOf(given.signedIn)).toEqual([]);
    const log = (await own(given.signedIn, 'GET', '/v1/account/log')).body.items as object[];
    expect(log[0]).toMatchObject({ event: 'session.ended', meta: { reason: 'app_revoked' } });
  });

  it('ten consents of a person to one application are open; the one unused for longest goes first', async () => {
    const { application, browser, signedIn, tokens } = await connected();
    const more: string[] = [];
    for (let n = 0; n < 10; n += 1) more.push((await connectApplication(gateway(), application, browser)).access);
    expect(await sessionsOf(signedIn)).toHaveLength(10);
    expect((await askMcp(gateway(), tokens.access)).status).toBe(401);
    expect((await askMcp(gateway(), String(more.at(-1)))).status).toBe(200);
  });

  it('what they hold open ends with their session', async () => {
    const { signedIn, tokens } = await connected();
    const endless = () => new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from(': open\n\n')) });
    gateway().answer = () => new Response(endless(), { headers: { 'content-type': 'text/event-stream' } });
    const headers = { authorization: `Bearer ${tokens.access}`, 'content-type': 'application/json' };
    const answer = await fetch(`${gateway().url}/mcp`, { method: 'POST', headers, body: '{}' });
    gateway().answer = () => Response.json({});
    const reader = answer.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe(': open\n\n');
    const [session] = await sessionsOf(signedIn);
    await own(signedIn, 'DELETE', `/v1/sessions/${session?.id}`);
    await expect(reader?.read()).rejects.toThrow();
  });

  it('bound to a key by a client that proves one, they open nothing without it', async () => {
    const application = await newApplication(gateway());
    const { browser } = await newPerson();
    const key = newSessionKey();
    const attempt = newAttempt(gateway(), application);
    const code = (await letIn(gateway(), browser, attempt)).searchParams.get('code') ?? '';
    const prove = (path: string, accessToken?: string, of = key) =>
      makeProof(of, {
        method: 'POST',
        url: `${gateway().url}${path}`,
        nowMs: gateway().now(),
        ...(accessToken === undefined ? {} : { accessToken }),
      });
    const proof = prove('/oauth/token');
    const { body } = await askToken(gateway(), tradeParameters(application, attempt, code), { dpop: proof });
    expect(body).toMatchObject({ token_type: 'DPoP' });
    const token = String(body.access_token);
    const bare = await askMcp(gateway(), token);
    expect(bare.headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_token"/);
    expect(bare.status).toBe(401);
    const bound = (of = key) =>
      askMcp(gateway(), null, { authorization: `DPoP ${token}`, dpop: prove('/mcp', token, of) });
    expect((await bound()).status).toBe(200);
    expect(verdictOf(await bound(newSessionKey()))).toBe('401 invalid_dpop_proof');
    const stolen = await refresh(gateway(), application, String(body.refresh_token));
    expect(stolen.status).toBe(400);
    const replayed = await askToken(
      gateway(),
      { grant_type: 'refresh_token', client_id: application.clientId, refresh_token: String(body.refresh_token) },
      { dpop: proof },
    );
    expect(replayed.status).toBe(400);
  });
});
