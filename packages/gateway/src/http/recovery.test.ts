/** Getting back in, over real HTTP: with the key on paper, with guardians, the wait, the veto, the freeze. */

import { uuidv7 } from '@vivim/contract/random';
import type { RecoveryNotice } from '@vivim/contract/recovery';
import { afterEach, describe, expect, it } from 'vitest';
import { addDevice } from '../../../../test/kit/devices.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { appendChange, loggedKey, newSealingKey, nextPlace, signEntry } from '../../../../test/kit/keyring.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { newIdentity } from '../../../../test/kit/proofs.ts';
import {
  askForRecovery,
  completeRecovery,
  printRecoveryKey,
  type Recovery,
  recoveryState,
  tryRecovery,
  voiceFor,
  vouch,
} from '../../../../test/kit/recovery.ts';
import { imprintOf } from '../../../../test/kit/refusals.ts';
import { type SignedIn, send, signIn, verdict } from '../../../../test/kit/sign-in.ts';

const at20 = <T>(make: (index: number) => Promise<T>) => Promise.all(Array.from({ length: 20 }, (_, i) => make(i)));
const hour = 3_600_000;
const wait = 72 * hour + 1_000;

describeOnMaster('recovery', (kind) => {
  const gateway = useGateway(kind);
  afterEach(() => {
    gateway().clockOffsetMs = 0;
  });
  const complete = async (recovery: Recovery, ...change: Parameters<Recovery['entry']>) =>
    verdict(await completeRecovery(gateway(), recovery, await recovery.entry(...change)));
  const stateOf = async ({ id }: Recovery) => (await recoveryState(gateway(), id)).state;
  const veto = (person: SignedIn, { id }: Pick<Recovery, 'id'>) => person.send('DELETE', `/v1/recovery/requests/${id}`);
  const noticesOf = async (person: SignedIn) =>
    (await person.send('GET', '/v1/recovery/guardian-requests')).body.items as RecoveryNotice[];
  const eventsOf = async (person: SignedIn) =>
    ((await person.send('GET', '/v1/account/log')).body.items as { event: string }[]).map(({ event }) => event);

  /** Somebody with friends who can vouch together. */
  async function withGuardians(count: number, threshold: number) {
    const alice = await signIn(gateway());
    const guardians: SignedIn[] = [];
    for (let one = 0; one < count; one += 1) guardians.push(await signIn(gateway()));
    const dids = guardians.map(({ identity }) => identity.did);
    await appendChange(alice, { op: 'setRecovery', recovery: null, guardians: { dids, threshold } });
    return { alice, guardians };
  }

  describe('with the key on paper', () => {
    it('lets a new key in after three days, and all others out', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const device = await addDevice(gateway(), alice);
      const token = await alice.send('POST', '/v1/tokens', { json: { scopes: ['memory:read'], days: 90 } });
      const paper = await printRecoveryKey(alice);
      const recovery = await askForRecovery(gateway(), alice.identity.did, paper);
      expect(recovery.asked).toMatchObject({ state: 'pending', method: 'recovery-key', approvals: 1, head: null });
      const notBefore = Date.parse(recovery.asked.notBefore ?? '') - gateway().now();
      expect(Math.round(notBefore / hour)).toBe(72);
      expect((await alice.send('GET', '/v1/recovery')).body.pending).toMatchObject([
        { id: recovery.id, did: recovery.identity.did, account: alice.identity.did },
      ]);
      expect((await bob.send('GET', '/v1/recovery')).body.pending).toEqual([]);
      await expect(recovery.entry()).rejects.toThrow('pending');
      gateway().clockOffsetMs = wait;
      expect(await stateOf(recovery)).toBe('ready');
      await expect(signIn(gateway(), recovery.identity)).rejects.toThrow('key_not_authorized');
      expect(await complete(recovery)).toBe('204 ok');
      expect(await stateOf(recovery)).toBe('done');
      const back = await signIn(gateway(), recovery.identity);
      expect(back.userId).toBe(alice.userId);
      expect((await back.send('GET', '/v1/me')).body).toMatchObject({
        dids: [alice.identity.did],
        frozenUntil: expect.any(String),
        session: { deviceId: recovery.asked.deviceId },
      });
      const wraps = (await back.send('GET', '/v1/keys/wraps')).body.items as { kid: string }[];
      expect(wraps.map(({ kid }) => kid)).toContain(recovery.enc.logged.kid);
      for (const identity of [alice.identity, device.identity])
        await expect(signIn(gateway(), identity)).rejects.toThrow('key_not_authorized');
      // What the lost devices had handed out is over too.
      const headers = { authorization: `Bearer ${String(token.body.token)}` };
      expect(verdict(await send(gateway(), 'GET', '/v1/conversations', { headers }))).toBe('401 session_revoked');
      expect(await eventsOf(back)).toEqual(expect.arrayContaining(['recovery.asked', 'recovery.completed']));
    });

    it('leaves the others in where nothing was stolen', async () => {
      const alice = await signIn(gateway());
      const recovery = await askForRecovery(gateway(), alice.identity.did, await printRecoveryKey(alice));
      gateway().clockOffsetMs = wait;
      expect(await complete(recovery, { revokeOthers: false })).toBe('204 ok');
      expect((await signIn(gateway(), alice.identity)).userId).toBe(alice.userId);
      expect((await signIn(gateway(), recovery.identity)).userId).toBe(alice.userId);
    });

    it('answers the same for a wrong key, for an account without one, and for no account', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      await printRecoveryKey(alice);
      const shape = async (account: string) => {
        const { status, body } = await tryRecovery(gateway(), account, newIdentity());
        return { status, body: { ...body, traceId: null } };
      };
      const [wrong, none, nobody] = [
        await shape(alice.identity.did),
        await shape(bob.identity.did),
        await shape(newIdentity().did),
      ];
      expect(wrong).toMatchObject({ status: 401, body: { code: 'signature_invalid' } });
      expect(none).toEqual(wrong);
      expect(nobody).toEqual(wrong);
      // The first key is no key on paper.
      expect(verdict(await tryRecovery(gateway(), bob.identity.did, bob.identity))).toBe('401 signature_invalid');
      expect((await alice.send('GET', '/v1/recovery')).body.pending).toEqual([]);
    });

    it('is stopped by any live key, and by nobody else', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const recovery = await askForRecovery(gateway(), alice.identity.did, await printRecoveryKey(alice));
      const device = await addDevice(gateway(), alice);
      const [foreign, unknown] = [await veto(bob, recovery), await veto(bob, { id: uuidv7() })];
      expect(verdict(foreign)).toBe('404 not_found');
      expect(imprintOf(foreign)).toBe(imprintOf(unknown));
      expect((await veto(device, recovery)).status).toBe(204);
      expect(verdict(await veto(device, recovery))).toBe('404 not_found');
      expect(await stateOf(recovery)).toBe('vetoed');
      gateway().clockOffsetMs = wait;
      const entry = signEntry(recovery.identity, {
        ...(await nextPlace(await signIn(gateway(), alice.identity))),
        op: 'recover',
        requestId: recovery.id,
        keys: [loggedKey(recovery.identity, 'device-auth'), recovery.enc.logged],
        deviceId: recovery.asked.deviceId,
        approvals: [{ kid: alice.identity.jkt, did: alice.identity.did, signature: 'A'.repeat(86) }],
        revokeOthers: true,
      });
      expect(verdict(await completeRecovery(gateway(), recovery, entry))).toBe('404 not_found');
    });

    it('does not count when the key on paper was replaced meanwhile', async () => {
      const alice = await signIn(gateway());
      const paper = await printRecoveryKey(alice);
      const recovery = await askForRecovery(gateway(), alice.identity.did, paper);
      await printRecoveryKey(alice, paper);
      gateway().clockOffsetMs = wait;
      expect(await complete(recovery)).toBe('422 key_log_invalid');
      expect((await signIn(gateway(), alice.identity)).userId).toBe(alice.userId);
    });
  });

  describe('with guardians, two of three,', () => {
    it('waits for enough of them, then for three days', async () => {
      const { alice, guardians } = await withGuardians(3, 2);
      const [ann, ben, cem] = guardians as [SignedIn, SignedIn, SignedIn];
      const eve = await signIn(gateway());
      const recovery = await askForRecovery(gateway(), alice.identity.did);
      expect(recovery.asked).toMatchObject({ state: 'waiting', approvals: 0, threshold: 2, notBefore: null });
      for (const guardian of guardians)
        expect(await noticesOf(guardian)).toMatchObject([{ id: recovery.id, did: recovery.identity.did }]);
      expect(await noticesOf(eve)).toEqual([]);
      expect((await vouch(ann, recovery)).status).toBe(204);
      expect(verdict(await vouch(ann, recovery))).toBe('404 not_found');
      expect(await recoveryState(gateway(), recovery.id)).toMatchObject({ state: 'waiting', approvals: 1 });
      gateway().clockOffsetMs = wait;
      expect(await stateOf(recovery)).toBe('waiting');
      gateway().clockOffsetMs = 0;
      expect((await vouch(ben, recovery)).status).toBe(204);
      expect(await stateOf(recovery)).toBe('pending');
      expect((await vouch(cem, recovery)).status).toBe(204);
      gateway().clockOffsetMs = wait;
      expect(await complete(recovery)).toBe('204 ok');
      expect((await signIn(gateway(), recovery.identity)).userId).toBe(alice.userId);
      await expect(signIn(gateway(), alice.identity)).rejects.toThrow('key_not_authorized');
      expect((await signIn(gateway(), ann.identity)).userId).toBe(ann.userId);
    });

    it('takes voices of guardians, by keys of theirs, for that very key', async () => {
      const { alice, guardians } = await withGuardians(3, 2);
      const [ann, ben] = guardians as [SignedIn, SignedIn];
      const eve = await signIn(gateway());
      const recovery = await askForRecovery(gateway(), alice.identity.did);
      const voice = (person: SignedIn, json: object) =>
        person.send('POST', `/v1/recovery/requests/${recovery.id}/approvals`, { json });
      const [foreign, unknown] = [
        await voice(eve, voiceFor(eve.identity, recovery)),
        await eve.send('POST', `/v1/recovery/requests/${uuidv7()}/approvals`, {
          json: voiceFor(eve.identity, recovery),
        }),
      ];
      expect(verdict(foreign)).toBe('404 not_found');
      expect(imprintOf(foreign)).toBe(imprintOf(unknown));
      expect(verdict(await voice(ann, voiceFor(ben.identity, recovery)))).toBe('404 not_found');
      const other = { ...recovery, identity: newIdentity() };
      expect(verdict(await voice(ann, voiceFor(ann.identity, other)))).toBe('401 signature_invalid');
      const stolen = { ...voiceFor(ben.identity, recovery), did: ann.identity.did };
      expect(verdict(await voice(ann, stolen))).toBe('401 signature_invalid');
      expect((await recoveryState(gateway(), recovery.id)).approvals).toBe(0);
    });

    it('counts each guardian once, when twenty voices come at the same moment', async () => {
      const { alice, guardians } = await withGuardians(3, 2);
      const [ann] = guardians as [SignedIn];
      const recovery = await askForRecovery(gateway(), alice.identity.did);
      const answers = await at20(() => vouch(ann, recovery));
      expect(answers.map(verdict).sort()).toEqual(['204 ok', ...Array<string>(19).fill('404 not_found')]);
      expect(await recoveryState(gateway(), recovery.id)).toMatchObject({ state: 'waiting', approvals: 1 });
    });

    it('needs as many as the log says when it is completed, who still are', async () => {
      const { alice, guardians } = await withGuardians(3, 2);
      const [ann, ben, cem] = guardians as [SignedIn, SignedIn, SignedIn];
      const recovery = await askForRecovery(gateway(), alice.identity.did);
      for (const guardian of [ann, ben]) await vouch(guardian, recovery);
      const dids = [ann.identity.did, cem.identity.did];
      await appendChange(alice, { op: 'setRecovery', recovery: null, guardians: { dids, threshold: 2 } });
      gateway().clockOffsetMs = wait;
      expect(await complete(recovery)).toBe('422 key_log_invalid');
      const { vouchers } = await recoveryState(gateway(), recovery.id);
      expect(await complete(recovery, { approvals: vouchers.slice(0, 1) })).toBe('422 key_log_invalid');
      const twice = [vouchers[0], vouchers[0]].filter((one) => one !== undefined);
      expect(await complete(recovery, { approvals: twice })).toBe('422 key_log_invalid');
      const forged = [...vouchers.slice(0, 1), { ...voiceFor(cem.identity, recovery) }];
      expect(await complete(recovery, { approvals: forged })).toBe('422 key_log_invalid');
      // Still ready: what came to nothing used up nothing.
      expect(await stateOf(recovery)).toBe('ready');
    });

    it('asks the same of an account that has none, and of none', async () => {
      const bob = await signIn(gateway());
      const { alice } = await withGuardians(3, 2);
      const shape = async (account: string) => {
        const { asked, id } = await askForRecovery(gateway(), account);
        const state = await recoveryState(gateway(), id);
        const strip = ({ id: _, deviceId: __, threshold: ___, ...rest }: typeof state) => rest;
        return [strip(asked), strip(state)];
      };
      const [real, without, nobody] = [
        await shape(alice.identity.did),
        await shape(bob.identity.did),
        await shape(newIdentity().did),
      ];
      expect(without).toEqual(real);
      expect(nobody).toEqual(real);
      expect((await bob.send('GET', '/v1/recovery')).body.pending).toEqual([]);
    });

    it('says the same number of voices for one account each time, and not the same for all', async () => {
      const account = newIdentity().did;
      const thresholds = [];
      for (let time = 0; time < 3; time += 1)
        thresholds.push((await askForRecovery(gateway(), account)).asked.threshold);
      expect(new Set(thresholds).size).toBe(1);
      const others = new Set<number>();
      for (let time = 0; time < 12; time += 1)
        others.add((await askForRecovery(gateway(), newIdentity().did)).asked.threshold);
      expect(others.size).toBeGreaterThan(1);
    });
  });

  describe('its completion', () => {
    async function ready() {
      const alice = await signIn(gateway());
      const recovery = await askForRecovery(gateway(), alice.identity.did, await printRecoveryKey(alice));
      gateway().clockOffsetMs = wait;
      return { alice, recovery };
    }

    it('happens once, when twenty try at the same moment', async () => {
      const { recovery } = await ready();
      const entry = await recovery.entry();
      const answers = await at20(() => completeRecovery(gateway(), recovery, entry));
      const [won, ...lost] = answers.map(verdict).sort();
      expect(won).toBe('204 ok');
      for (const one of lost) expect(one).toMatch(/^(404 not_found|409 key_log_conflict)$/);
      const back = await signIn(gateway(), recovery.identity);
      expect((await back.send('GET', '/v1/keys/log')).body.head).toMatchObject({ seq: 3 });
      expect(await eventsOf(back)).toContain('recovery.completed');
    });

    it('happens or is stopped, never both, when both are tried at the same moment', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { alice, recovery } = await ready();
        const owner = await signIn(gateway(), alice.identity);
        const entry = await recovery.entry();
        const answers = await at20((index) =>
          index % 2 === 0 ? completeRecovery(gateway(), recovery, entry) : veto(owner, recovery),
        );
        expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
        const done = (await stateOf(recovery)) === 'done';
        const login = signIn(gateway(), recovery.identity);
        if (done) expect((await login).userId).toBe(alice.userId);
        else await expect(login).rejects.toThrow('key_not_authorized');
        gateway().clockOffsetMs = 0;
      }
    });

    it('lets in the keys that asked, as strong as any that is added, and no others', async () => {
      const { recovery } = await ready();
      const auth = loggedKey(recovery.identity, 'device-auth');
      for (const change of [
        { keys: [auth] },
        { keys: [loggedKey(newIdentity(), 'device-auth'), recovery.enc.logged] },
        { keys: [auth, (await newSealingKey()).logged] },
        { keys: [{ ...auth, priority: 10 }, recovery.enc.logged] },
        { keys: [{ ...auth, purpose: 'rotation' as const }, recovery.enc.logged] },
        { deviceId: uuidv7() },
        { requestId: uuidv7() },
      ])
        expect(await complete(recovery, change)).toBe('422 key_log_invalid');
      const entry = await recovery.entry();
      const forged = { ...entry, signature: 'A'.repeat(86) };
      expect(verdict(await completeRecovery(gateway(), recovery, forged))).toBe('422 key_log_invalid');
      const [foreign, unknown] = [
        await completeRecovery(gateway(), { ...recovery, id: uuidv7() }, entry),
        await completeRecovery(gateway(), { ...recovery, id: uuidv7() }, entry),
      ];
      expect(verdict(foreign)).toBe('404 not_found');
      expect(imprintOf(foreign)).toBe(imprintOf(unknown));
      expect(verdict(await completeRecovery(gateway(), recovery, entry))).toBe('204 ok');
    });

    it('comes back when the log has moved on', async () => {
      const { alice, recovery } = await ready();
      const entry = await recovery.entry();
      const owner = await signIn(gateway(), alice.identity);
      await appendChange(owner, { op: 'add', keys: [(await newSealingKey()).logged] });
      expect(verdict(await completeRecovery(gateway(), recovery, entry))).toBe('409 key_log_conflict');
      expect(await complete(recovery)).toBe('204 ok');
    });

    it('freezes for three days what cannot be taken back', async () => {
      const { recovery } = await ready();
      await complete(recovery);
      const frozen = async () => {
        const person = await signIn(gateway(), recovery.identity);
        const token = await person.send('POST', '/v1/tokens', { json: { scopes: ['memory:read'], days: 1 } });
        const deletion = await person.send('POST', '/v1/account/deletion');
        return [token, deletion].map(verdict);
      };
      expect(await frozen()).toEqual(['403 recovery_frozen', '403 recovery_frozen']);
      gateway().clockOffsetMs = wait + 71 * hour;
      expect(await frozen()).toEqual(['403 recovery_frozen', '403 recovery_frozen']);
      gateway().clockOffsetMs = wait + 73 * hour;
      expect(await frozen()).toEqual(['201 ok', '202 ok']);
    });
  });

  it('is not open to keys that are in already', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const recovery = await askForRecovery(gateway(), alice.identity.did, await printRecoveryKey(alice));
    expect(verdict(await send(gateway(), 'GET', `/v1/recovery/requests/${uuidv7()}`))).toBe('404 not_found');
    const { body } = await send(gateway(), 'POST', '/v1/auth/challenge', {
      json: { did: bob.identity.did, jkt: bob.identity.jkt, purpose: 'recovery' },
    });
    const proof = {
      challengeId: body.challengeId,
      kid: bob.identity.kid,
      signature: bob.identity.sign(String(body.message)),
    };
    const json = {
      account: alice.identity.did,
      proof,
      encKey: recovery.enc.encKey,
      platform: 'cli',
      method: 'guardians',
    };
    expect(verdict(await send(gateway(), 'POST', '/v1/recovery/requests', { json }))).toBe('409 key_in_use');
  });
});
