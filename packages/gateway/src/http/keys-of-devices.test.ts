/** Keys and the devices they are of, over real HTTP: what the log says of a device is what its owner sees and can revoke. */
import { generateKeyPairSync } from 'node:crypto';
import type { KeyLogHead, KeyLogPayload, LoggedKey } from '@vivim/contract/key-log';
import { entryBytes } from '@vivim/contract/key-log-bytes';
import { okpThumbprint } from '@vivim/contract/key-thumbprint';
import { uuidv7 } from '@vivim/contract/random';
import { expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { type IdentityKey, newIdentity } from '../../../../test/kit/proofs.ts';
import { type SignedIn, send, signIn, verdict } from '../../../../test/kit/sign-in.ts';

const rawKey = (curve: 'ed25519' | 'x25519') => {
  const { publicKey } = curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return publicKey.export({ format: 'jwk' }).x ?? '';
};

async function sealingKey(purpose: LoggedKey['purpose'] = 'device-enc', priority = 100): Promise<LoggedKey> {
  const publicKey = rawKey('x25519');
  const kid = await okpThumbprint('X25519', Buffer.from(publicKey, 'base64url'));
  return { kid, alg: 'X25519', publicKey, purpose, priority };
}

async function newSigningKey(): Promise<LoggedKey> {
  const publicKey = rawKey('ed25519');
  const kid = await okpThumbprint('Ed25519', Buffer.from(publicKey, 'base64url'));
  return { kid, alg: 'Ed25519', publicKey, purpose: 'device-auth', priority: 100 };
}

const signed = (signer: IdentityKey, payload: KeyLogPayload) => ({
  payload,
  signer: signer.jkt,
  signature: signer.sign(new TextDecoder().decode(entryBytes(payload))),
});

async function place(person: SignedIn) {
  const { body } = await person.send('GET', '/v1/keys/log');
  const { seq, hash } = body.head as KeyLogHead;
  return { seq: seq + 1, prev: hash };
}

interface Seen {
  readonly id: string;
  readonly authKid: string | null;
  readonly encKid: string | null;
  readonly current: boolean;
}

const devicesOf = async (person: SignedIn) => (await person.send('GET', '/v1/devices')).body.items as Seen[];

describeOnMaster('keys and the devices they are of', (kind) => {
  const gateway = useGateway(kind);
  const append = async (person: SignedIn, payload: KeyLogPayload) =>
    person.send('POST', '/v1/keys/log', { json: { entry: signed(person.identity, payload) } });

  it('a key that opens, added later, belongs to the device that is named and goes with it', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const [device] = await devicesOf(alice);
    const key = await sealingKey();
    const deviceId = device?.id ?? '';
    expect(verdict(await append(alice, { ...(await place(alice)), op: 'add', keys: [key], deviceId }))).toBe('200 ok');
    expect(await devicesOf(alice)).toMatchObject([{ id: deviceId, encKid: key.kid, current: true }]);
    const wraps = await alice.send('GET', '/v1/keys/wraps');
    expect(wraps.body.items).toMatchObject([{ kid: key.kid }]);

    // Bob names Alice's device: his key is his, and of none of her devices.
    const his = await sealingKey();
    await append(bob, { ...(await place(bob)), op: 'add', keys: [his], deviceId });
    expect(await devicesOf(alice)).toMatchObject([{ encKid: key.kid }]);
    expect((await devicesOf(bob)).map(({ encKid }) => encKid)).toEqual([null]);
  });

  it('a key that signs in brings the device it names, and revoking the device takes both its keys', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const keys = [await newSigningKey(), await sealingKey()];
    const deviceId = uuidv7();
    expect(verdict(await append(alice, { ...(await place(alice)), op: 'add', keys, deviceId }))).toBe('200 ok');
    expect((await devicesOf(alice)).find(({ id }) => id === deviceId)).toMatchObject({
      authKid: keys[0]?.kid,
      encKid: keys[1]?.kid,
    });
    // A device of somebody else's is not taken over by naming it.
    const taken = [await newSigningKey()];
    await append(bob, { ...(await place(bob)), op: 'add', keys: taken, deviceId });
    expect((await devicesOf(bob)).map(({ id }) => id)).not.toContain(deviceId);
    expect((await devicesOf(alice)).filter(({ id }) => id === deviceId)).toHaveLength(1);

    const kids = keys.map(({ kid }) => kid);
    const entry = signed(alice.identity, { ...(await place(alice)), op: 'revoke', kids });
    expect((await alice.send('DELETE', `/v1/devices/${deviceId}`, { json: { entry } })).status).toBe(204);
    expect((await devicesOf(alice)).map(({ id }) => id)).not.toContain(deviceId);
  });

  it('an account older than the log begins it with its own key, and has a device from then on', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const { db } = gateway().master;
    const { body } = await alice.send('GET', '/v1/keys/log');
    const [first] = (body.entries as { payload: { keys: LoggedKey[] } }[])[0]?.payload.keys ?? [];
    await db.deleteFrom('key_log').where('user_id', '=', alice.userId).execute();
    await db.deleteFrom('devices').where('user_id', '=', alice.userId).execute();
    await db.updateTable('keys').set({ device_id: null }).where('user_id', '=', alice.userId).execute();
    const fresh = { key_log_seq: 0, key_log_head: null };
    await db.updateTable('users').set(fresh).where('user_id', '=', alice.userId).execute();
    const deviceId = uuidv7();
    const keys = first === undefined ? [] : [first];
    const entry = signed(bob.identity, { seq: 1, prev: null, op: 'add', keys, deviceId });
    expect(verdict(await alice.send('POST', '/v1/keys/log', { json: { entry } }))).toBe('422 key_log_invalid');
    expect(verdict(await append(alice, { ...(await place(alice)), op: 'add', keys, deviceId }))).toBe('200 ok');
    expect(await devicesOf(alice)).toMatchObject([{ id: deviceId, authKid: alice.identity.jkt }]);
  });

  it('guardians change while the key on paper stays', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const paper = { ...(await newSigningKey()), purpose: 'recovery', priority: 0 } as const;
    const recovery = { sign: paper, enc: await sealingKey('recovery-enc', 0) };
    const set = async (guardians: { dids: string[]; threshold: number } | null) =>
      append(alice, { ...(await place(alice)), op: 'setRecovery', recovery, guardians });
    expect(verdict(await set(null))).toBe('200 ok');
    expect(verdict(await set({ dids: [bob.identity.did], threshold: 1 }))).toBe('200 ok');
    const { body } = await alice.send('GET', '/v1/recovery');
    expect(body).toMatchObject({ recoveryKid: paper.kid, guardians: { threshold: 1 } });
    expect((await alice.send('GET', '/v1/me')).body.access).toMatchObject({ recoveryKey: true, guardians: true });
    const open = await sealingKey('device-enc');
    await append(alice, { ...(await place(alice)), op: 'add', keys: [open] });
    const wrong = { ...recovery, enc: { ...open, purpose: 'recovery-enc', priority: 0 } as const };
    const answer = await append(alice, {
      ...(await place(alice)),
      op: 'setRecovery',
      recovery: wrong,
      guardians: null,
    });
    expect(verdict(answer)).toBe('422 key_log_invalid');
  });

  it('guardians vouch, and whoever waits is told who did once it is ready', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const guardians = { dids: [bob.identity.did], threshold: 1 };
    await append(alice, { ...(await place(alice)), op: 'setRecovery', recovery: null, guardians });
    const next = newIdentity();
    const asked = await send(gateway(), 'POST', '/v1/auth/challenge', {
      json: { did: next.did, jkt: next.jkt, purpose: 'recovery' },
    });
    const challengeId = String(asked.body.challengeId);
    const request = await send(gateway(), 'POST', '/v1/recovery/requests', {
      json: {
        account: alice.identity.did,
        proof: { challengeId, kid: next.kid, signature: next.sign(String(asked.body.message)) },
        encKey: rawKey('x25519'),
        platform: 'web',
        method: 'guardians',
      },
    });
    expect(request.body).toMatchObject({ state: 'waiting', approvals: 0, vouchers: [] });
    const text = `VIVIM-RECOVER-V1\n${JSON.stringify({ account: alice.identity.did, kid: next.jkt, request: challengeId })}`;
    const approval = { kid: bob.identity.jkt, did: bob.identity.did, signature: bob.identity.sign(text) };
    const path = `/v1/recovery/requests/${String(request.body.id)}`;
    expect((await bob.send('POST', `${path}/approvals`, { json: approval })).status).toBe(204);
    expect((await send(gateway(), 'GET', path)).body).toMatchObject({ state: 'pending', approvals: 1, vouchers: [] });
    gateway().clockOffsetMs += 73 * 3_600_000;
    expect((await send(gateway(), 'GET', path)).body).toMatchObject({ state: 'ready', vouchers: [approval] });
  });
});
