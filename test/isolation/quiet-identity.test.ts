/**
 * A whole life of an identity with everything logged: nothing that names a person or opens anything reaches the log, nothing
 * private reaches master, and no refusal says more than it has to. Every kind of answer carries what it has to.
 */
import { connect } from 'node:net';
import { problemMediaType } from '@vivim/contract/http';
import { uuidv7 } from '@vivim/contract/random';
import { nameKeyOf, sealName } from '@vivim/contract/sealing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRecoveryWords } from 'vivim/identity/recovery-words';
import { addDevice, askForDevice } from '../kit/devices.ts';
import { useGateway } from '../kit/gateway.ts';
import { appendChange } from '../kit/keyring.ts';
import { describeOnMaster } from '../kit/masters.ts';
import { loginWithPasskey, newAuthenticator, registerPasskey } from '../kit/passkeys.ts';
import { newIdentity } from '../kit/proofs.ts';
import { tryRecovery } from '../kit/recovery.ts';
import { refresh, type SignedIn, send, signIn, signInBrowser } from '../kit/sign-in.ts';
import { dumpOf, foundIn, type Heard, overhear } from '../kit/witness.ts';

const address = '203.0.113.77';
const deviceName = 'the kitchen tablet of Alice';
const tokenName = 'a script that waters the tomatoes';

