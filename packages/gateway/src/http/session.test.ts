/** Sessions over real HTTP: the negative tests N18 to N25, N28, N30, N33, N39, N42 by their numbers. */
import { randomUUID } from 'node:crypto';
import { request as rawRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  ownPage,
  type SignedIn,
  send,
  signIn,
  signInBrowser,
  type TestGateway,
  useGateway,
  verdict,
} from '../../../../test/kit/gateway.ts';
import { describeMasters } from '../../../../test/kit/masters.ts';
import { makeProof, newSessionKey, type ProofParts } from '../../../../test/kit/proofs.ts';

/** GET /v1/me with a token and a proof of one's own making. */
const me = (gateway: TestGateway, person: SignedIn, proof: string) =>
  send(gateway, 'GET', '/v1/me', { headers: { authorization: `DPoP ${person.token}`, dpop: proof } });

/** The same 32 or 64 bytes, spelled with bits that do not belong to them. */
function trailingBits(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(part.at(-1) ?? 'A');
  return part.slice(0, -1) + alphabet[last ^ 1];
}

describeMasters('sessions', (kind) => {
  const gateway = useGateway(kind);

  describe('tokens bound to a key', () => {
    it('N18 are nothing as a bearer token', async () => {
      const alice = await signIn(gateway());
      const answer = await send(gateway(), 'GET', '/v1/me', { headers: { authorization: `Bearer ${alice.token}` } });
      expect(verdict(answer)).toBe('401 dpop_required');
      expect(answer.headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_token"/);
      const bare = await send(gateway(), 'GET', '/v1/me', { headers: { authorization: `DPoP ${alice.token}` } });
      expect(verdict(bare)).toBe('401 dpop_required');
    });

    it('N19 take a proof once, also when twenty bring it at the same moment', async () => {
      const alice = await signIn(gateway());
      const proof = alice.proof('GET', '/v1/me');
      expect(verdict(await me(gateway(), alice, proof))).toBe('200 ok');
      expect(verdict(await me(gateway(), alice, proof))).toBe('401 dpop_replay');
      const another = alice.proof('GET', '/v1/me');
      const answers = await Promise.all(Array.from({ length: 20 }, () => me(gateway(), alice, another)));
      expect(answers.map(verdict).sort()).toEqual(['200 ok', ...Array<string>(19).fill('401 dpop_replay')]);
    });

    const refused: [string, (url: string, now: number) => Partial<ProofParts>][] = [
      ['N20 for another method', () => ({ method: 'POST' })],
      ['N20 for another host', () => ({ url: 'http://evil.example/v1/me' })],
      ['N20 for another path', (url) => ({ url: `${url}/v1/space` })],
      ['N20 for no URL', () => ({ url: 'me' })],
      ['N21 without ath', () => ({ claims: { ath: undefined } })],
      ['N21 with the ath of another token', () => ({ accessToken: 'another' })],
      ['N23 61 seconds old', (_, now) => ({ nowMs: now - 61_500 })],
      ['N23 6 seconds from the future', (_, now) => ({ nowMs: now + 7_000 })],
      ['N24 with alg none', () => ({ header: { alg: 'none' } })],
      ['N24 with alg HS256', () => ({ header: { alg: 'HS256' } })],
      ['N24 with another typ', () => ({ header: { typ: 'JWT' } })],
      ['N24 without typ', () => ({ header: { typ: undefined } })],
      ['with critical extensions', () => ({ header: { crit: ['exp'] } })],
      ['without jti', () => ({ claims: { jti: undefined } })],
      ['without iat', () => ({ claims: { iat: undefined } })],
      ['with iat as text', () => ({ claims: { iat: '0' } })],
    ];
    it.each(refused)('refuse a proof %s', async (_, change) => {
      const alice = await signIn(gateway());
      const proof = alice.proof('GET', '/v1/me', change(gateway().url, gateway().now()));
      const answer = await me(gateway(), alice, proof);
      expect(verdict(answer)).toBe('401 dpop_invalid');
      expect(answer.headers.get('date')).toBeTruthy();
      expect(verdict(await alice.send('GET', '/v1/me'))).toBe('200 ok');
    });

    it('N20 do not look at the query', async () => {
      const alice = await signIn(gateway());
      const proof = alice.proof('GET', '/v1/conversations', { url: `${gateway().url}/v1/conversations?limit=1#x` });
      const headers = { authorization: `DPoP ${alice.token}`, dpop: proof };
      expect(verdict(await send(gateway(), 'GET', '/v1/conversations?limit=7', { headers }))).toBe('200 ok');
    });

    it('N22 take proofs of their own key only', async () => {
      const alice = await signIn(gateway());
      const url = `${gateway().url}/v1/me`;
      const proof = makeProof(newSessionKey(), {
        method: 'GET',
        url,
        nowMs: gateway().now(),
        accessToken: alice.token,
      });
      expect(verdict(await me(gateway(), alice, proof))).toBe('401 dpop_key_mismatch');
    });

    it('N24 refuse a proof that holds its private key, and do not log it', async () => {
      const alice = await signIn(gateway());
      const { d } = alice.key.privateKey.export({ format: 'jwk' });
      const proof = alice.proof('GET', '/v1/me', { header: { jwk: { ...alice.key.jwk, d } } });
      expect(verdict(await me(gateway(), alice, proof))).toBe('401 dpop_invalid');
      expect(gateway().log.join('')).not.toContain(d);
    });

    it.each<[string, (parts: string[]) => string]>([
      ['with padding', ([a, b, c]) => `${a}=.${b}.${c}`],
      ['with a blank', ([a, b, c]) => `${a}. ${b}.${c}`],
      ['with other trailing bits in the signature', ([a, b, c]) => `${a}.${b}.${trailingBits(c ?? '')}`],
      ['with a fourth part', ([a, b, c]) => `${a}.${b}.${c}.`],
      ['twice in one header', (parts) => `${parts.join('.')}, ${parts.join('.')}`],
      ['with standard base64', ([a, b, c]) => `${a}.${b}.${c?.slice(0, -1)}+`],
    ])('N25 refuse a proof %s', async (_, respell) => {
      const alice = await signIn(gateway());
      const answer = await me(gateway(), alice, respell(alice.proof('GET', '/v1/me').split('.')));
      expect(verdict(answer)).toBe('401 dpop_invalid');
    });

    it('N25 refuse a used proof however its signature is spelled', async () => {
      const alice = await signIn(gateway());
      const claims = { jti: randomUUID() };
      expect(verdict(await me(gateway(), alice, alice.proof('GET', '/v1/me', { claims })))).toBe('200 ok');
      expect(verdict(await me(gateway(), alice, alice.proof('GET', '/v1/me', { claims })))).toBe('401 dpop_replay');
    });

    it('N30 end after ten minutes', async () => {
      const alice = await signIn(gateway());
      gateway().clockOffsetMs += 600_001;
      const answer = await alice.send('GET', '/v1/me');
      gateway().clockOffsetMs = 0;
      expect(verdict(answer)).toBe('401 session_expired');
    });

    it('are unknown when they are not ours, of whatever shape', async () => {
      const alice = await signIn(gateway());
      for (const token of ['x', 'A'.repeat(43), alice.token.toLowerCase(), '../../etc/passwd']) {
        const headers = { authorization: `DPoP ${token}`, dpop: alice.proof('GET', '/v1/me', { accessToken: token }) };
        expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers }))).toBe('401 token_invalid');
      }
      for (const authorization of ['Basic YTpi', 'DPoP', `Token ${alice.token}`]) {
        expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers: { authorization } }))).toBe(
          '401 token_invalid',
        );
      }
    });

    it('open nothing once signed out', async () => {
      const alice = await signIn(gateway());
      expect((await alice.send('DELETE', '/v1/sessions/current')).status).toBe(204);
      expect(verdict(await alice.send('GET', '/v1/me'))).toBe('401 session_revoked');
    });

    it('are no cookies, and cookies are no tokens', async () => {
      const alice = await signIn(gateway());
      const browser = await signInBrowser(gateway());
      expect(
        verdict(await send(gateway(), 'GET', '/v1/me', { headers: { cookie: `__Host-sid=${alice.token}` } })),
      ).toBe('401 token_invalid');
      const token = browser.cookie.split('=')[1] ?? '';
      const headers = { authorization: `DPoP ${token}`, dpop: alice.proof('GET', '/v1/me', { accessToken: token }) };
      expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers }))).toBe('401 token_invalid');
      expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers: { authorization: `Bearer ${token}` } }))).toBe(
        '401 token_invalid',
      );
    });

    it('N33 in an address are refused, and opened nothing ever after', async () => {
      const alice = await signIn(gateway());
      expect(verdict(await send(gateway(), 'GET', `/v1/me?access_token=${alice.token}`))).toBe('400 token_in_query');
      expect(verdict(await alice.send('GET', '/v1/me'))).toBe('401 session_revoked');
      expect(gateway().log.join('')).not.toContain(alice.token);
    });
  });

  describe('cookies', () => {
    const bye = (headers: Record<string, string>) => send(gateway(), 'DELETE', '/v1/sessions/current', { headers });

    it('N28 write only from a page of this server', async () => {
      const { cookie } = await signInBrowser(gateway());
      const own = ownPage(gateway());
      expect(verdict(await bye({ cookie }))).toBe('403 csrf_rejected');
      expect(verdict(await bye({ cookie, origin: 'https://evil.example' }))).toBe('403 csrf_rejected');
      expect(verdict(await bye({ cookie, origin: 'null' }))).toBe('403 csrf_rejected');
      expect(verdict(await bye({ cookie, origin: 'http://localhost:1' }))).toBe('403 csrf_rejected');
      for (const site of ['cross-site', 'same-site', 'none']) {
        expect(verdict(await bye({ cookie, origin: own.origin, 'sec-fetch-site': site }))).toBe('403 csrf_rejected');
      }
      const answer = await bye({ cookie, ...own });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('set-cookie')).toMatch(/^__Host-sid=; .*Max-Age=0$/);
      expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers: { cookie } }))).toBe('401 session_revoked');
    });

    it('N28 read neither for a foreign page', async () => {
      const { cookie } = await signInBrowser(gateway());
      const read = (headers: Record<string, string>) =>
        send(gateway(), 'GET', '/v1/me', { headers: { cookie, ...headers } });
      expect(verdict(await read({ 'sec-fetch-site': 'cross-site' }))).toBe('403 csrf_rejected');
      expect(verdict(await read({ origin: 'https://evil.example' }))).toBe('403 csrf_rejected');
      expect(verdict(await read({ 'sec-fetch-site': 'none' }))).toBe('200 ok');
    });

    it('N30 end after a week without use, and after thirty days with it', async () => {
      const day = 86_400_000;
      const [idle, busy] = [await signInBrowser(gateway()), await signInBrowser(gateway())];
      const read = async (cookie: string) => verdict(await send(gateway(), 'GET', '/v1/me', { headers: { cookie } }));
      for (let at = 1; at <= 29; at += 4) {
        gateway().clockOffsetMs = at * day;
        expect(await read(busy.cookie)).toBe('200 ok');
      }
      expect(await read(idle.cookie)).toBe('401 session_expired');
      gateway().clockOffsetMs = 30 * day + 1;
      expect(await read(busy.cookie)).toBe('401 session_expired');
      gateway().clockOffsetMs = 0;
    });

    it('of any other spelling are none', async () => {
      const read = async (cookie: string) => verdict(await send(gateway(), 'GET', '/v1/me', { headers: { cookie } }));
      expect(await read('sid=x')).toBe('401 auth_required');
      expect(await read('__Host-sid=')).toBe('401 token_invalid');
      expect(await read(`__Host-sid=${'A'.repeat(43)}`)).toBe('401 token_invalid');
    });
  });

  describe('N39 under another name', () => {
    const underHost = (host: string, path: string) =>
      new Promise<number>((resolve, reject) => {
        const { port } = new URL(gateway().url);
        rawRequest({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });

    it('the server does not answer, neither API nor page', async () => {
      const { port } = new URL(gateway().url);
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        'localhost',
        'localhost:1',
        `localhost.evil.example:${port}`,
      ]) {
        expect(`${host} ${await underHost(host, '/v1/health')}`).toBe(`${host} 403`);
        expect(`${host} ${await underHost(host, '/')}`).toBe(`${host} 403`);
        expect(`${host} ${await underHost(host, '/openapi.json')}`).toBe(`${host} 403`);
      }
      expect(await underHost(`127.0.0.1:${port}`, '/v1/health')).toBe(200);
      expect(await underHost(`LOCALHOST:${port}`, '/v1/health')).toBe(200);
    });

    it('a foreign page gets no answer from the local port', async () => {
      const answer = await send(gateway(), 'GET', '/v1/health', { headers: { origin: 'https://evil.example' } });
      expect(verdict(answer)).toBe('403 host_not_allowed');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  describe('N42 whoever says whom they act for', () => {
    const names = ['userId', 'user_id', 'did', 'tenant', 'tenant-id'];
    it.each(names)('is refused: %s in query, header and body', async (name) => {
      const alice = await signIn(gateway());
      const bob = await signIn(gateway());
      const before = gateway().passed.length;
      expect(verdict(await alice.send('GET', `/v1/conversations?${name}=${bob.userId}`))).toBe(
        '400 user_id_not_allowed',
      );
      expect(
        verdict(
          await alice.send('GET', '/v1/conversations', { headers: { [`x-${name.replace('_', '-')}`]: bob.userId } }),
        ),
      ).toBe('400 user_id_not_allowed');
      expect(verdict(await alice.send('POST', '/v1/context', { json: { message: 'x', [name]: bob.userId } }))).toBe(
        '400 user_id_not_allowed',
      );
      expect(verdict(await alice.send('GET', `/v1/me?${name}=${bob.userId}`))).toBe('400 user_id_not_allowed');
      expect(gateway().passed).toHaveLength(before);
    });
  });

  describe('what reaches an engine', () => {
    it('is of the person who asked, with nothing that proves it', async () => {
      const alice = await signIn(gateway());
      const json = { message: 'what did I say about lighthouses?' };
      expect(verdict(await alice.send('POST', '/v1/context?minVersion=3', { json }))).toBe('200 ok');
      const passed = gateway().passed.at(-1);
      expect(passed).toMatchObject({
        userId: alice.userId,
        method: 'POST',
        path: '/v1/context?minVersion=3',
        body: JSON.stringify(json),
      });
      expect(Object.keys(passed?.headers ?? {})).not.toContain('authorization');
      expect(JSON.stringify(passed?.headers)).not.toContain(alice.token);
    });

    it('is nothing for what is no JSON, or too much of it', async () => {
      const alice = await signIn(gateway());
      const before = gateway().passed.length;
      expect(verdict(await alice.send('POST', '/v1/context', { json: 'x'.repeat(1024 * 1024) }))).toBe(
        '413 request_too_large',
      );
      expect(verdict(await alice.send('POST', '/v1/context'))).toBe('400 request_invalid');
      expect(gateway().passed).toHaveLength(before);
    });

    it('is nothing from a session without the scope', async () => {
      const alice = await signIn(gateway());
      await gateway()
        .master.db.updateTable('sessions')
        .set({ scope: 'account:read' })
        .where('session_id', '=', alice.sessionId)
        .execute();
      const answer = await alice.send('GET', '/v1/conversations');
      expect(verdict(answer)).toBe('403 insufficient_scope');
      expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
      expect(verdict(await alice.send('GET', '/v1/me'))).toBe('200 ok');
    });
  });

  it('logs what was asked, and of whom and what nothing', async () => {
    const alice = await signIn(gateway());
    const secretId = `c_${'s'.repeat(32)}`;
    await alice.send('GET', `/v1/conversations/${secretId}?minVersion=4711`);
    const text = gateway().log.join('');
    expect(text).toContain('"route":"/v1/conversations/{id}"');
    for (const canary of [secretId, '4711', alice.identity.did, alice.userId, alice.token])
      expect(text).not.toContain(canary);
  });
});
