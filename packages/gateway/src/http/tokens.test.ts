/** Tokens for scripts over real HTTP: narrow, short, from one network, shown once, and never in charge of the account. */
import { uuidv7 } from '@vivim/contract/random';
import type { SessionInfo } from '@vivim/contract/sessions';
import { afterEach, describe, expect, it } from 'vitest';
import { addDevice, revokeDevice } from '../../../../test/kit/devices.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { type Answer, type SignedIn, send, signIn, verdict } from '../../../../test/kit/sign-in.ts';

const day = 86_400_000;
const everything = ['memory:read', 'memory:write', 'share:read', 'share:manage', 'account:read'];

describeOnMaster('tokens for scripts', (kind) => {
  const gateway = useGateway(kind);
  afterEach(() => {
    gateway().clockOffsetMs = 0;
  });
  const ask = (person: SignedIn, request: object = {}): Promise<Answer> =>
    person.send('POST', '/v1/tokens', { json: { scopes: ['memory:read'], days: 30, ...request } });
  const tokenOf = async (person: SignedIn, request: object = {}) => {
    const { status, body } = await ask(person, request);
    if (status !== 201) throw new Error(`a token answered ${status} ${JSON.stringify(body)}`);
    return String(body.token);
  };
  const by = (token: string, method: string, path: string, json?: object) =>
    send(gateway(), method, path, { json, headers: { authorization: `Bearer ${token}` } });
  const read = async (token: string) => verdict(await by(token, 'GET', '/v1/conversations'));
  const sessionsOf = async (person: SignedIn) => (await person.send('GET', '/v1/sessions')).body.items as SessionInfo[];

  it('open what they were made for, for whoever made them', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const [hers, his] = [await tokenOf(alice), await tokenOf(bob)];
    for (const [token, person] of [
      [hers, alice],
      [his, bob],
    ] as const) {
      expect(token).toMatch(/^vivim_pat_[\w-]{43}$/);
      expect(await read(token)).toBe('200 ok');
      expect(gateway().passed.at(-1)?.userId).toBe(person.userId);
    }
    const { items } = (await alice.send('GET', '/v1/account/log')).body as { items: object[] };
    expect(items[0]).toMatchObject({ event: 'token.created', meta: { scopes: 'memory:read' } });
  });

  it('open nothing else', async () => {
    const alice = await signIn(gateway());
    const token = await tokenOf(alice);
    expect(verdict(await by(token, 'GET', '/v1/me'))).toBe('403 insufficient_scope');
    const write = await send(gateway(), 'POST', '/v1/imports?fileName=x.json', {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    });
    expect(verdict(write)).toBe('403 insufficient_scope');
    expect(write.headers.get('www-authenticate')).toContain('insufficient_scope');
    const reader = await tokenOf(alice, { scopes: ['account:read'] });
    expect((await by(reader, 'GET', '/v1/me')).body).toMatchObject({
      userId: alice.userId,
      session: { kind: 'pat', scopes: ['account:read'] },
    });
    expect(await read(reader)).toBe('403 insufficient_scope');
  });

  it('are never in charge of the account, whatever they may do', async () => {
    const alice = await signIn(gateway());
    expect(verdict(await ask(alice, { scopes: ['account:manage'] }))).toBe('400 request_invalid');
    expect(verdict(await ask(alice, { scopes: [] }))).toBe('400 request_invalid');
    const token = await tokenOf(alice, { scopes: everything });
    const own = (await sessionsOf(alice)).find(({ kind: one }) => one === 'pat');
    const managing: [string, string, object?][] = [
      ['POST', '/v1/tokens', { scopes: ['memory:read'], days: 1 }],
      ['DELETE', `/v1/sessions/${alice.sessionId}`],
      ['DELETE', `/v1/sessions/${own?.id}`],
      ['DELETE', '/v1/sessions'],
      ['POST', '/v1/account/lock'],
      ['POST', '/v1/account/deletion'],
      ['GET', '/v1/keys/wraps'],
      ['POST', '/v1/webauthn/register/options'],
      ['POST', '/v1/webauthn/stepup/options'],
    ];
    for (const [method, path, json] of managing)
      expect(`${path} ${verdict(await by(token, method, path, json))}`).toBe(`${path} 403 insufficient_scope`);
    expect((await by(token, 'DELETE', '/v1/sessions/current')).status).toBe(204);
    expect(await read(token)).toBe('401 session_revoked');
  });

  it('are shown once: neither listed nor kept', async () => {
    const alice = await signIn(gateway());
    const [id, nameCt] = [uuidv7(), 'n'.repeat(50)];
    const { body } = await ask(alice, { id, nameCt, scopes: ['memory:read', 'memory:read'] });
    expect(body).toMatchObject({ sessionId: id });
    const listed = (await sessionsOf(alice)).find((one) => one.id === id);
    expect(listed).toMatchObject({ kind: 'pat', scopes: ['memory:read'], nameCt, current: false });
    const secret = String(body.token).slice('vivim_pat_'.length);
    expect(JSON.stringify(listed)).not.toContain(secret);
    const rows = await gateway().master.db.selectFrom('tokens').selectAll().execute();
    expect(rows.some(({ token_h }) => Buffer.from(token_h).includes(secret))).toBe(false);
    expect(gateway().log.join('')).not.toContain(secret);
  });

  it('have an id of their own', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const id = uuidv7();
    expect(verdict(await ask(alice, { id }))).toBe('201 ok');
    for (const answer of [await ask(alice, { id }), await ask(bob, { id }), await ask(bob, { id: alice.sessionId })]) {
      expect(verdict(answer)).toBe('400 request_invalid');
      expect(answer.body).toMatchObject({ field: 'id' });
    }
    expect(await sessionsOf(bob)).toHaveLength(1);
  });

  it('live as long as was said, ninety days at most', async () => {
    const alice = await signIn(gateway());
    for (const days of [0, 91, 1.5, -1]) expect(verdict(await ask(alice, { days }))).toBe('400 request_invalid');
    const [one, ninety] = [await tokenOf(alice, { days: 1 }), await tokenOf(alice, { days: 90 })];
    gateway().clockOffsetMs = day - 60_000;
    expect(await read(one)).toBe('200 ok');
    gateway().clockOffsetMs = day + 60_000;
    expect(await read(one)).toBe('401 session_expired');
    gateway().clockOffsetMs = 90 * day - 60_000;
    expect(await read(ninety)).toBe('200 ok');
    gateway().clockOffsetMs = 90 * day + 60_000;
    expect(await read(ninety)).toBe('401 session_expired');
  });

  it('work from the network they were made for', async () => {
    const alice = await signIn(gateway());
    const [here, there] = [
      await tokenOf(alice, { network: '127.0.0.0/8' }),
      await tokenOf(alice, { network: '203.0.113.0/24' }),
    ];
    expect(await read(here)).toBe('200 ok');
    expect(await read(there)).toBe('401 token_invalid');
    const six = await tokenOf(alice, { network: '2001:db8::/32' });
    expect(await read(six)).toBe('401 token_invalid');
    for (const network of ['127.0.0.1', 'everywhere', '127.0.0.0/33'])
      expect(verdict(await ask(alice, { network }))).toBe('400 request_invalid');
  });

  it('are bearers: no proof makes them anything else, and no cookie carries them', async () => {
    const alice = await signIn(gateway());
    const token = await tokenOf(alice);
    const dpop = alice.proof('GET', '/v1/conversations', { accessToken: token });
    const headers = { authorization: `DPoP ${token}`, dpop };
    expect(verdict(await send(gateway(), 'GET', '/v1/conversations', { headers }))).toBe('401 token_invalid');
    const cookie = { cookie: `__Host-sid=${token}` };
    expect(verdict(await send(gateway(), 'GET', '/v1/conversations', { headers: cookie }))).toBe('401 token_invalid');
  });

  it('are made with a fresh signature', async () => {
    const alice = await signIn(gateway());
    gateway().clockOffsetMs = 5 * 60_000 + 1_000;
    expect(verdict(await ask(alice))).toBe('401 stepup_required');
  });

  it('are fifty at most; one that ended makes room', async () => {
    const alice = await signIn(gateway());
    for (let count = 0; count < 50; count += 1) await tokenOf(alice);
    const refused = await ask(alice);
    expect(verdict(refused)).toBe('429 rate_limited');
    expect(refused.body.detail).toMatch(/50 tokens/);
    const one = (await sessionsOf(alice)).find((session) => session.kind === 'pat');
    expect((await alice.send('DELETE', `/v1/sessions/${one?.id}`)).status).toBe(204);
    expect(verdict(await ask(alice))).toBe('201 ok');
  });

  it('are not made for an account that is about to be erased', async () => {
    const alice = await signIn(gateway());
    await alice.send('POST', '/v1/account/deletion');
    expect(verdict(await ask(alice))).toBe('403 account_deleting');
  });

  describe('end', () => {
    it('by hand, of their owner alone', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const token = await tokenOf(alice);
      const own = (await sessionsOf(alice)).find((session) => session.kind === 'pat');
      expect(verdict(await bob.send('DELETE', `/v1/sessions/${own?.id}`))).toBe('404 not_found');
      expect(await read(token)).toBe('200 ok');
      expect((await alice.send('DELETE', `/v1/sessions/${own?.id}`)).status).toBe(204);
      expect(await read(token)).toBe('401 session_revoked');
    });

    it('with the device they were made on', async () => {
      const alice = await signIn(gateway());
      const device = await addDevice(gateway(), alice);
      const [kept, lost] = [await tokenOf(alice), await tokenOf(device)];
      await revokeDevice(alice, device);
      expect(await read(lost)).toBe('401 session_revoked');
      expect(await read(kept)).toBe('200 ok');
    });
  });
});
