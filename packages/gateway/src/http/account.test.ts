/** The account over real HTTP: what happened to it, locking and unlocking it, having it erased and keeping it after all. */
import type { AccountEvent } from '@vivim/contract/account';
import { UserId } from '@vivim/contract/ids';
import { afterEach, describe, expect, it } from 'vitest';
import { addDevice } from '../../../../test/kit/devices.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { appendChange, newSealingKey } from '../../../../test/kit/keyring.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { type IdentityKey, newIdentity } from '../../../../test/kit/proofs.ts';
import { printRecoveryKey } from '../../../../test/kit/recovery.ts';
import { type SignedIn, send, signedAttempt, signIn, signInBrowser, verdict } from '../../../../test/kit/sign-in.ts';
import { lockByOperator, unlock as unlockInMaster } from '../master/identities.ts';

const day = 86_400_000;

describeOnMaster('the account', (kind) => {
  const gateway = useGateway(kind);
  afterEach(() => {
    gateway().clockOffsetMs = 0;
  });
  const me = async (person: SignedIn) => (await person.send('GET', '/v1/me')).body;
  const logOf = async (person: SignedIn, query = '') =>
    (await person.send('GET', `/v1/account/log${query}`)).body as { items: AccountEvent[]; nextCursor: string | null };

  describe('its log', () => {
    it('says what happened, newest first, page by page, to its owner alone', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      for (let count = 0; count < 5; count += 1)
        await appendChange(alice, { op: 'add', keys: [(await newSealingKey()).logged] });
      const whole = (await logOf(alice)).items;
      expect(whole.map(({ event }) => event)).toEqual([
        ...Array<string>(5).fill('key.added'),
        'session.opened',
        'account.registered',
      ]);
      expect(whole.map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3, 2, 1]);
      expect(whole[0]).toMatchObject({ actor: alice.sessionId, meta: { op: 'add', seq: 6 } });
      const pages: AccountEvent[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: Awaited<ReturnType<typeof logOf>> = await logOf(alice, `?limit=3${cursor && `&cursor=${cursor}`}`);
        pages.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(pages).toEqual(whole);
      expect((await logOf(bob)).items.map(({ event }) => event)).toEqual(['session.opened', 'account.registered']);
      for (const wrong of ['x', '-1', '0', '1.5', '9'.repeat(30)])
        expect(verdict(await alice.send('GET', `/v1/account/log?cursor=${wrong}`))).toBe('400 cursor_invalid');
    });
  });

  describe('locked', () => {
    const lock = async (person: SignedIn) => verdict(await person.send('POST', '/v1/account/lock'));
    async function unlock(paper: IdentityKey, purpose: 'recovery' | 'login' = 'recovery') {
      const proof = await signedAttempt(gateway(), paper, purpose, paper.jkt);
      return verdict(await send(gateway(), 'POST', '/v1/account/unlock', { json: { proof } }));
    }

    it('by the operator is not its owner’s to undo', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const paper = await printRecoveryKey(alice);
      const { master } = gateway();
      expect(await lockByOperator(master, UserId.parse(alice.userId))).toBe(true);
      expect(await unlock(paper)).toBe('403 account_locked');
      await expect(signIn(gateway(), alice.identity)).rejects.toThrow('account_locked');
      expect(await unlockInMaster(master, UserId.parse(alice.userId), 'operator')).toBe(true);
      await signIn(gateway(), alice.identity);
      expect(verdict(await bob.send('GET', '/v1/me'))).toBe('200 ok');
    });

    it('lets nobody in until its key on paper unlocks it', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const device = await addDevice(gateway(), alice);
      const { cookie } = await signInBrowser(gateway(), alice.identity);
      const paper = await printRecoveryKey(alice);
      expect(await lock(device)).toBe('204 ok');
      for (const session of [alice, device])
        expect(verdict(await session.send('GET', '/v1/me'))).toBe('401 session_revoked');
      expect(verdict(await send(gateway(), 'GET', '/v1/me', { headers: { cookie } }))).toBe('401 session_revoked');
      for (const identity of [alice.identity, device.identity])
        await expect(signIn(gateway(), identity)).rejects.toThrow('account_locked');
      expect(verdict(await bob.send('GET', '/v1/me'))).toBe('200 ok');
      expect(await unlock(alice.identity)).toBe('401 key_not_authorized');
      expect(await unlock(bob.identity)).toBe('401 key_not_authorized');
      expect(await unlock(newIdentity())).toBe('401 key_not_authorized');
      expect(await unlock(paper, 'login')).toBe('401 challenge_unknown');
      await expect(signIn(gateway(), alice.identity)).rejects.toThrow('account_locked');
      expect(await unlock(paper)).toBe('204 ok');
      const back = await signIn(gateway(), alice.identity);
      expect(await me(back)).toMatchObject({ userId: alice.userId, status: 'active' });
      // Unlocking opens nothing that was ended.
      expect(verdict(await alice.send('GET', '/v1/me'))).toBe('401 session_revoked');
      const events = (await logOf(back)).items.map(({ event }) => event);
      expect(events).toEqual(expect.arrayContaining(['account.locked', 'account.unlocked']));
    });

    it('needs a key on paper first, and a fresh signature', async () => {
      const alice = await signIn(gateway());
      expect(await lock(alice)).toBe('409 last_key');
      await printRecoveryKey(alice);
      gateway().clockOffsetMs = 6 * 60_000;
      expect(await lock(alice)).toBe('401 stepup_required');
      expect(verdict(await alice.send('GET', '/v1/me'))).toBe('200 ok');
    });

    it('is unlocked by its own key on paper, and not by another’s or one that was replaced', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const [old, his] = [await printRecoveryKey(alice), await printRecoveryKey(bob)];
      const paper = await printRecoveryKey(alice, old);
      await lock(alice);
      expect(await unlock(old)).toBe('401 key_not_authorized');
      expect(await unlock(his)).toBe('204 ok');
      await expect(signIn(gateway(), alice.identity)).rejects.toThrow('account_locked');
      expect(await unlock(paper)).toBe('204 ok');
      expect((await signIn(gateway(), alice.identity)).userId).toBe(alice.userId);
    });
  });

  describe('to be erased', () => {
    const erase = (person: SignedIn) => person.send('POST', '/v1/account/deletion');

    it('waits two weeks, in which its owner can sign in, and only to keep it', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const elsewhere = await signIn(gateway(), alice.identity);
      const asked = await erase(alice);
      expect(asked.status).toBe(202);
      const eraseAt = Date.parse(String(asked.body.eraseAt));
      expect(Math.round((eraseAt - gateway().now()) / day)).toBe(14);
      expect(await me(alice)).toMatchObject({ status: 'deleting', eraseAt: asked.body.eraseAt });
      expect(verdict(await elsewhere.send('GET', '/v1/me'))).toBe('401 session_revoked');
      expect(verdict(await alice.send('GET', '/v1/conversations'))).toBe('403 account_deleting');
      // Asking again does not put it off.
      gateway().clockOffsetMs = 60_000;
      expect((await erase(alice)).body).toEqual(asked.body);
      const later = await signIn(gateway(), alice.identity);
      expect(verdict(await later.send('GET', '/v1/conversations'))).toBe('403 account_deleting');
      expect((await later.send('DELETE', '/v1/account/deletion')).status).toBe(204);
      expect(await me(later)).toMatchObject({ status: 'active', eraseAt: null });
      expect(verdict(await later.send('GET', '/v1/conversations'))).toBe('200 ok');
      expect((await later.send('DELETE', '/v1/account/deletion')).status).toBe(204);
      expect(verdict(await bob.send('GET', '/v1/conversations'))).toBe('200 ok');
      const events = (await logOf(later)).items.map(({ event }) => event);
      expect(events.filter((event) => event.startsWith('account.deletion'))).toEqual([
        'account.deletion_cancelled',
        'account.deletion_asked',
      ]);
    });

    it('is asked for once, when twenty ask at the same moment', async () => {
      const alice = await signIn(gateway());
      const answers = await Promise.all(Array.from({ length: 20 }, () => erase(alice)));
      expect(answers.map(verdict)).toEqual(Array<string>(20).fill('202 ok'));
      expect(new Set(answers.map(({ body }) => body.eraseAt)).size).toBe(1);
      const events = (await logOf(alice)).items.filter(({ event }) => event === 'account.deletion_asked');
      expect(events).toHaveLength(1);
    });

    it('takes a fresh signature', async () => {
      const alice = await signIn(gateway());
      gateway().clockOffsetMs = 6 * 60_000;
      expect(verdict(await erase(alice))).toBe('401 stepup_required');
      expect(await me(alice)).toMatchObject({ status: 'active' });
    });
  });
});