describeOnMaster('an identity', (kind) => {
  const gateway = useGateway(kind, { trustedProxies: ['127.0.0.1/32', '::1/128'] });
  /** What opens something, and what a person calls things: nowhere. */
  const secrets = new Map<string, string>();
  /** What names somebody or something of theirs: in master, and in answers to them, and not in the log. */
  const names = new Map<string, string>([['address', address]]);
  let heard: readonly Heard[] = [];
  let alice: SignedIn;
  let bob: SignedIn;
  let restore = () => {};

  const remember = (who: string, { token, refreshToken, userId, sessionId, identity }: SignedIn) => {
    secrets.set(`access token of ${who}`, token).set(`refresh token of ${who}`, refreshToken);
    names.set(`id of ${who}`, userId).set(`session of ${who}`, sessionId);
    names.set(`did of ${who}`, identity.did).set(`key of ${who}`, identity.jkt);
  };

  beforeAll(async () => {
    const witness = overhear({ 'x-forwarded-for': address });
    [heard, restore] = [witness.heard, witness.restore];
    [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    remember('alice', alice);
    remember('bob', bob);

    const browser = await signInBrowser(gateway(), alice.identity);
    secrets.set('cookie', browser.cookie.split('=')[1] ?? '');
    const fresh = await refresh(gateway(), alice.key, alice.refreshToken);
    secrets.set('fresh access token', String(fresh.body.access_token));

    const second = await addDevice(gateway(), alice);
    remember('the second device', second);
    names.set('the device', second.deviceId);
    const nameKey = await nameKeyOf(crypto.getRandomValues(new Uint8Array(32)));
    const nameCt = await sealName(nameKey, deviceName, second.deviceId);
    expect((await alice.send('PATCH', `/v1/devices/${second.deviceId}`, { json: { nameCt } })).status).toBe(200);
    secrets.set('name of the device', deviceName).set('name of the token', tokenName);

    const id = uuidv7();
    const json = { id, scopes: ['memory:read'], days: 1, nameCt: await sealName(nameKey, tokenName, id) };
    const { body } = await alice.send('POST', '/v1/tokens', { json });
    secrets.set('token for scripts', String(body.token));

    const passkey = newAuthenticator(gateway().url);
    await registerPasskey(alice, passkey);
    expect((await loginWithPasskey(gateway(), passkey)).status).toBe(200);

    const { words, key } = await newRecoveryWords();
    // One word alone is English, and a refusal may say it by chance.
    for (const [index, word] of words.slice(1).entries()) secrets.set(`words from ${index}`, `${words[index]} ${word}`);
    secrets.set('words', words.join(' '));
    const sign = {
      kid: key.sign.kid,
      alg: 'Ed25519',
      publicKey: key.sign.publicKey,
      purpose: 'recovery',
      priority: 0,
    } as const;
    const enc = {
      kid: key.seal.kid,
      alg: 'X25519',
      publicKey: key.seal.publicKey,
      purpose: 'recovery-enc',
      priority: 0,
    } as const;
    const set = await appendChange(alice, { op: 'setRecovery', recovery: { sign, enc }, guardians: null });
    expect(set.status).toBe(200);
    await tryRecovery(gateway(), alice.identity.did, newIdentity());

    await refuse();
    expect((await bob.send('POST', '/v1/account/deletion')).status).toBe(202);
    expect((await alice.send('POST', '/v1/account/lock')).status).toBe(204);
    await signIn(gateway(), alice.identity).catch(() => {});
  }, 60_000);
  afterAll(() => restore());

  /** As many refusals as there are kinds. */
  async function refuse(): Promise<void> {
    const at = gateway();
    const json = { did: alice.identity.did, jkt: alice.key.jkt, purpose: 'login' };
    const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    await send(at, 'POST', '/v1/auth/challenge', { json: { ...json, did: `${alice.identity.did}x` } });
    await send(at, 'POST', '/v1/auth/challenge', { json: { ...json, more: alice.userId } });
    await send(at, 'POST', '/v1/auth/challenge', { headers: { 'content-type': 'text/plain' } });
    await send(at, 'POST', '/v1/auth/verify', { json: { challengeId: uuidv7(), kid: 'x', signature: 'x'.repeat(86) } });
    await send(at, 'GET', '/v1/me');
    await send(at, 'GET', '/v1/me', bearer(alice.token));
    await send(at, 'GET', '/v1/me', bearer('x'.repeat(43)));
    await send(at, 'GET', `/v1/me?access_token=${'y'.repeat(43)}`);
    const proof = alice.proof('GET', '/v1/me');
    for (const _ of [1, 2])
      await send(at, 'GET', '/v1/me', { headers: { authorization: `DPoP ${alice.token}`, dpop: proof } });
    await alice.send('GET', `/v1/me?user_id=${bob.userId}`);
    await alice.send('GET', '/v1/me', { headers: { 'x-did': bob.identity.did } });
    await alice.send('DELETE', `/v1/sessions/${bob.sessionId}`);
    await alice.send('DELETE', '/v1/sessions/nonsense');
    await alice.send('GET', '/v1/account/log?cursor=nonsense');
    await alice.send('PUT', '/v1/me');
    await alice.send('POST', '/v1/tokens', { json: { scopes: ['account:manage'], days: 1 } });
    await alice.send('GET', '/v1/nothing');
    await alice.send('POST', '/v1/keys/log', { json: { entry: { payload: {}, signer: bob.identity.jkt } } });
    await askForDevice(at, newIdentity().did);
    await refresh(at, bob.key, 'z'.repeat(43));
    await fetch(`${at.url}/`);
    await fetch(`${at.url}/openapi.json`);
    await fetch(`${at.url}/.env`);
    at.engineDown = true;
    await signIn(at).catch(() => {});
    at.engineDown = false;
  }

  it('lived through every kind of answer', () => {
    const statuses = new Set(heard.map(({ status }) => status));
    for (const status of [200, 201, 202, 204, 400, 401, 403, 404, 405, 422, 503])
      expect([...statuses]).toContain(status);
    expect(secrets.size).toBeGreaterThan(10);
    expect(gateway().log.length).toBeGreaterThan(30);
  });

  it('leaves no trace of who it is in the log', () => {
    const log = gateway().log.join('\n');
    expect(foundIn(log, secrets)).toEqual([]);
    expect(foundIn(log, names)).toEqual([]);
    expect(log).not.toMatch(/did:|[0-9a-f]{8}-[0-9a-f]{4}-|\d+\.\d+\.\d+\.\d+/);
    for (const line of gateway().log)
      expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
  });

  it('leaves nothing private in master, and of an address its network alone', async () => {
    const dump = await dumpOf(gateway().master);
    expect(dump).toContain(alice.identity.did);
    expect(foundIn(dump, secrets)).toEqual([]);
    expect(foundIn(dump, new Map([['address', address]]))).toEqual([]);
  });

  it('is named in no refusal, and neither is the server from within', () => {
    const refusals = heard.filter(({ status }) => status >= 400);
    expect(refusals.length).toBeGreaterThan(20);
    for (const { body, method, url } of refusals) {
      expect(foundIn(body, secrets), `${method} ${url}`).toEqual([]);
      expect(foundIn(body, names), `${method} ${url}`).toEqual([]);
      expect(body).not.toMatch(/node_modules|\/src\/|\.ts:\d|select |insert |Error:|at \w+ \(/);
    }
  });

  describe('every answer', () => {
    it('tells browsers what not to do, and is kept nowhere when it is of the API', () => {
      for (const { headers, url, method } of heard) {
        const what = `${method} ${url}`;
        expect(headers.get('x-content-type-options'), what).toBe('nosniff');
        expect(headers.get('content-security-policy'), what).toContain("frame-ancestors 'none'");
        expect(headers.get('referrer-policy'), what).toBe('no-referrer');
        if (new URL(url).pathname.startsWith('/v1/'))
          expect(headers.get('cache-control'), what).toBe('private, no-store');
      }
    });

    it('has an id of its own, which a refusal repeats; but for what is not there, whose bytes are always the same', () => {
      const ids = heard.map(({ headers }) => headers.get('vivim-trace-id'));
      for (const [index, { status, body, url, headers }] of heard.entries()) {
        if (status === 404) expect([ids[index], body.includes('traceId')], url).toEqual([null, false]);
        else expect(ids[index], url).toMatch(/^[0-9a-f]{24}$/);
        if (status >= 400 && status !== 404 && headers.get('content-type') === problemMediaType)
          expect(JSON.parse(body)).toMatchObject({ traceId: ids[index] });
      }
      const given = ids.filter((id) => id !== null);
      expect(new Set(given).size).toBe(given.length);
      const logged = new Set(gateway().log.map((line) => (JSON.parse(line) as { trace?: string }).trace));
      expect(given.filter((id) => !logged.has(id))).toEqual([]);
    });

    /** Bytes on a bare connection, and what comes back. */
    const raw = (bytes: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(new URL(gateway().url).port), 'localhost', () => socket.end(bytes));
        let answer = '';
        socket.setEncoding('utf8').on('data', (text) => {
          answer += text;
        });
        socket.once('close', () => resolve(answer));
        socket.once('error', reject);
      });

    it.each([
      ['bytes that are no request', 'nonsense\r\n\r\n', 400],
      ['a host of somebody else', 'GET /v1/me HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n', 403],
      ['a request without a host', 'GET /v1/me HTTP/1.1\r\nConnection: close\r\n\r\n', 403],
      ['a host that is none', 'GET /v1/me HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n', 400],
      ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 413],
    ])('is the same for %s', async (_, bytes, status) => {
      const answer = await raw(bytes);
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
      expect(answer.toLowerCase()).toContain('content-security-policy: ');
      expect(answer.toLowerCase()).toMatch(/vivim-trace-id: [0-9a-f]{24}/);
      expect(answer).toContain('"code":');
    });
  });
});
