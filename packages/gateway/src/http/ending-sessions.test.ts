/** Listing sessions and ending them, over real HTTP, with a second gateway on the same master: an end is an end everywhere. */
import { uuidv7 } from '@vivim/contract/random';
import type { SessionInfo } from '@vivim/contract/sessions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDevice, revokeDevice } from '../../../../test/kit/devices.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { appendChange } from '../../../../test/kit/keyring.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { makeProof } from '../../../../test/kit/proofs.ts';
import { printRecoveryKey } from '../../../../test/kit/recovery.ts';
import { imprintOf } from '../../../../test/kit/refusals.ts';
import { ownPage, type SignedIn, send, signIn, signInBrowser, verdict } from '../../../../test/kit/sign-in.ts';
import { events, type OpenStream, openStream } from '../../../../test/kit/streams.ts';
import { startTestGateway, type TestGateway } from '../../../../test/kit/test-gateway.ts';

describeOnMaster('ending sessions', (kind) => {
  const gateway = useGateway(kind);
  let second: Awaited<ReturnType<typeof startTestGateway>> | undefined;
  beforeAll(async () => {
    second = await startTestGateway(gateway().master);
    for (const node of nodes()) node.answer = events;
  });
  afterAll(async () => second?.close());
  const nodes = (): TestGateway[] => (second === undefined ? [gateway()] : [gateway(), second]);

  const sessionsOf = async (person: SignedIn) => (await person.send('GET', '/v1/sessions')).body.items as SessionInfo[];

  /** The headers of a request with a program's session to any node: a proof names the one it is for. */
  const withProof = ({ key, token }: SignedIn, node: TestGateway, path: string) => {
    const dpop = makeProof(key, { method: 'GET', url: `${node.url}${path}`, nowMs: node.now(), accessToken: token });
    return { authorization: `DPoP ${token}`, dpop };
  };

  /** Both kinds of stream on both nodes. */
  async function listen(person: SignedIn | string): Promise<OpenStream[]> {
    const streams: OpenStream[] = [];
    for (const node of nodes())
      for (const path of ['/v1/events', '/v1/account/events']) {
        const headers = typeof person === 'string' ? { cookie: person } : withProof(person, node, path);
        streams.push(await openStream(node, path, headers));
      }
    expect(streams).toHaveLength(4);
    return streams;
  }
  const allEnded = (...streams: OpenStream[][]) => Promise.all(streams.flat().map(({ ended }) => ended));
  const noneEnded = (...streams: OpenStream[][]) => {
    expect(streams.flat().map((stream) => stream.isOver())).toEqual(streams.flat().map(() => false));
    for (const stream of streams.flat()) stream.leave();
  };
  const everywhere = async (person: SignedIn) =>
    Promise.all(
      nodes().map(async (node) =>
        verdict(await send(node, 'GET', '/v1/me', { headers: withProof(person, node, '/v1/me') })),
      ),
    );
  const revoked = ['401 session_revoked', '401 session_revoked'];
  const fine = ['200 ok', '200 ok'];

  it('lists the sessions of a person, and says which one asks', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    await signInBrowser(gateway(), alice.identity);
    const { body } = await alice.send('POST', '/v1/tokens', { json: { scopes: ['memory:read'], days: 1 } });
    const listed = await sessionsOf(alice);
    expect(listed.map((session) => session.kind).sort()).toEqual(['cookie', 'dpop', 'pat']);
    expect(listed.filter(({ current }) => current).map(({ id }) => id)).toEqual([alice.sessionId]);
    expect(listed.find(({ id }) => id === body.sessionId)).toMatchObject({ kind: 'pat', scopes: ['memory:read'] });
    const [mine] = listed.filter(({ current }) => current);
    expect(mine).toMatchObject({ platform: 'rest', deviceId: expect.any(String) });
    expect(mine?.scopes).toContain('account:manage');
    expect((await sessionsOf(bob)).map(({ id }) => id)).toEqual([bob.sessionId]);
  });

  it('ends one, of the person’s own, and its streams on every node', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const other = await signIn(gateway(), alice.identity);
    const [ending, going, foreign] = [await listen(other), await listen(alice), await listen(bob)];
    const [theirs, unknown] = [
      await bob.send('DELETE', `/v1/sessions/${other.sessionId}`),
      await bob.send('DELETE', `/v1/sessions/${uuidv7()}`),
    ];
    expect(verdict(theirs)).toBe('404 not_found');
    expect(imprintOf(theirs)).toBe(imprintOf(unknown));
    expect(await everywhere(other)).toEqual(fine);
    expect((await alice.send('DELETE', `/v1/sessions/${other.sessionId}`)).status).toBe(204);
    await allEnded(ending);
    expect(await everywhere(other)).toEqual(revoked);
    expect(await everywhere(alice)).toEqual(fine);
    noneEnded(going, foreign);
    const again = await alice.send('DELETE', `/v1/sessions/${other.sessionId}`);
    expect(imprintOf(again)).toBe(imprintOf(unknown));
    expect(await sessionsOf(alice)).toHaveLength(1);
  });

  it('ends all but the one that asks, or that one too', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const other = await signIn(gateway(), alice.identity);
    const { cookie } = await signInBrowser(gateway(), alice.identity);
    const [ending, page, going, foreign] = [
      await listen(other),
      await listen(cookie),
      await listen(alice),
      await listen(bob),
    ];
    expect((await alice.send('DELETE', '/v1/sessions?keepCurrent=true')).status).toBe(204);
    await allEnded(ending, page);
    expect(await everywhere(other)).toEqual(revoked);
    expect(await everywhere(alice)).toEqual(fine);
    expect((await sessionsOf(alice)).map(({ id }) => id)).toEqual([alice.sessionId]);
    expect((await alice.send('DELETE', '/v1/sessions')).status).toBe(204);
    await allEnded(going);
    expect(await everywhere(alice)).toEqual(revoked);
    expect(await everywhere(bob)).toEqual(fine);
    noneEnded(foreign);
    expect((await signIn(gateway(), alice.identity)).userId).toBe(alice.userId);
  });

  it('takes back the cookie of a page that signs out', async () => {
    const { cookie } = await signInBrowser(gateway());
    const streams = await listen(cookie);
    const headers = { cookie, ...ownPage(gateway()) };
    const answer = await send(gateway(), 'DELETE', '/v1/sessions/current', { headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-sid=; .*Max-Age=0$/);
    await allEnded(streams);
    for (const node of nodes())
      expect(verdict(await send(node, 'GET', '/v1/me', { headers: { cookie } }))).toBe('401 session_revoked');
  });

  describe('N27 comes with', () => {
    it('the device that is shut out: token, cookie and streams', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const device = await addDevice(gateway(), alice);
      const { cookie } = await signInBrowser(gateway(), device.identity);
      const [program, page, going, foreign] = [
        await listen(device),
        await listen(cookie),
        await listen(alice),
        await listen(bob),
      ];
      expect((await revokeDevice(alice, device)).status).toBe(204);
      await allEnded(program, page);
      expect(await everywhere(device)).toEqual(revoked);
      expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers: { cookie } }))).toBe('401 session_revoked');
      noneEnded(going, foreign);
    });

    it('the key that is revoked in the log', async () => {
      const alice = await signIn(gateway());
      const device = await addDevice(gateway(), alice);
      const streams = await listen(device);
      const [auth = ''] = device.kids;
      expect(verdict(await appendChange(alice, { op: 'revoke', kids: [auth] }))).toBe('200 ok');
      await allEnded(streams);
      expect(await everywhere(device)).toEqual(revoked);
    });

    it('the account that is locked, and with one that is to be erased', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      await printRecoveryKey(alice);
      const [locked, other] = [await listen(alice), await signIn(gateway(), bob.identity)];
      const [erased, asking] = [await listen(other), await listen(bob)];
      expect((await alice.send('POST', '/v1/account/lock')).status).toBe(204);
      expect((await bob.send('POST', '/v1/account/deletion')).status).toBe(202);
      await allEnded(locked, erased);
      expect(await everywhere(alice)).toEqual(revoked);
      expect(await everywhere(other)).toEqual(revoked);
      expect(await everywhere(bob)).toEqual(fine);
      noneEnded(asking);
    });
  });

  it('tells a person’s devices on every node what happens to the account, and nobody else', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const heard = async (person: SignedIn, node: TestGateway) => {
      const path = '/v1/account/events';
      const answer = await fetch(`${node.url}${path}`, { headers: withProof(person, node, path) });
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      const reader = answer.body?.getReader();
      let unread = '';
      /** One event; a chunk may hold several, or part of one. */
      const next = async () => {
        while (!unread.includes('\n\n')) unread += Buffer.from((await reader?.read())?.value ?? []).toString();
        const [event = '', ...rest] = unread.split('\n\n');
        unread = rest.join('\n\n');
        return event;
      };
      expect(await next()).toBe(': open');
      return { next, leave: () => reader?.cancel() };
    };
    const [here, there, his] = [
      await heard(alice, nodes()[0] ?? gateway()),
      await heard(alice, nodes()[1] ?? gateway()),
      await heard(bob, gateway()),
    ];
    await alice.send('POST', '/v1/tokens', { json: { scopes: ['memory:read'], days: 1 } });
    await bob.send('POST', '/v1/tokens', { json: { scopes: ['account:read'], days: 1 } });
    for (const [stream, scopes] of [
      [here, 'memory:read'],
      [there, 'memory:read'],
      [his, 'account:read'],
    ] as const) {
      const event = JSON.parse((await stream.next()).slice('data: '.length));
      expect(event).toMatchObject({ type: 'account', event: { event: 'token.created', meta: { scopes } } });
      await stream.leave();
    }
  });
});
