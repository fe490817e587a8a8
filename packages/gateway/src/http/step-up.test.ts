/** Fresh signatures over real HTTP: what needs one, what gives one, and for which session. */
import { afterEach, expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { type IdentityKey, newIdentity } from '../../../../test/kit/proofs.ts';
import {
  ownPage,
  type SignedIn,
  send,
  signedAttempt,
  signIn,
  signInBrowser,
  verdict,
} from '../../../../test/kit/sign-in.ts';

const minute = 60_000;

describeOnMaster('a fresh signature', (kind) => {
  const gateway = useGateway(kind);
  afterEach(() => {
    gateway().clockOffsetMs = 0;
  });
  const needing = async (person: SignedIn) =>
    verdict(await person.send('POST', '/v1/tokens', { json: { scopes: ['memory:read'], days: 1 } }));
  const stale = () => {
    gateway().clockOffsetMs += 5 * minute + 1_000;
  };
  /** Signs a challenge that names the session's key, and hands it in with the session. */
  const freshen = async (person: SignedIn, by: IdentityKey = person.identity, jkt = person.key.jkt) =>
    person.send('POST', '/v1/auth/verify', { json: await signedAttempt(gateway(), by, 'stepup', jkt) });

  it('is asked for five minutes after the last one, and given by a challenge', async () => {
    const alice = await signIn(gateway());
    gateway().clockOffsetMs = 5 * minute - 5_000;
    expect(await needing(alice)).toBe('201 ok');
    stale();
    expect(await needing(alice)).toBe('401 stepup_required');
    const { status, body } = await freshen(alice);
    expect(status).toBe(200);
    expect(body).toMatchObject({ session_id: alice.sessionId, user_id: alice.userId, token_type: 'DPoP' });
    expect(body.access_token).toBeUndefined();
    expect(await needing(alice)).toBe('201 ok');
    const { session } = (await alice.send('GET', '/v1/me')).body as { session: { authenticatedAt: string } };
    expect(Date.parse(session.authenticatedAt)).toBeGreaterThan(gateway().now() - minute);
  });

  it('of one session is of no other', async () => {
    const alice = await signIn(gateway());
    const elsewhere = await signIn(gateway(), alice.identity);
    stale();
    expect(verdict(await freshen(alice, alice.identity, elsewhere.key.jkt))).toBe('401 dpop_key_mismatch');
    expect((await freshen(elsewhere)).status).toBe(200);
    expect(await needing(alice)).toBe('401 stepup_required');
    expect(await needing(elsewhere)).toBe('201 ok');
  });

  it('is of a key of the same person', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    stale();
    expect(verdict(await freshen(alice, bob.identity))).toBe('401 key_not_authorized');
    expect(verdict(await freshen(alice, newIdentity()))).toBe('401 key_not_authorized');
    const attempt = await signedAttempt(gateway(), alice.identity, 'stepup', alice.key.jkt, (text) => `${text} `);
    expect(verdict(await alice.send('POST', '/v1/auth/verify', { json: attempt }))).toBe('401 signature_invalid');
    expect(verdict(await alice.send('POST', '/v1/auth/verify', { json: attempt }))).toBe('401 challenge_unknown');
    expect(await needing(alice)).toBe('401 stepup_required');
  });

  it('is not given by a challenge for something else, nor opens a session itself', async () => {
    const alice = await signIn(gateway());
    stale();
    for (const purpose of ['device', 'recovery'] as const) {
      const attempt = await signedAttempt(gateway(), alice.identity, purpose, alice.key.jkt);
      const answer = await alice.send('POST', '/v1/auth/verify', { json: attempt });
      expect(answer.status).toBe(401);
    }
    const attempt = await signedAttempt(gateway(), alice.identity, 'stepup', alice.key.jkt);
    const guest = await send(gateway(), 'POST', '/v1/auth/verify', { json: attempt, headers: ownPage(gateway()) });
    expect(verdict(guest)).toBe('401 auth_required');
    expect(await needing(alice)).toBe('401 stepup_required');
  });

  it('freshens a page’s session by the key that is behind it, from a page of this server', async () => {
    const [browser, foreign] = [await signInBrowser(gateway()), await signInBrowser(gateway())];
    const headers = { cookie: browser.cookie, ...ownPage(gateway()) };
    const ask = async () =>
      verdict(await send(gateway(), 'POST', '/v1/tokens', { json: { scopes: ['memory:read'], days: 1 }, headers }));
    const verify = (json: object, with_: Record<string, string> = headers) =>
      send(gateway(), 'POST', '/v1/auth/verify', { json, headers: with_ });
    stale();
    expect(await ask()).toBe('401 stepup_required');
    const { identity } = browser;
    const own = () => signedAttempt(gateway(), identity, 'stepup', identity.jkt);
    expect(verdict(await verify(await own(), { cookie: browser.cookie }))).toBe('403 csrf_rejected');
    const other = await signedAttempt(gateway(), foreign.identity, 'stepup', foreign.identity.jkt);
    expect(verdict(await verify(other))).toBe('401 key_not_authorized');
    const bound = await signedAttempt(gateway(), identity, 'stepup', foreign.identity.jkt);
    expect(verdict(await verify(bound))).toBe('401 dpop_key_mismatch');
    expect(await ask()).toBe('401 stepup_required');
    expect((await verify(await own())).body).toMatchObject({ token_type: 'cookie' });
    expect(await ask()).toBe('201 ok');
  });
});
