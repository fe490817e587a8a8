/** Locked, deleting, exported, erased: what of an account closes when, over real HTTP. Two people in each. */
import { UserId } from '@vivim/contract/ids';
import { expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { askForRecovery, completeRecovery, printRecoveryKey } from '../../../../test/kit/recovery.ts';
import { send, signIn, verdict } from '../../../../test/kit/sign-in.ts';
import { lookAgainMs } from '../auth/sessions/open-requests.ts';
import { claimErasure } from '../master/erasures.ts';
import { receiptOf } from '../master/receipt.ts';
import { findRouting } from '../master/routing.ts';

describeOnMaster('the ends of an account', (kind) => {
  const gateway = useGateway(kind);
  const routingOf = async (userId: string) => {
    const row = await findRouting(gateway().master.db, UserId.parse(userId));
    if (row === null) throw new Error('nobody of this id');
    return row;
  };
  /** An open stream of account events, and what cuts it. */
  const listen = async (person: Awaited<ReturnType<typeof signIn>>) => {
    const path = '/v1/account/events';
    const response = await fetch(`${gateway().url}${path}`, {
      headers: { authorization: `DPoP ${person.token}`, dpop: person.proof('GET', path) },
    });
    return {
      cut: response.text().then(
        () => true,
        () => true,
      ),
    };
  };
  const events = async (person: Awaited<ReturnType<typeof signIn>>) =>
    ((await person.send('GET', '/v1/account/log')).body.items as { event: string }[]).map(({ event }) => event);

  it('a lock stops the engine and cuts what is open; the other person notices nothing', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    await printRecoveryKey(alice);
    const [hers, his] = [await routingOf(alice.userId), await routingOf(bob.userId)];
    const open = await listen(alice);
    expect((await alice.send('POST', '/v1/account/lock')).status).toBe(204);
    expect(await open.cut).toBe(true);
    expect(gateway().closed).toContain(hers.storageId);
    expect(gateway().closed).not.toContain(his.storageId);
    expect((await routingOf(alice.userId)).fence).toBe(hers.fence + 1);
    expect(verdict(await alice.send('GET', '/v1/space'))).toBe('401 session_revoked');
    expect(verdict(await bob.send('GET', '/v1/space'))).toBe('200 ok');
  });

  it('asking for deletion closes the space, says what will go, and gives a receipt', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const { storageId } = await routingOf(alice.userId);
    const { status, body } = await alice.send('POST', '/v1/account/deletion');
    expect([status, body.receipt]).toEqual([202, receiptOf(storageId)]);
    expect(body).toMatchObject({
      erases: expect.arrayContaining(['space', 'space-key', 'backups']),
      keeps: expect.any(Array),
    });
    expect(gateway().closed).toContain(storageId);
    expect(verdict(await alice.send('GET', '/v1/space'))).toBe('403 account_deleting');
    expect(verdict(await alice.send('GET', '/v1/space/export'))).toBe('403 account_deleting');
    expect(verdict(await bob.send('GET', '/v1/space'))).toBe('200 ok');
    expect((await alice.send('DELETE', '/v1/account/deletion')).status).toBe(204);
    expect(verdict(await alice.send('GET', '/v1/space'))).toBe('200 ok');
  });

  it('who signs in again after everything ended is not cut off with the rest', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const [before, his] = [await listen(alice), await listen(bob)];
    expect((await alice.send('DELETE', '/v1/sessions')).status).toBe(204);
    expect(await before.cut).toBe(true);
    const again = await signIn(gateway(), alice.identity);
    const after = await listen(again);
    // Longer than the second look at what ended takes to come.
    const later = new Promise((resolve) => setTimeout(resolve, 2 * lookAgainMs, 'open'));
    expect(await Promise.race([after.cut, his.cut, later])).toBe('open');
    for (const person of [again, bob]) await person.send('DELETE', '/v1/sessions');
    expect(await Promise.all([after.cut, his.cut])).toEqual([true, true]);
  });

  it('an erasure that has begun cannot be cancelled, and says so', async () => {
    const alice = await signIn(gateway());
    await alice.send('POST', '/v1/account/deletion');
    const then = new Date(Date.now() + 15 * 86_400_000);
    const claim = { node: 'a', shard: 'local', until: new Date(then.getTime() + 60_000) };
    expect((await claimErasure(gateway().master, claim, then))?.routing.userId).toBe(alice.userId);
    expect(verdict(await alice.send('DELETE', '/v1/account/deletion'))).toBe('403 account_deleting');
    expect((await alice.send('GET', '/v1/me')).body.status).toBe('deleting');
  });

  it('a receipt answers guests once the erasure was carried out, and like any unknown one before', async () => {
    const alice = await signIn(gateway());
    const receipt = receiptOf((await routingOf(alice.userId)).storageId);
    const unknown = await send(gateway(), 'GET', `/v1/erasures/${'x'.repeat(43)}`);
    const before = await send(gateway(), 'GET', `/v1/erasures/${receipt}`);
    expect([verdict(before), before.body]).toEqual(['404 not_found', unknown.body]);
    const erasure = { receipt, erasedAt: '2026-11-01T00:00:00.000Z', seq: 1, hash: 'h'.repeat(43) };
    gateway().erasures.set(receipt, erasure);
    expect((await send(gateway(), 'GET', `/v1/erasures/${receipt}`)).body).toEqual(erasure);
    expect(verdict(await send(gateway(), 'GET', '/v1/erasures/short'))).toBe('404 not_found');
  });

  it('an export needs the person themselves and a fresh signature, and is noted before a byte leaves', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    expect(verdict(await alice.send('GET', '/v1/space/export'))).toBe('200 ok');
    expect((await events(alice))[0]).toBe('account.exported');
    const tokens = { scopes: ['memory:read', 'memory:write', 'account:read'], days: 1 };
    const { body } = await alice.send('POST', '/v1/tokens', { json: tokens });
    const headers = { authorization: `Bearer ${String(body.token)}` };
    expect(verdict(await send(gateway(), 'GET', '/v1/space/export', { headers }))).toBe('403 insufficient_scope');
    expect((await events(alice)).filter((event) => event === 'account.exported')).toHaveLength(1);
    gateway().clockOffsetMs += 6 * 60_000;
    expect(verdict(await alice.send('GET', '/v1/space/export'))).toBe('401 stepup_required');
    expect(await events(bob)).not.toContain('account.exported');
  });

  it('for three days after a recovery nothing is exported', async () => {
    const alice = await signIn(gateway());
    const paper = await printRecoveryKey(alice);
    const recovery = await askForRecovery(gateway(), alice.identity.did, paper);
    gateway().clockOffsetMs += 73 * 3_600_000;
    expect((await completeRecovery(gateway(), recovery, await recovery.entry())).status).toBe(204);
    const back = await signIn(gateway(), recovery.identity);
    expect(verdict(await back.send('GET', '/v1/space/export'))).toBe('403 recovery_frozen');
    expect(verdict(await back.send('POST', '/v1/account/deletion'))).toBe('403 recovery_frozen');
  });
});
