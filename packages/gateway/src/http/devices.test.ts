/** Devices over real HTTP: asking to be let in, letting in, keeping out, naming, shutting out. */
import { type DeviceApproval, type DeviceRequest, deviceStatement } from '@vivim/contract/devices';
import { uuidv7 } from '@vivim/contract/random';
import { signedTags } from '@vivim/contract/signed-object';
import { afterEach, describe, expect, it } from 'vitest';
import { addDevice, approvalOf, askForDevice, revokeDevice } from '../../../../test/kit/devices.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import {
  appendChange,
  loggedKey,
  newSealingKey,
  nextEntry,
  signEntry,
  signObject,
} from '../../../../test/kit/keyring.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { newIdentity } from '../../../../test/kit/proofs.ts';
import { imprintOf } from '../../../../test/kit/refusals.ts';
import { type Answer, type SignedIn, send, signedAttempt, signIn, verdict } from '../../../../test/kit/sign-in.ts';

const at20 = <T>(make: (index: number) => Promise<T>) => Promise.all(Array.from({ length: 20 }, (_, i) => make(i)));
const minute = 60_000;

interface Seen {
  readonly id: string;
  readonly authKid: string | null;
  readonly encKid: string | null;
  readonly nameCt: string | null;
  readonly approvedBy: string | null;
  readonly current: boolean;
}

