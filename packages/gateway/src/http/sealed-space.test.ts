/**
 * Sealing over real HTTP: who may, what has to be there before, what is answered while a space is locked, and whose key opens
 * it. Two people in each.
 */

import { UserId } from '@vivim/contract/ids';
import { PasskeyOptions } from '@vivim/contract/passkeys';
import { expect, it } from 'vitest';
import {
  askMcp,
  connectApplication,
  newApplication,
  TestBrowser,
  verdictOf,
} from '../../../../test/kit/applications.ts';
import { addDevice, approvalOf, askForDevice } from '../../../../test/kit/devices.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { appendChange, newSealingKey, nextEntry } from '../../../../test/kit/keyring.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { newAuthenticator } from '../../../../test/kit/passkeys.ts';
import { askForRecovery, completeRecovery, vouch } from '../../../../test/kit/recovery.ts';
import { keyOpenedBy, type Openers, sealedSpaceKey, twoOpeners } from '../../../../test/kit/sealed.ts';
import { type SignedIn, send, signIn, signInBrowser, verdict } from '../../../../test/kit/sign-in.ts';
import { findRouting } from '../master/routing.ts';

describeOnMaster('a sealed space', (kind) => {
  const gateway = useGateway(kind, { recoveryDelayMs: 0 });
  const events = async (person: SignedIn) =>
    ((await person.send('GET', '/v1/account/log')).body.items as { event: string }[]).map(({ event }) => event);
  const stateOf = async (person: SignedIn) => (await person.send('GET', '/v1/space/seal')).body.state;
  const readSpace = async (person: SignedIn) => verdict(await person.send('GET', '/v1/space'));
  const unlock = (person: SignedIn, key: string | null) =>
    person.send('POST', '/v1/space/unlock', { json: { key: key ?? '' } });

  /** Sealed and locked, with what opens it. */
  async function locked(): Promise<{ person: SignedIn; openers: Openers; key: string }> {
    const person = await signIn(gateway());
    const openers = await twoOpeners(person);
    const key = (await keyOpenedBy(person, openers.device)) ?? '';
    expect(verdict(await person.send('POST', '/v1/space/seal'))).toBe('200 ok');
    expect((await person.send('POST', '/v1/space/lock')).body.state).toBe('locked');
    return { person, openers, key };
  }

  it('is not made where one loss would close it for good', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    await twoOpeners(bob);
    expect((await alice.send('GET', '/v1/space/seal')).body).toMatchObject({ openers: [], sealable: false });
    const refused = await alice.send('POST', '/v1/space/seal');
    expect([verdict(refused), refused.body.detail]).toEqual(['409 last_key', expect.stringContaining('lost for good')]);
    expect(await stateOf(alice)).toBe('open');
    expect(await events(alice)).not.toContain('space.sealed');
  });

  it('goes on while it is unlocked, answers 423 while it is locked, and the other person notices nothing', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const { device, paper } = await twoOpeners(alice);
    const key = await keyOpenedBy(alice, device);
    const sealed = await alice.send('POST', '/v1/space/seal');
    expect(sealed.body).toMatchObject({ state: 'unlocked', sealable: true, idleMinutes: 60 });
    expect(sealed.body.openers).toEqual(
      expect.arrayContaining([
        { kid: device.logged.kid, by: 'device' },
        { kid: paper.enc.logged.kid, by: 'recovery-key' },
      ]),
    );
    expect(await readSpace(alice)).toBe('200 ok');
    await alice.send('POST', '/v1/space/lock');
    const passed = gateway().passed.length;
    const refused = await alice.send('GET', '/v1/space');
    expect([verdict(refused), refused.body.title]).toEqual(['423 space_sealed', expect.stringContaining('unlock it')]);
    expect(gateway().passed).toHaveLength(passed);
    expect(verdict(await alice.send('GET', '/v1/me'))).toBe('200 ok');
    expect([await readSpace(bob), await stateOf(bob)]).toEqual(['200 ok', 'open']);
    expect((await unlock(alice, key)).body.state).toBe('unlocked');
    expect(await readSpace(alice)).toBe('200 ok');
    expect((await events(alice)).slice(0, 3)).toEqual(['space.unlocked', 'space.locked', 'space.sealed']);
    expect(await events(bob)).not.toContain('space.sealed');
  });

  it('is not opened by the key of another person, nor by another identity of the same one', async () => {
    const { person: alice, key } = await locked();
    const [bob, other] = [await signIn(gateway()), await signIn(gateway())];
    const [his, others] = [await sealedSpaceKey(bob), await sealedSpaceKey(other)];
    for (const wrong of [his, others, 'A'.repeat(43)]) {
      expect(verdict(await unlock(alice, wrong))).toBe('422 space_key_wrong');
      expect(verdict(await alice.send('POST', '/v1/space/unseal', { json: { key: wrong } }))).toBe(
        '422 space_key_wrong',
      );
    }
    // A right key handed in by somebody else is held against their own space.
    expect(verdict(await unlock(bob, key))).toBe('422 space_key_wrong');
    expect([await stateOf(alice), await stateOf(bob)]).toEqual(['locked', 'unlocked']);
    expect(verdict(await unlock(alice, 'short'))).toBe('400 request_invalid');
    expect((await unlock(alice, key)).body.state).toBe('unlocked');
  });

  it('is nothing a token unlocks, and tokens work only while it is unlocked', async () => {
    const { person: alice, key } = await locked();
    const scopes = ['memory:read', 'account:read'];
    const made = await alice.send('POST', '/v1/tokens', { json: { scopes, days: 1 } });
    expect(made.status).toBe(201);
    const headers = { authorization: `Bearer ${String(made.body.token)}` };
    const ask = async (method: string, path: string, json?: unknown) =>
      verdict(await send(gateway(), method, path, { headers, ...(json === undefined ? {} : { json }) }));
    expect(await ask('GET', '/v1/space')).toBe('423 space_sealed');
    expect(await ask('POST', '/v1/space/unlock', { key })).toBe('403 insufficient_scope');
    expect(await ask('GET', '/v1/keys/wraps')).toBe('403 insufficient_scope');
    expect(await ask('GET', '/v1/space/seal')).toBe('200 ok');
    await unlock(alice, key);
    expect(await ask('GET', '/v1/space')).toBe('200 ok');
  });

  it('takes a fresh signature to seal and to unseal, and none to unlock or to lock', async () => {
    const { person: alice, key } = await locked();
    const later = gateway().clockOffsetMs;
    gateway().clockOffsetMs = later + 6 * 60_000;
    try {
      expect(verdict(await alice.send('POST', '/v1/space/seal'))).toBe('401 stepup_required');
      expect(verdict(await alice.send('POST', '/v1/space/unseal', { json: { key } }))).toBe('401 stepup_required');
      expect(verdict(await unlock(alice, key))).toBe('200 ok');
      expect(verdict(await alice.send('POST', '/v1/space/lock'))).toBe('200 ok');
    } finally {
      gateway().clockOffsetMs = later;
    }
  });

  it('lets a new device in only while it is unlocked, and then the device opens it too', async () => {
    const { person: alice, key } = await locked();
    const asking = await askForDevice(gateway(), alice.identity.did);
    const approve = async () =>
      alice.send('POST', `/v1/devices/requests/${asking.requestId}/approval`, {
        json: await approvalOf(alice, asking),
      });
    expect(verdict(await approve())).toBe('423 space_sealed');
    await unlock(alice, key);
    expect(verdict(await approve())).toBe('200 ok');
    await alice.send('POST', '/v1/space/lock');
    const device = await signIn(gateway(), asking.identity);
    expect(await keyOpenedBy(device, asking.enc)).toBe(key);
    expect((await unlock(device, key)).body.state).toBe('unlocked');
  });

  it('keeps the last key that opens it', async () => {
    const { person: alice, openers, key } = await locked();
    const revoke = (...kids: string[]) => appendChange(alice, { op: 'revoke', kids });
    expect(verdict(await revoke(openers.device.logged.kid))).toBe('200 ok');
    const dropPaper = () =>
      appendChange(alice, { op: 'setRecovery', recovery: null, guardians: null }, openers.paper.sign);
    expect(verdict(await dropPaper())).toBe('409 last_key');
    expect(await keyOpenedBy(alice, openers.paper.enc)).toBe(key);
    await unlock(alice, key);
    expect(verdict(await dropPaper())).toBe('409 last_key');
    expect(verdict(await alice.send('POST', '/v1/space/unseal', { json: { key } }))).toBe('200 ok');
    expect(verdict(await dropPaper())).toBe('200 ok');
  });

  it('gives a key back what it opened when the entry that took it away is undone', async () => {
    const { person: alice, openers, key } = await locked();
    const entry = await nextEntry(alice, { op: 'revoke', kids: [openers.device.logged.kid] });
    expect(verdict(await alice.send('POST', '/v1/keys/log', { json: { entry } }))).toBe('200 ok');
    expect(await keyOpenedBy(alice, openers.device)).toBeNull();
    const undo = await appendChange(alice, { op: 'nullify', target: entry.payload.seq }, openers.paper.sign);
    expect(verdict(undo)).toBe('200 ok');
    expect(await keyOpenedBy(alice, openers.device)).toBe(key);
  });

  it('forgets what it kept for a key that was taken away once nothing can undo that any more', async () => {
    const { person: alice, openers } = await locked();
    const device = openers.device.logged.kid;
    await appendChange(alice, { op: 'revoke', kids: [device] });
    const row = await findRouting(gateway().master.db, UserId.parse(alice.userId));
    if (row === null) throw new Error('nobody of this id');
    await keyOpenedBy(alice, openers.paper.enc);
    const kept = async () => (await gateway().keyring.list(row)).map(({ kid }) => kid);
    expect(await kept()).toContain(device);
    const before = gateway().clockOffsetMs;
    gateway().clockOffsetMs = before + 73 * 3_600_000;
    try {
      const again = await signIn(gateway(), alice.identity);
      await again.send('GET', '/v1/keys/wraps');
      expect(await kept()).not.toContain(device);
    } finally {
      gateway().clockOffsetMs = before;
    }
  });

  it('is opened after a recovery with the words, which seal it to the new device; sealing and unsealing wait', async () => {
    const { person: alice, openers, key } = await locked();
    const recovery = await askForRecovery(gateway(), alice.identity.did, openers.paper.sign);
    expect(verdict(await completeRecovery(gateway(), recovery, await recovery.entry()))).toBe('204 ok');
    const back = await signIn(gateway(), recovery.identity);
    expect(await readSpace(back)).toBe('423 space_sealed');
    expect(await keyOpenedBy(back, recovery.enc)).toBeNull();
    const opened = await keyOpenedBy(back, openers.paper.enc);
    expect(opened).toBe(key);
    expect(verdict(await unlock(back, opened))).toBe('200 ok');
    expect(await keyOpenedBy(back, recovery.enc)).toBe(key);
    expect(verdict(await back.send('POST', '/v1/space/unseal', { json: { key } }))).toBe('403 recovery_frozen');
    expect(verdict(await back.send('POST', '/v1/space/seal'))).toBe('403 recovery_frozen');
  });

  it('stays closed to whoever guardians alone let back in', async () => {
    const { person: alice, openers, key } = await locked();
    const guardian = await signIn(gateway());
    const guardians = { dids: [guardian.identity.did], threshold: 1 };
    const named = { op: 'setRecovery', recovery: openers.paper.named, guardians } as const;
    expect(verdict(await appendChange(alice, named, openers.paper.sign))).toBe('200 ok');
    const recovery = await askForRecovery(gateway(), alice.identity.did);
    await vouch(guardian, recovery);
    expect(verdict(await completeRecovery(gateway(), recovery, await recovery.entry()))).toBe('204 ok');
    const back = await signIn(gateway(), recovery.identity);
    expect([await readSpace(back), await keyOpenedBy(back, recovery.enc)]).toEqual(['423 space_sealed', null]);
    // Nothing was destroyed by it: whoever finds the paper opens the space.
    expect(await keyOpenedBy(back, openers.paper.enc)).toBe(key);
  });

  it('of which nothing live is left that opens it keeps no new key out of the account', async () => {
    const alice = await signIn(gateway());
    const guardian = await signIn(gateway());
    const second = [await newSealingKey(), await newSealingKey()];
    await appendChange(alice, { op: 'add', keys: second.map(({ logged }) => logged) });
    const guardians = { dids: [guardian.identity.did], threshold: 1 };
    await appendChange(alice, { op: 'setRecovery', recovery: null, guardians });
    expect(verdict(await alice.send('POST', '/v1/space/seal'))).toBe('200 ok');
    await alice.send('POST', '/v1/space/lock');
    const recovery = await askForRecovery(gateway(), alice.identity.did);
    await vouch(guardian, recovery);
    expect(verdict(await completeRecovery(gateway(), recovery, await recovery.entry()))).toBe('204 ok');
    const back = await signIn(gateway(), recovery.identity);
    const added = await newSealingKey();
    expect(verdict(await appendChange(back, { op: 'add', keys: [added.logged] }))).toBe('200 ok');
    expect([await readSpace(back), await keyOpenedBy(back, added)]).toEqual(['423 space_sealed', null]);
    expect((await back.send('GET', '/v1/space/seal')).body).toMatchObject({ state: 'locked', openers: [] });
  });

  it('takes a passkey in when the same ceremony is handed in again after the unlock', async () => {
    const { person: alice, key } = await locked();
    const passkey = newAuthenticator(gateway().url);
    const enc = await newSealingKey('passkey-enc');
    const entry = await nextEntry(alice, { op: 'add', keys: [passkey.logged(), enc.logged] });
    const asked = await alice.send('POST', '/v1/webauthn/register/options');
    const { challengeId, options } = PasskeyOptions.parse(asked.body);
    const json = { challengeId, response: passkey.create(options), entry };
    const register = () => alice.send('POST', '/v1/webauthn/register/verify', { json });
    expect(verdict(await register())).toBe('423 space_sealed');
    await unlock(alice, key);
    expect((await register()).status).toBe(201);
    expect(await keyOpenedBy(alice, enc)).toBe(key);
  });

  it('is said to be shut to an application too, and an export of it is not noted as one', async () => {
    const { person: alice, key } = await locked();
    const browser = new TestBrowser([(await signInBrowser(gateway(), alice.identity)).cookie]);
    const { access } = await connectApplication(gateway(), await newApplication(gateway()), browser);
    const refused = await askMcp(gateway(), access);
    expect(verdictOf(refused)).toBe('423 space_sealed');
    expect(String(refused.body.error_description)).toContain('unlock it');
    expect(verdict(await alice.send('GET', '/v1/space/export'))).toBe('423 space_sealed');
    expect(await events(alice)).not.toContain('account.exported');
    await unlock(alice, key);
    expect((await askMcp(gateway(), access)).status).toBe(200);
  });

  it('counts a second device as the second way', async () => {
    const alice = await signIn(gateway());
    await appendChange(alice, { op: 'setRecovery', recovery: null, guardians: null });
    await addDevice(gateway(), alice);
    expect((await alice.send('GET', '/v1/space/seal')).body).toMatchObject({ sealable: false });
    await addDevice(gateway(), alice);
    expect((await alice.send('GET', '/v1/space/seal')).body).toMatchObject({ sealable: true });
  });
});
