/** New tokens for old ones, over real HTTP: each refresh token is traded once, with half a minute for answers lost on the way. */
import { afterEach, expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { makeProof, newSessionKey } from '../../../../test/kit/proofs.ts';
import { ownPage, refresh, type SignedIn, send, signIn, signInBrowser, verdict } from '../../../../test/kit/sign-in.ts';

const day = 86_400_000;

describeOnMaster('refreshing', (kind) => {
  const gateway = useGateway(kind);
  afterEach(() => {
    gateway().clockOffsetMs = 0;
  });
  const me = async ({ key }: SignedIn, token: unknown) => {
    const accessToken = String(token);
    const dpop = makeProof(key, { method: 'GET', url: `${gateway().url}/v1/me`, nowMs: gateway().now(), accessToken });
    const headers = { authorization: `DPoP ${accessToken}`, dpop };
    return verdict(await send(gateway(), 'GET', '/v1/me', { headers }));
  };
  const trade = (person: SignedIn, token: unknown = person.refreshToken) =>
    refresh(gateway(), person.key, String(token));

  it('gives new tokens for the same session, again and again', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    let token: unknown = alice.refreshToken;
    for (let times = 1; times <= 5; times += 1) {
      gateway().clockOffsetMs += 11 * 60_000;
      expect(await me(alice, alice.token)).toBe('401 session_expired');
      const { body, status } = await trade(alice, token);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        user_id: alice.userId,
        session_id: alice.sessionId,
        token_type: 'DPoP',
        expires_in: 600,
      });
      expect(body.refresh_token).not.toBe(token);
      expect(await me(alice, body.access_token)).toBe('200 ok');
      token = body.refresh_token;
    }
    expect((await trade(bob)).body).toMatchObject({ user_id: bob.userId });
  });

  it('N26 lets eight at once through, each with tokens that work', async () => {
    const alice = await signIn(gateway());
    const answers = await Promise.all(Array.from({ length: 8 }, () => trade(alice)));
    expect(answers.map(verdict)).toEqual(Array<string>(8).fill('200 ok'));
    for (const { body } of answers) expect(await me(alice, body.access_token)).toBe('200 ok');
    for (const { body } of answers) expect(verdict(await trade(alice, body.refresh_token))).toBe('200 ok');
    gateway().clockOffsetMs = 29_000;
    expect(verdict(await trade(alice))).toBe('200 ok');
  });

  it('N26 ends the session when a token comes back after that, with all that came of it, and no other', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const elsewhere = await signIn(gateway(), alice.identity);
    const { body } = await trade(alice);
    const next = await trade(alice, body.refresh_token);
    gateway().clockOffsetMs = 31_000;
    expect(verdict(await trade(alice))).toBe('400 invalid_grant');
    for (const token of [alice.token, body.access_token, next.body.access_token])
      expect(await me(alice, token)).toBe('401 session_revoked');
    for (const token of [body.refresh_token, next.body.refresh_token])
      expect(verdict(await trade(alice, token))).toBe('400 invalid_grant');
    expect(await me(elsewhere, elsewhere.token)).toBe('200 ok');
    expect(await me(bob, bob.token)).toBe('200 ok');
    const { items } = (await elsewhere.send('GET', '/v1/account/log')).body as {
      items: { event: string; ref: string }[];
    };
    const noted = items.filter(({ event }) => event === 'session.refresh_reused');
    expect(noted.map(({ ref }) => ref)).toEqual([alice.sessionId]);
  });

  it('takes the proof of the session’s own key, once', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const url = `${gateway().url}/v1/auth/refresh`;
    expect(verdict(await refresh(gateway(), bob.key, alice.refreshToken))).toBe('400 invalid_grant');
    expect(verdict(await refresh(gateway(), newSessionKey(), alice.refreshToken))).toBe('400 invalid_grant');
    const json = { refresh_token: alice.refreshToken };
    expect(verdict(await send(gateway(), 'POST', '/v1/auth/refresh', { json }))).toBe('401 dpop_required');
    expect(verdict(await send(gateway(), 'POST', '/v1/auth/refresh', { json, headers: ownPage(gateway()) }))).toBe(
      '401 dpop_required',
    );
    const proof = makeProof(alice.key, { method: 'POST', url, nowMs: gateway().now() });
    expect(verdict(await refresh(gateway(), alice.key, alice.refreshToken, proof))).toBe('200 ok');
    expect(verdict(await refresh(gateway(), alice.key, alice.refreshToken, proof))).toBe('401 dpop_replay');
    const old = makeProof(alice.key, { method: 'POST', url, nowMs: gateway().now() - 70_000 });
    expect(verdict(await refresh(gateway(), alice.key, alice.refreshToken, old))).toBe('401 dpop_invalid');
    // None of that was a theft.
    expect(verdict(await trade(alice))).toBe('200 ok');
  });

  it('takes refresh tokens, and nothing else that opens something', async () => {
    const alice = await signIn(gateway());
    const { cookie } = await signInBrowser(gateway(), alice.identity);
    for (const token of [alice.token, cookie.split('=')[1], 'A'.repeat(43), ''])
      expect(verdict(await trade(alice, token))).toBe('400 invalid_grant');
    expect(await me(alice, alice.refreshToken)).toBe('401 token_invalid');
  });

  it('ends with its session, in whichever way that ends', async () => {
    const [alice, idle, long] = [await signIn(gateway()), await signIn(gateway()), await signIn(gateway())];
    await alice.send('DELETE', '/v1/sessions/current');
    expect(verdict(await trade(alice))).toBe('400 invalid_grant');
    gateway().clockOffsetMs = 30 * day + 60_000;
    expect(verdict(await trade(idle))).toBe('400 invalid_grant');
    let token: unknown = long.refreshToken;
    for (const at of [29, 58, 87]) {
      gateway().clockOffsetMs = at * day;
      const { body } = await trade(long, token);
      token = body.refresh_token;
    }
    gateway().clockOffsetMs = 90 * day + 60_000;
    expect(verdict(await trade(long, token))).toBe('400 invalid_grant');
  });
});