describeOnMaster('devices', (kind) => {
  const gateway = useGateway(kind);
  afterEach(() => {
    gateway().clockOffsetMs = 0;
  });
  const devicesOf = async (person: SignedIn) => (await person.send('GET', '/v1/devices')).body.items as Seen[];
  const requestsOf = async (person: SignedIn) =>
    (await person.send('GET', '/v1/devices/requests')).body.items as DeviceRequest[];
  const stateOf = async (id: string) => (await send(gateway(), 'GET', `/v1/devices/requests/${id}`)).body.state;
  const approve = (person: SignedIn, id: string, json: DeviceApproval): Promise<Answer> =>
    person.send('POST', `/v1/devices/requests/${id}/approval`, { json });
  const refuse = (person: SignedIn, id: string) => person.send('DELETE', `/v1/devices/requests/${id}`);

  it('the first is the one that registered, and is of nobody else', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const [first, ...others] = await devicesOf(alice);
    expect(first).toMatchObject({ authKid: alice.identity.jkt, encKid: null, approvedBy: null, current: true });
    expect(others).toEqual([]);
    expect((await devicesOf(bob)).map(({ id }) => id)).not.toContain(first?.id);
  });

  it('a new one asks, is let in, and signs in as a device of its own', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const [first] = await devicesOf(alice);
    const device = await askForDevice(gateway(), alice.identity.did);
    expect(await stateOf(device.requestId)).toBe('pending');
    expect(await requestsOf(alice)).toMatchObject([
      { id: device.requestId, account: alice.identity.did, did: device.identity.did, encKey: device.enc.encKey },
    ]);
    expect(await requestsOf(bob)).toEqual([]);
    const login = signIn(gateway(), device.identity);
    await expect(login).rejects.toThrow('key_not_authorized');
    const nameCt = 'n'.repeat(40);
    const answer = await approve(alice, device.requestId, { ...(await approvalOf(alice, device)), nameCt });
    expect(answer.body).toMatchObject({
      authKid: device.identity.jkt,
      encKid: device.enc.logged.kid,
      approvedBy: first?.id,
      nameCt,
      current: false,
    });
    expect(await stateOf(device.requestId)).toBe('approved');
    expect(await requestsOf(alice)).toEqual([]);
    const second = await signIn(gateway(), device.identity);
    expect(second.userId).toBe(alice.userId);
    expect((await second.send('GET', '/v1/me')).body).toMatchObject({ session: { deviceId: answer.body.id } });
    const wraps = (await second.send('GET', '/v1/keys/wraps')).body.items;
    expect(wraps).toMatchObject([{ kid: device.enc.logged.kid }]);
    expect((await devicesOf(bob)).length).toBe(1);
  });

  it('asking tells nothing about an account, and asking with a key that is in is refused', async () => {
    const alice = await signIn(gateway());
    const known = await askForDevice(gateway(), alice.identity.did);
    const unknown = await askForDevice(gateway(), newIdentity().did);
    const shape = async (id: string) => {
      const { body } = await send(gateway(), 'GET', `/v1/devices/requests/${id}`);
      return Object.entries(body).map(([name, value]) => [name, name === 'state' ? value : typeof value]);
    };
    expect(await shape(known.requestId)).toEqual(await shape(unknown.requestId));
    const proof = await signedAttempt(gateway(), alice.identity, 'device', alice.identity.jkt);
    const json = { account: newIdentity().did, encKey: (await newSealingKey()).encKey, platform: 'cli', proof };
    expect(verdict(await send(gateway(), 'POST', '/v1/devices/requests', { json }))).toBe('409 key_in_use');
    expect(verdict(await send(gateway(), 'POST', '/v1/devices/requests', { json }))).toBe('401 challenge_unknown');
    const login = await signedAttempt(gateway(), newIdentity(), 'login', alice.identity.jkt);
    const wrong = { ...json, proof: login };
    expect(verdict(await send(gateway(), 'POST', '/v1/devices/requests', { json: wrong }))).toBe(
      '401 challenge_unknown',
    );
  });

  it('one that is kept out stays out', async () => {
    const alice = await signIn(gateway());
    const device = await askForDevice(gateway(), alice.identity.did);
    const approval = await approvalOf(alice, device);
    expect((await refuse(alice, device.requestId)).status).toBe(204);
    expect(await stateOf(device.requestId)).toBe('refused');
    expect(verdict(await approve(alice, device.requestId, approval))).toBe('404 not_found');
    expect(verdict(await refuse(alice, device.requestId))).toBe('404 not_found');
    await expect(signIn(gateway(), device.identity)).rejects.toThrow('key_not_authorized');
    expect(await devicesOf(alice)).toHaveLength(1);
  });

  it('one that waits too long has to ask again', async () => {
    const alice = await signIn(gateway());
    const device = await askForDevice(gateway(), alice.identity.did);
    const approval = await approvalOf(alice, device);
    gateway().clockOffsetMs = 10 * minute + 1_000;
    const later = await signIn(gateway(), alice.identity);
    expect(verdict(await approve(later, device.requestId, approval))).toBe('404 not_found');
    expect(await requestsOf(later)).toEqual([]);
    expect(verdict(await send(gateway(), 'GET', `/v1/devices/requests/${device.requestId}`))).toBe('404 not_found');
  });

  it('is let in once, when twenty approve it at the same moment', async () => {
    const alice = await signIn(gateway());
    const device = await askForDevice(gateway(), alice.identity.did);
    const approval = await approvalOf(alice, device);
    const answers = await at20(() => approve(alice, device.requestId, approval));
    const [won, ...lost] = answers.map(verdict).sort();
    expect(won).toBe('200 ok');
    for (const one of lost) expect(one).toMatch(/^(404 not_found|409 key_log_conflict)$/);
    expect(await devicesOf(alice)).toHaveLength(2);
    expect((await alice.send('GET', '/v1/keys/log')).body.head).toMatchObject({ seq: 2 });
  });

  it('is let in or kept out, never both, when both are said at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const alice = await signIn(gateway());
      const device = await askForDevice(gateway(), alice.identity.did);
      const approval = await approvalOf(alice, device);
      const answers = await at20((index) =>
        index % 2 === 0 ? approve(alice, device.requestId, approval) : refuse(alice, device.requestId),
      );
      const worked = answers.filter(({ status }) => status < 300);
      expect(worked).toHaveLength(1);
      const approved = worked[0]?.status === 200;
      expect(await stateOf(device.requestId)).toBe(approved ? 'approved' : 'refused');
      expect(await devicesOf(alice)).toHaveLength(approved ? 2 : 1);
    }
  });

  describe('an approval', () => {
    async function asked() {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const device = await askForDevice(gateway(), alice.identity.did);
      const [request] = await requestsOf(alice);
      if (request === undefined) throw new Error('nobody asks');
      const change = (
        keys = [loggedKey(device.identity, 'device-auth'), device.enc.logged],
        deviceId = request.deviceId,
      ) => nextEntry(alice, { op: 'add', keys, deviceId });
      const statement = (said: DeviceRequest = request, by = alice.identity) =>
        signObject(by, signedTags.device, deviceStatement(said));
      return { alice, bob, device, request, change, statement };
    }

    it('is signed over what both devices showed', async () => {
      const { alice, bob, device, request, change, statement } = await asked();
      for (const wrong of [
        statement({ ...request, encKey: (await newSealingKey()).encKey }),
        statement({ ...request, did: newIdentity().did }),
        statement({ ...request, platform: 'web' }),
        statement({ ...request, id: uuidv7() }),
        statement(request, bob.identity),
        statement(request, device.identity),
        signObject(alice.identity, signedTags.recover, deviceStatement(request)),
      ]) {
        const approval = { entry: await change(), statement: wrong };
        expect(verdict(await approve(alice, device.requestId, approval))).toBe('401 signature_invalid');
      }
      const byBob = signEntry(bob.identity, (await change()).payload);
      const foreign = { entry: byBob, statement: statement(request, bob.identity) };
      expect(verdict(await approve(alice, device.requestId, foreign))).toBe('401 signature_invalid');
      expect(await devicesOf(alice)).toHaveLength(1);
      expect(verdict(await approve(alice, device.requestId, { entry: await change(), statement: statement() }))).toBe(
        '200 ok',
      );
    });

    it('lets in the two keys that asked, and no others', async () => {
      const { alice, device, change, statement } = await asked();
      const [auth, other] = [loggedKey(device.identity, 'device-auth'), loggedKey(newIdentity(), 'device-auth')];
      for (const entry of [
        await change([auth]),
        await change([other, device.enc.logged]),
        await change([auth, (await newSealingKey()).logged]),
        await change([auth, device.enc.logged, other]),
        await change([{ ...auth, purpose: 'rotation' }, device.enc.logged]),
        await change([auth, { ...device.enc.logged, purpose: 'recovery-enc' }]),
        await change([auth, device.enc.logged], uuidv7()),
        await nextEntry(alice, { op: 'revoke', kids: [alice.identity.jkt] }),
      ]) {
        const answer = await approve(alice, device.requestId, { entry, statement: statement() });
        expect(verdict(answer)).toBe('422 key_log_invalid');
      }
      expect(await stateOf(device.requestId)).toBe('pending');
      // Stronger than the one that lets it in.
      const strong = await change([{ ...auth, priority: 5 }, device.enc.logged]);
      const answer = await approve(alice, device.requestId, { entry: strong, statement: statement() });
      expect(verdict(answer)).toBe('422 key_log_invalid');
      expect(await stateOf(device.requestId)).toBe('pending');
      expect(await devicesOf(alice)).toHaveLength(1);
    });

    it('whose entry comes too late leaves the request waiting', async () => {
      const { alice, device, change, statement } = await asked();
      const stale = await change();
      await appendChange(alice, { op: 'add', keys: [(await newSealingKey()).logged] });
      const answer = await approve(alice, device.requestId, { entry: stale, statement: statement() });
      expect(verdict(answer)).toBe('409 key_log_conflict');
      expect(await stateOf(device.requestId)).toBe('pending');
      const again = { entry: await change(), statement: statement() };
      expect(verdict(await approve(alice, device.requestId, again))).toBe('200 ok');
    });
  });

  it('is called what its owner calls it, which nobody else reads', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const [mine] = await devicesOf(alice);
    const path = `/v1/devices/${mine?.id}`;
    const json = { nameCt: 'c'.repeat(60) };
    expect((await alice.send('PATCH', path, { json })).body).toMatchObject(json);
    expect(verdict(await bob.send('PATCH', path, { json: { nameCt: 'd'.repeat(60) } }))).toBe('404 not_found');
    expect(await devicesOf(alice)).toMatchObject([json]);
    expect(verdict(await alice.send('PATCH', path, { json: { nameCt: 'plain name' } }))).toBe('400 request_invalid');
  });

  describe('one that is shut out', () => {
    it('is out at once: its keys, its sessions, what was sealed to it', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const [hers, his] = [await addDevice(gateway(), alice), await addDevice(gateway(), bob)];
      const elsewhere = await signIn(gateway(), hers.identity);
      expect((await revokeDevice(alice, hers)).status).toBe(204);
      for (const session of [hers, elsewhere])
        expect(verdict(await session.send('GET', '/v1/me'))).toBe('401 session_revoked');
      await expect(signIn(gateway(), hers.identity)).rejects.toThrow('key_not_authorized');
      expect((await alice.send('GET', '/v1/keys/wraps')).body.items).toEqual([]);
      expect((await devicesOf(alice)).map(({ authKid }) => authKid)).toEqual([alice.identity.jkt]);
      expect(verdict(await alice.send('GET', '/v1/me'))).toBe('200 ok');
      expect(verdict(await his.send('GET', '/v1/me'))).toBe('200 ok');
      expect(verdict(await revokeDevice(alice, hers))).toBe('404 not_found');
    });

    it('loses all its keys, and no other device loses any', async () => {
      const alice = await signIn(gateway());
      const [second, third] = [await addDevice(gateway(), alice), await addDevice(gateway(), alice)];
      const extra = (await newSealingKey()).logged;
      await appendChange(alice, { op: 'add', keys: [extra], deviceId: second.deviceId });
      const [auth = '', enc = ''] = second.kids;
      expect((await devicesOf(alice)).find(({ id }) => id === second.deviceId)).toMatchObject({ encKid: extra.kid });
      expect(await devicesOf(alice)).toHaveLength(3);
      const shutOut = async (kids: string[]) => {
        const json = { entry: await nextEntry(alice, { op: 'revoke', kids }) };
        return verdict(await alice.send('DELETE', `/v1/devices/${second.deviceId}`, { json }));
      };
      for (const kids of [[auth], [auth, enc], [auth, enc, extra.kid, ...third.kids], [...third.kids], [auth, auth]])
        expect(await shutOut(kids)).toBe('422 key_log_invalid');
      expect(await shutOut([auth, enc, extra.kid])).toBe('204 ok');
      expect((await devicesOf(alice)).map(({ id }) => id)).not.toContain(second.deviceId);
      expect((await alice.send('GET', '/v1/keys/wraps')).body.items).toMatchObject([{ kid: third.kids[1] }]);
    });

    it('is not the stronger one', async () => {
      const alice = await signIn(gateway());
      const second = await addDevice(gateway(), alice);
      const [first] = await devicesOf(alice);
      const json = { entry: await nextEntry(second, { op: 'revoke', kids: [alice.identity.jkt] }) };
      expect(verdict(await second.send('DELETE', `/v1/devices/${first?.id}`, { json }))).toBe('422 key_log_invalid');
      expect(verdict(await alice.send('GET', '/v1/me'))).toBe('200 ok');
    });
  });

  it('of somebody else are as unknown as any', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const waiting = await askForDevice(gateway(), alice.identity.did);
    const [hers] = await devicesOf(alice);
    const json = { nameCt: 'c'.repeat(60) };
    const entry = await nextEntry(bob, { op: 'revoke', kids: [alice.identity.jkt] });
    const statement = 'A'.repeat(86);
    for (const [theirs, unknown] of [
      [hers?.id ?? '', uuidv7()],
      [hers?.id ?? '', 'no-uuid'],
    ] as const) {
      const tries = (id: string) =>
        Promise.all([
          bob.send('PATCH', `/v1/devices/${id}`, { json }),
          bob.send('DELETE', `/v1/devices/${id}`, { json: { entry } }),
        ]);
      const [foreign, none] = [await tries(theirs), await tries(unknown)];
      expect(foreign.map(verdict)).toEqual(['404 not_found', '404 not_found']);
      expect(foreign.map(imprintOf)).toEqual(none.map(imprintOf));
    }
    const answers = await Promise.all(
      [waiting.requestId, uuidv7()].map(async (id) => [
        imprintOf(await bob.send('DELETE', `/v1/devices/requests/${id}`)),
        imprintOf(await approve(bob, id, { entry, statement })),
      ]),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(await stateOf(waiting.requestId)).toBe('pending');
  });
});
