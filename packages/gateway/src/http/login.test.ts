/** Login over real HTTP: the negative tests N01 to N10, N12, N13, N29 by their numbers, and what must work. */

import { base58 } from '@scure/base';
import { challengeText } from '@vivim/contract/identity';
import { describe, expect, it } from 'vitest';
import {
  ownPage,
  send,
  signedAttempt,
  signIn,
  signInBrowser,
  useGateway,
  verdict,
  verifyWithProof,
} from '../../../../test/kit/gateway.ts';
import { describeMasters } from '../../../../test/kit/masters.ts';
import { makeProof, newIdentity, newSessionKey } from '../../../../test/kit/proofs.ts';

const didOf = (...bytes: number[]) => `did:key:z${base58.encode(new Uint8Array(bytes))}`;
const zeros = (count: number) => Array<number>(count).fill(0);
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same signature with s + L: equal for whoever does not check the range. */
function malleate(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  let s = order;
  for (let index = 31; index >= 0; index -= 1) s += BigInt(bytes[32 + index] ?? 0) << BigInt(8 * index);
  for (let index = 0; index < 32; index += 1) bytes[32 + index] = Number((s >> BigInt(8 * index)) & 0xffn);
  return bytes.toString('base64url');
}

describeMasters('login', (kind) => {
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
      const bob = await signIn(gateway(), undefined, 'Ed25519');
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

  it('N01 a DID in a header proves nothing', async () => {
    const alice = await signIn(gateway());
    const before = await count('users');
    for (const name of ['x-did', 'x-user-id', 'x-vivim-user']) {
      expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers: { [name]: alice.identity.did } }))).toBe(
        '401 auth_required',
      );
    }
    expect(await count('users')).toBe(before);
  });

  it('N02 a DID is not a bearer token', async () => {
    const before = await count('users');
    const headers = { authorization: `Bearer ${newIdentity().did}` };
    expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers }))).toBe('401 token_invalid');
    expect(await count('users')).toBe(before);
  });

  it('N03 a challenge is used once; N04 and only in its time, with the same answer', async () => {
    const identity = newIdentity();
    await signIn(gateway(), undefined);
    const key = newSessionKey();
    const attempt = await signedAttempt(gateway(), identity, 'register', key.jkt);
    expect(verdict(await verifyWithProof(gateway(), attempt, key))).toBe('200 ok');
    const sessions = await count('sessions');
    const again = await verifyWithProof(gateway(), attempt, key);
    expect(verdict(again)).toBe('401 challenge_unknown');
    expect(await count('sessions')).toBe(sessions);

    const late = await signedAttempt(gateway(), identity, 'login', key.jkt);
    gateway().clockOffsetMs += 121_000;
    const tooLate = await verifyWithProof(gateway(), late, key);
    gateway().clockOffsetMs = 0;
    const { traceId: _, ...sameBody } = again.body;
    expect(tooLate.body).toMatchObject(sameBody);
    const never = await verifyWithProof(
      gateway(),
      { ...late, challengeId: '01935870-0000-7000-8000-000000000000' },
      key,
    );
    expect(never.body).toMatchObject(sameBody);
  });

  it('N05 of twenty who bring one challenge at once, one gets a session', async () => {
    const identity = newIdentity();
    const key = newSessionKey();
    await signIn(gateway());
    const attempt = await signedAttempt(gateway(), identity, 'register', key.jkt);
    const sessions = await count('sessions');
    const answers = await Promise.all(Array.from({ length: 20 }, () => verifyWithProof(gateway(), attempt, key)));
    const verdicts = answers.map(verdict).sort();
    expect(verdicts).toEqual(['200 ok', ...Array<string>(19).fill('401 challenge_unknown')]);
    expect(await count('sessions')).toBe(sessions + 1);
  });

  it('one key registered by twenty at once belongs to one person', async () => {
    const identity = newIdentity();
    const users = await count('users');
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const key = newSessionKey();
        return verifyWithProof(gateway(), await signedAttempt(gateway(), identity, 'register', key.jkt), key);
      }),
    );
    expect(answers.map(verdict).sort()).toEqual(['200 ok', ...Array<string>(19).fill('409 key_in_use')]);
    expect(await count('users')).toBe(users + 1);
  });

  it('N06 a bad signature burns the challenge', async () => {
    const identity = newIdentity();
    const key = newSessionKey();
    const attempt = await signedAttempt(gateway(), identity, 'register', key.jkt);
    const bad = { ...attempt, signature: newIdentity().sign('something else') };
    expect(verdict(await verifyWithProof(gateway(), bad, key))).toBe('401 signature_invalid');
    expect(verdict(await verifyWithProof(gateway(), attempt, key))).toBe('401 challenge_unknown');
  });

  it.each<[string, (message: string) => string]>([
    ['N07 for another domain', (message) => message.replace(/^localhost:\d+/, 'evil.example')],
    ['N08 with CRLF', (message) => message.replaceAll('\n', '\r\n')],
    ['N08 with a line feed at the end', (message) => `${message}\n`],
    ['N08 with another Unicode spelling', (message) => message.replace('VIVIM', 'VIVI\u004d\u0301')],
    ['for another purpose', (message) => message.replace('action:login', 'action:register')],
    ['for another session key', (message) => message.replace(/jkt:.*/, `jkt:${'A'.repeat(43)}`)],
  ])('a signature over the text %s does not fit', async (_, change) => {
    const { identity } = await signIn(gateway());
    const key = newSessionKey();
    const attempt = await signedAttempt(gateway(), identity, 'login', key.jkt, change);
    expect(verdict(await verifyWithProof(gateway(), attempt, key))).toBe('401 signature_invalid');
  });

  it('N09 a signature with s + L does not fit', async () => {
    const { identity } = await signIn(gateway());
    const key = newSessionKey();
    const attempt = await signedAttempt(gateway(), identity, 'login', key.jkt);
    const bad = { ...attempt, signature: malleate(attempt.signature) };
    expect(verdict(await verifyWithProof(gateway(), bad, key))).toBe('401 signature_invalid');
  });

  it.each<[string, string, string]>([
    ['N10 a key of order 1', didOf(0xed, 1, 1, ...zeros(31)), '422 key_invalid'],
    ['N10 a key of order 4', didOf(0xed, 1, ...zeros(32)), '422 key_invalid'],
    ['N10 a key in two spellings', didOf(0xed, 1, 0xee, ...Array<number>(30).fill(0xff), 0x7f), '422 key_invalid'],
    ['N12 X25519', didOf(0xec, 1, 9, ...zeros(31)), '422 did_key_not_signing'],
    ['N12 P-384', didOf(0x81, 0x24, 2, ...zeros(48)), '422 did_key_type_unsupported'],
    ['N13 a longer varint', didOf(0xed, 0x81, 0, 1, ...zeros(31)), '422 did_not_canonical'],
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

describeMasters('knocking too often', (kind) => {
  const gateway = useGateway(kind, { challengesPerMinute: 10, failedVerifiesPerQuarterHour: 5 });

  /** The counters keep the machine's time, so their windows are ended by hand. */
  const windowsPass = (scope: string) =>
    gateway()
      .master.db.updateTable('rate_limits')
      .set({ expire: Date.now() - 1 })
      .where('key', 'like', `${scope}:%`)
      .execute();

  it('N29 the eleventh challenge in a minute waits, as Retry-After says', async () => {
    await windowsPass('challenge');
    const json = { did: newIdentity().did, jkt: newIdentity().jkt, purpose: 'login' };
    const answers = await Promise.all(
      Array.from({ length: 11 }, () => send(gateway(), 'POST', '/v1/auth/challenge', { json })),
    );
    expect(answers.map(verdict).sort()).toEqual([...Array<string>(10).fill('201 ok'), '429 rate_limited']);
    const wait = Number(answers.find(({ status }) => status === 429)?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(50);
    await windowsPass('challenge');
    expect(verdict(await send(gateway(), 'POST', '/v1/auth/challenge', { json }))).toBe('201 ok');
  });

  it('N29 the sixth failed signature for a DID waits, only that DID, and never the one who holds the key', async () => {
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
    expect((await signIn(gateway(), victim)).identity.did).toBe(victim.did);
    expect(await wrong()).toBe('429 rate_limited');
    await signIn(gateway());
    await windowsPass('verify-failed');
    expect(await wrong()).toBe('401 signature_invalid');
  });
});
