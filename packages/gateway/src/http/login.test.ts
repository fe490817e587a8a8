/** Login over real HTTP: what works, and the key a session is bound to. What must be refused is in test/api/negative. */
import { challengeText } from '@vivim/contract/identity';
import { describe, expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { makeProof, newIdentity, newSessionKey } from '../../../../test/kit/proofs.ts';
import {
  ownPage,
  send,
  signedAttempt,
  signIn,
  signInBrowser,
  verdict,
  verifyWithProof,
} from '../../../../test/kit/sign-in.ts';

describeOnMaster('login', (kind) => {
  const gateway = useGateway(kind);
  const count = async (table: 'users' | 'sessions' | 'auth_challenges') =>
    (await gateway().master.db.selectFrom(table).selectAll().execute()).length;

  describe('what works', () => {
    it('registers a program: identity, space, token bound to its key', async () => {
      const alice = await signIn(gateway());
      const me = await alice.send('GET', '/v1/me');
      expect(me.status).toBe(200);
      expect(me.body).toMatchObject({
        userId: alice.userId,
        dids: [alice.identity.did],
        session: { id: alice.sessionId, kind: 'dpop' },
      });
      const routing = await gateway()
        .master.db.selectFrom('routing')
        .selectAll()
        .where('user_id', '=', alice.userId)
        .executeTakeFirstOrThrow();
      expect(gateway().spaces).toContain(routing.storage_id);
      expect(routing.state).toBe('ready');
      expect(routing.storage_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    });

    it('takes Ed25519 session keys too', async () => {
      const bob = await signIn(gateway(), undefined, { alg: 'Ed25519' });
      expect(verdict(await bob.send('GET', '/v1/me'))).toBe('200 ok');
    });

    it('logs in again as the same person', async () => {
      const first = await signIn(gateway());
      const second = await signIn(gateway(), first.identity);
      expect(second.userId).toBe(first.userId);
      expect(second.token).not.toBe(first.token);
    });

    it('gives a page of the server a cookie and no token', async () => {
      const browser = await signInBrowser(gateway());
      expect(browser.setCookie).toMatch(
        /^__Host-sid=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=2592000$/,
      );
      const me = await send(gateway(), 'GET', '/v1/me', { headers: { cookie: browser.cookie } });
      expect(me.body).toMatchObject({ dids: [browser.identity.did], session: { kind: 'cookie' } });
    });

    it('keeps neither the text nor the token, only hashes', async () => {
      const person = await signIn(gateway());
      const tokens = await gateway().master.db.selectFrom('tokens').selectAll().execute();
      expect(JSON.stringify(tokens)).not.toContain(person.token);
      expect(tokens.every((row) => row.token_h.length === 32)).toBe(true);
    });

    it('makes up for a space that could not be made', async () => {
      const identity = newIdentity();
      gateway().engineDown = true;
      const key = newSessionKey();
      const attempt = await signedAttempt(gateway(), identity, 'register', key.jkt);
      expect(verdict(await verifyWithProof(gateway(), attempt, key))).toBe('503 engine_unavailable');
      gateway().engineDown = false;
      const before = gateway().spaces.length;
      await signIn(gateway(), identity);
      expect(gateway().spaces).toHaveLength(before + 1);
    });
  });

  it.each<[string, string, string]>([
    ['no multibase', 'did:key:6MkiZSMwiJuTwGoES2B32NaHHSjdaPqj9aMukk6U7V3L7cn', '422 did_malformed'],
    ['another method', 'did:web:vivim.example', '422 did_key_type_unsupported'],
    ['no DID', 'alice', '422 did_malformed'],
  ])('%s: %s is refused', async (_, did, expected) => {
    const json = { did, jkt: newSessionKey().jkt, purpose: 'login' };
    const before = await count('auth_challenges');
    expect(verdict(await send(gateway(), 'POST', '/v1/auth/challenge', { json }))).toBe(expected);
    expect(await count('auth_challenges')).toBe(before);
  });

  it('hands a challenge to everybody, known or not, and refuses an unknown key only after it signed', async () => {
    const stranger = newIdentity();
    const { identity: known } = await signIn(gateway());
    const ask = (did: string) =>
      send(gateway(), 'POST', '/v1/auth/challenge', { json: { did, jkt: stranger.jkt, purpose: 'login' } });
    const [unknownAnswer, knownAnswer] = [await ask(stranger.did), await ask(known.did)];
    expect([unknownAnswer.status, knownAnswer.status]).toEqual([201, 201]);
    expect(Object.keys(unknownAnswer.body)).toEqual(Object.keys(knownAnswer.body));
    const key = newSessionKey();
    const wrong = await signedAttempt(gateway(), stranger, 'login', key.jkt, () => 'not this');
    expect(verdict(await verifyWithProof(gateway(), wrong, key))).toBe('401 signature_invalid');
    const right = await signedAttempt(gateway(), stranger, 'login', key.jkt);
    expect(verdict(await verifyWithProof(gateway(), right, key))).toBe('401 key_not_authorized');
  });

  it('the text is the one the contract builds', async () => {
    const identity = newIdentity();
    const { body } = await send(gateway(), 'POST', '/v1/auth/challenge', {
      json: { did: identity.did, jkt: identity.jkt, purpose: 'register' },
    });
    const message = String(body.message);
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1] ?? '';
    const { did, kid, jkt } = identity;
    const nonce = field('Nonce');
    expect(nonce).toMatch(/^[0-9a-f]{48}$/);
    const fields = {
      did,
      kid,
      jkt,
      nonce,
      issuedAt: field('Issued At'),
      expiresAt: String(body.expiresAt),
      challengeId: String(body.challengeId),
    };
    expect(message).toBe(
      challengeText({ ...fields, domain: new URL(gateway().url).host, origin: gateway().url, purpose: 'register' }),
    );
    expect(Date.parse(fields.expiresAt) - Date.parse(fields.issuedAt)).toBe(120_000);
  });

  describe('the key of the session', () => {
    it('is the one the challenge names', async () => {
      const attempt = await signedAttempt(gateway(), newIdentity(), 'register', newSessionKey().jkt);
      expect(verdict(await verifyWithProof(gateway(), attempt, newSessionKey()))).toBe('401 dpop_key_mismatch');
    });

    it('proves itself once', async () => {
      const key = newSessionKey();
      const proof = makeProof(key, { method: 'POST', url: `${gateway().url}/v1/auth/verify`, nowMs: gateway().now() });
      const [first, second] = [newIdentity(), newIdentity()];
      const one = await signedAttempt(gateway(), first, 'register', key.jkt);
      const two = await signedAttempt(gateway(), second, 'register', key.jkt);
      expect(verdict(await verifyWithProof(gateway(), one, key, proof))).toBe('200 ok');
      expect(verdict(await verifyWithProof(gateway(), two, key, proof))).toBe('401 dpop_replay');
    });

    it('cannot be left out by a program', async () => {
      const identity = newIdentity();
      const attempt = await signedAttempt(gateway(), identity, 'register', identity.jkt);
      expect(verdict(await send(gateway(), 'POST', '/v1/auth/verify', { json: attempt }))).toBe('401 dpop_required');
    });

    it('cannot be left out by a page when the challenge names another', async () => {
      const attempt = await signedAttempt(gateway(), newIdentity(), 'register', newSessionKey().jkt);
      expect(
        verdict(await send(gateway(), 'POST', '/v1/auth/verify', { json: attempt, headers: ownPage(gateway()) })),
      ).toBe('401 dpop_required');
    });

    it('does not open a session for a foreign page', async () => {
      const identity = newIdentity();
      const attempt = await signedAttempt(gateway(), identity, 'register', identity.jkt);
      const answer = await send(gateway(), 'POST', '/v1/auth/verify', {
        json: attempt,
        headers: { origin: 'https://evil.example' },
      });
      expect(verdict(answer)).toBe('403 host_not_allowed');
    });
  });
});

describeOnMaster('knocking too often', (kind) => {
  const gateway = useGateway(kind, { challengesPerMinute: 10, failedVerifiesPerQuarterHour: 5 });

  /** The counters keep the machine's time, so their windows are ended by hand. */
  const windowsPass = (scope: string) =>
    gateway()
      .master.db.updateTable('rate_limits')
      .set({ expire: Date.now() - 1 })
      .where('key', 'like', `${scope}:%`)
      .execute();

  it('counts those who ask at the same moment, until the window ends', async () => {
    const json = { did: newIdentity().did, jkt: newIdentity().jkt, purpose: 'login' };
    const ask = async () => verdict(await send(gateway(), 'POST', '/v1/auth/challenge', { json }));
    const answers = await Promise.all(Array.from({ length: 11 }, ask));
    expect(answers.sort()).toEqual([...Array<string>(10).fill('201 ok'), '429 rate_limited']);
    await windowsPass('challenge');
    expect(await ask()).toBe('201 ok');
  });

  it('with wrong signatures for a DID keeps out that DID alone, and only until the window ends', async () => {
    await windowsPass('challenge');
    const { identity: victim } = await signIn(gateway());
    const key = newSessionKey();
    const wrong = async () =>
      verdict(
        await verifyWithProof(gateway(), await signedAttempt(gateway(), victim, 'login', key.jkt, () => 'no'), key),
      );
    for (let index = 0; index < 5; index += 1) expect(await wrong()).toBe('401 signature_invalid');
    await windowsPass('challenge');
    expect(await wrong()).toBe('429 rate_limited');
    await signIn(gateway());
    await windowsPass('verify-failed');
    expect(await wrong()).toBe('401 signature_invalid');
  });
});
