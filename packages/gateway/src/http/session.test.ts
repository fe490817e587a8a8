/** Sessions over real HTTP: tokens, cookies, and what reaches an engine. What must be refused is in test/api/negative; N42 is here. */
import { describe, expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { ownPage, send, signIn, signInBrowser, verdict } from '../../../../test/kit/sign-in.ts';

describeOnMaster('sessions', (kind) => {
  const gateway = useGateway(kind);

  describe('tokens bound to a key', () => {
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
  });

  describe('cookies', () => {
    it('are forgotten by whoever signs out, and open nothing after', async () => {
      const { cookie } = await signInBrowser(gateway());
      const headers = { cookie, ...ownPage(gateway()) };
      const answer = await send(gateway(), 'DELETE', '/v1/sessions/current', { headers });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('set-cookie')).toMatch(/^__Host-sid=; .*Max-Age=0$/);
      expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers: { cookie } }))).toBe('401 session_revoked');
    });

    it('of any other spelling are none', async () => {
      const read = async (cookie: string) => verdict(await send(gateway(), 'GET', '/v1/me', { headers: { cookie } }));
      expect(await read('sid=x')).toBe('401 auth_required');
      expect(await read('__Host-sid=')).toBe('401 token_invalid');
      expect(await read(`__Host-sid=${'A'.repeat(43)}`)).toBe('401 token_invalid');
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
    await alice.send('GET', `/v1/conversations/${secretId}?minVersion=471147114711`);
    const text = gateway().log.join('');
    expect(text).toContain('"route":"/v1/conversations/{id}"');
    for (const canary of [secretId, '471147114711', alice.identity.did, alice.userId, alice.token])
      expect(text).not.toContain(canary);
  });
});
