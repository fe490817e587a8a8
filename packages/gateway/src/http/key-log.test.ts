/** The key log over real HTTP: appending, racing for the head, undoing, and what follows for keys, devices and sealed keys. */
import type { KeyLog, LoggedKey } from '@vivim/contract/key-log';
import { uuidv7 } from '@vivim/contract/random';
import type { SpaceKeyWrap } from '@vivim/contract/sealed';
import { openSpaceKey } from '@vivim/contract/sealing';
import { describe, expect, it } from 'vitest';
import { addDevice } from '../../../../test/kit/devices.ts';
import { useGateway } from '../../../../test/kit/gateway.ts';
import {
  appendChange,
  loggedKey,
  newSealingKey,
  nextEntry,
  nextPlace,
  signEntry,
} from '../../../../test/kit/keyring.ts';
import { describeOnMaster } from '../../../../test/kit/masters.ts';
import { flags, newAuthenticator, registerPasskey } from '../../../../test/kit/passkeys.ts';
import { newIdentity } from '../../../../test/kit/proofs.ts';
import { printRecoveryKey } from '../../../../test/kit/recovery.ts';
import { type SignedIn, send, signIn, verdict } from '../../../../test/kit/sign-in.ts';

const hour = 3_600_000;

describeOnMaster('the key log', (kind) => {
  const gateway = useGateway(kind);
  const logOf = async (person: SignedIn) => (await person.send('GET', '/v1/keys/log')).body as unknown as KeyLog;
  const kidsOf = async (person: SignedIn) =>
    ((await person.send('GET', '/v1/keys')).body.items as { kid: string }[]).map(({ kid }) => kid).sort();
  const wrapsOf = async (person: SignedIn) => (await person.send('GET', '/v1/keys/wraps')).body.items as SpaceKeyWrap[];
  const add = (person: SignedIn, ...keys: LoggedKey[]) => appendChange(person, { op: 'add', keys });

  it('begins with the text that registered the account, and goes on from there', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const key = (await newSealingKey()).logged;
    const answer = await add(alice, key);
    const { entries, head } = await logOf(alice);
    expect(answer.body).toEqual({ entries, head });
    expect(entries).toMatchObject([
      {
        payload: { seq: 1, prev: null, op: 'add', keys: [{ kid: alice.identity.jkt, priority: 10 }] },
        nullifiedBy: null,
      },
      { payload: { seq: 2, prev: entries[0]?.hash, op: 'add', keys: [key] }, signer: alice.identity.jkt },
    ]);
    expect(entries[0]?.payload).toMatchObject({ message: expect.stringContaining('urn:vivim:action:register') });
    expect(head).toEqual({ seq: 2, hash: entries[1]?.hash });
    expect((await logOf(bob)).entries).toHaveLength(1);
    expect(await kidsOf(alice)).toEqual([alice.identity.jkt, key.kid].sort());
    expect(await kidsOf(bob)).toEqual([bob.identity.jkt]);
  });

  it('has one head: of twenty entries for the same place one goes in', async () => {
    const alice = await signIn(gateway());
    const place = await nextPlace(alice);
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const entry = signEntry(alice.identity, { ...place, op: 'add', keys: [(await newSealingKey()).logged] });
        return alice.send('POST', '/v1/keys/log', { json: { entry } });
      }),
    );
    expect(answers.map(verdict).sort()).toEqual(['200 ok', ...Array<string>(19).fill('409 key_log_conflict')]);
    expect((await logOf(alice)).entries).toHaveLength(2);
    expect(await kidsOf(alice)).toHaveLength(2);
    expect(await wrapsOf(alice)).toHaveLength(1);
  });

  it('takes no entry twice, none of another log, and none that is not signed by a key of its own', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const entry = await nextEntry(alice, { op: 'add', keys: [(await newSealingKey()).logged] });
    const post = async (person: SignedIn, json: object) => verdict(await person.send('POST', '/v1/keys/log', { json }));
    expect(await post(bob, { entry })).toBe('409 key_log_conflict');
    expect(await post(alice, { entry: { ...entry, signature: 'A'.repeat(86) } })).toBe('422 key_log_invalid');
    expect(await post(alice, { entry: { ...entry, signer: bob.identity.jkt } })).toBe('422 key_log_invalid');
    const forged = signEntry(bob.identity, entry.payload);
    expect(await post(alice, { entry: forged })).toBe('422 key_log_invalid');
    expect(await post(alice, { entry: { ...forged, signer: alice.identity.jkt } })).toBe('422 key_log_invalid');
    expect(await post(alice, { entry })).toBe('200 ok');
    expect(await post(alice, { entry })).toBe('409 key_log_conflict');
    expect((await logOf(alice)).entries).toHaveLength(2);
  });

  it('takes keys that are safe, named by themselves, and nobody else’s', async () => {
    const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
    const key = (await newSealingKey()).logged;
    const small = Buffer.alloc(32, 0).toString('base64url');
    expect(verdict(await add(alice, { ...key, kid: bob.identity.jkt }))).toBe('422 key_log_invalid');
    expect(verdict(await add(alice, { ...key, publicKey: key.publicKey.slice(0, 42) }))).toBe('422 key_invalid');
    const nowhere = loggedKey(newIdentity(), 'device-auth');
    expect(verdict(await add(alice, nowhere))).toBe('422 key_log_invalid');
    const weak: LoggedKey = { ...loggedKey(newIdentity(), 'device-auth'), publicKey: small };
    expect(verdict(await add(alice, weak))).toBe('422 key_invalid');
    const his = loggedKey(bob.identity, 'device-auth');
    expect(verdict(await appendChange(alice, { op: 'add', keys: [his], deviceId: uuidv7() }))).toBe('409 key_in_use');
    expect((await logOf(alice)).entries).toHaveLength(1);
    expect(verdict(await add(alice, key))).toBe('200 ok');
    expect(verdict(await add(bob, key))).toBe('409 key_in_use');
  });

  it('keeps a key to sign in with', async () => {
    const alice = await signIn(gateway());
    expect(verdict(await appendChange(alice, { op: 'revoke', kids: [alice.identity.jkt] }))).toBe('409 last_key');
    expect(verdict(await alice.send('GET', '/v1/me'))).toBe('200 ok');
  });

  it('is of its owner alone, with a fresh signature for what changes it', async () => {
    const alice = await signIn(gateway());
    for (const path of ['/v1/keys', '/v1/keys/log', '/v1/keys/wraps'])
      expect(verdict(await send(gateway(), 'GET', path))).toBe('401 auth_required');
    const entry = await nextEntry(alice, { op: 'add', keys: [(await newSealingKey()).logged] });
    gateway().clockOffsetMs = 5 * 60_000 + 1_000;
    expect(verdict(await alice.send('POST', '/v1/keys/log', { json: { entry } }))).toBe('401 stepup_required');
    gateway().clockOffsetMs = 0;
    expect(verdict(await alice.send('POST', '/v1/keys/log', { json: { entry } }))).toBe('200 ok');
  });

  describe('undoing', () => {
    it('brings back keys and devices as they were, and takes away what came since', async () => {
      const alice = await signIn(gateway());
      const device = await addDevice(gateway(), alice);
      const before = await kidsOf(alice);
      // The second device shuts the first one out, which is stronger and does not let it.
      const weak = await appendChange(device, { op: 'revoke', kids: [alice.identity.jkt] });
      expect(verdict(weak)).toBe('422 key_log_invalid');
      const late = (await newSealingKey()).logged;
      expect(verdict(await add(device, late))).toBe('200 ok');
      expect(verdict(await appendChange(device, { op: 'revoke', kids: [...device.kids] }))).toBe('200 ok');
      expect(verdict(await device.send('GET', '/v1/me'))).toBe('401 session_revoked');
      const { head } = await logOf(alice);
      expect(verdict(await appendChange(alice, { op: 'nullify', target: head.seq - 1 }))).toBe('200 ok');
      expect(await kidsOf(alice)).toEqual(before);
      expect((await logOf(alice)).entries.map(({ nullifiedBy }) => nullifiedBy)).toEqual([null, null, 5, 5, null]);
      const devices = (await alice.send('GET', '/v1/devices')).body.items as { id: string; authKid: string }[];
      expect(devices.find(({ id }) => id === device.deviceId)).toMatchObject({ authKid: device.identity.jkt });
      expect((await signIn(gateway(), device.identity)).userId).toBe(alice.userId);
      expect((await wrapsOf(alice)).map(({ kid }) => kid)).toEqual([device.kids[1]]);
    });

    it('is for a stronger key, for three days', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const paper = await printRecoveryKey(alice);
      const undo = async (target: number, signer = alice.identity) =>
        verdict(await appendChange(await signIn(gateway(), alice.identity), { op: 'nullify', target }, signer));
      const added = (await newSealingKey()).logged;
      await add(alice, added);
      expect(await undo(3)).toBe('422 key_log_invalid');
      expect(await undo(3, bob.identity)).toBe('422 key_log_invalid');
      expect(await undo(9, paper)).toBe('422 key_log_invalid');
      gateway().clockOffsetMs = 72 * hour + 60_000;
      expect(await undo(3, paper)).toBe('422 key_log_invalid');
      gateway().clockOffsetMs = 71 * hour;
      expect(await undo(3, paper)).toBe('200 ok');
      gateway().clockOffsetMs = 0;
      const wraps = await wrapsOf(await signIn(gateway(), alice.identity));
      expect(wraps.map(({ kid }) => kid)).not.toContain(added.kid);
    });

    it('a recovery key that was replaced comes back, and its undoing is not undone by who replaced it', async () => {
      let alice = await signIn(gateway());
      const device = await addDevice(gateway(), alice);
      const paper = await printRecoveryKey(alice);
      const other = newIdentity();
      const recovery = { sign: loggedKey(other, 'recovery', 0), enc: (await newSealingKey('recovery-enc', 0)).logged };
      const change = { op: 'setRecovery', recovery, guardians: null } as const;
      expect(verdict(await appendChange(device, change))).toBe('422 key_log_invalid');
      const kidNow = async (person: SignedIn) => (await person.send('GET', '/v1/recovery')).body.recoveryKid;
      const lastEvent = async (person: SignedIn) => {
        const { items } = (await person.send('GET', '/v1/account/log')).body as { items: { event: string }[] };
        return items[0]?.event;
      };
      expect(verdict(await appendChange(alice, change))).toBe('200 ok');
      expect([await kidNow(alice), await lastEvent(alice)]).toEqual([paper.jkt, 'recovery.announced']);
      gateway().clockOffsetMs = 73 * hour;
      alice = await signIn(gateway(), alice.identity);
      const replaced = await appendChange(alice, change);
      const { seq } = (replaced.body as unknown as KeyLog).head;
      expect([await kidNow(alice), await lastEvent(alice)]).toEqual([other.jkt, 'recovery.set']);
      expect(verdict(await appendChange(alice, { op: 'nullify', target: seq }, paper))).toBe('200 ok');
      expect((await alice.send('GET', '/v1/recovery')).body).toMatchObject({ recoveryKid: paper.jkt });
      for (const signer of [alice.identity, device.identity, other, paper])
        expect(verdict(await appendChange(alice, { op: 'nullify', target: seq + 1 }, signer))).toBe(
          '422 key_log_invalid',
        );
      expect((await alice.send('GET', '/v1/recovery')).body).toMatchObject({ recoveryKid: paper.jkt });
    });
  });

  describe('sealed keys', () => {
    it('follow the log: sealed when a key comes in, gone when it goes', async () => {
      const [alice, bob] = [await signIn(gateway()), await signIn(gateway())];
      const [hers, his] = [await newSealingKey(), await newSealingKey()];
      await add(alice, hers.logged);
      await add(bob, his.logged);
      const [wrap, foreign] = [(await wrapsOf(alice))[0], (await wrapsOf(bob))[0]];
      if (wrap === undefined || foreign === undefined) throw new Error('nothing was sealed');
      expect(await openSpaceKey(wrap.sealed, hers.pair, wrap.kid)).toHaveLength(32);
      await expect(openSpaceKey(foreign.sealed, hers.pair, foreign.kid)).rejects.toThrow();
      await appendChange(alice, { op: 'revoke', kids: [hers.logged.kid] });
      expect(await wrapsOf(alice)).toEqual([]);
      expect(await wrapsOf(bob)).toHaveLength(1);
    });

    it('that could not be sealed are made up for when they are asked for', async () => {
      const alice = await signIn(gateway());
      const key = await newSealingKey();
      gateway().sealingDown = true;
      expect(verdict(await add(alice, key.logged))).toBe('200 ok');
      expect(verdict(await alice.send('GET', '/v1/keys/wraps'))).toBe('503 storage_integrity');
      gateway().sealingDown = false;
      const [wrap] = await wrapsOf(alice);
      expect(wrap?.kid).toBe(key.logged.kid);
    });
  });

  describe('a passkey that signs an entry', () => {
    async function withPasskey() {
      const alice = await signIn(gateway());
      const passkey = newAuthenticator(gateway().url, 'Ed25519');
      await registerPasskey(alice, passkey);
      const payload = async () => ({
        ...(await nextPlace(alice)),
        op: 'add' as const,
        keys: [(await newSealingKey()).logged],
      });
      const post = async (entry: object) => verdict(await alice.send('POST', '/v1/keys/log', { json: { entry } }));
      return { alice, passkey, payload, post };
    }

    it('is as good as any key of its strength', async () => {
      const { alice, passkey, payload, post } = await withPasskey();
      expect(await post(passkey.signEntry(await payload()))).toBe('200 ok');
      const { entries } = await logOf(alice);
      expect(entries.at(-1)).toMatchObject({ signer: passkey.kid, signature: { signature: expect.any(String) } });
      const revoke = { ...(await nextPlace(alice)), op: 'revoke' as const, kids: [alice.identity.jkt] };
      expect(await post(passkey.signEntry(revoke))).toBe('422 key_log_invalid');
    });

    it('signs that entry, on a page of this server, unlocked', async () => {
      const { alice, passkey, payload, post } = await withPasskey();
      const entry = await payload();
      const { signature: other } = passkey.signEntry(await payload());
      for (const bad of [
        { ...passkey.signEntry(entry), signature: other },
        passkey.signEntry(entry, { flags: flags.up }),
        passkey.signEntry(entry, { rpId: 'evil.example' }),
        passkey.signEntry(entry, { origin: 'https://evil.example' }),
        passkey.signEntry(entry, { clientData: { type: 'webauthn.create' } }),
        passkey.signEntry(entry, { clientData: { crossOrigin: true } }),
        { ...passkey.signEntry(entry), signer: alice.identity.jkt },
        { ...signEntry(alice.identity, entry), signer: passkey.kid },
        newAuthenticator(gateway().url).signEntry(entry),
      ])
        expect(await post(bad)).toBe('422 key_log_invalid');
      expect(await post(passkey.signEntry(entry))).toBe('200 ok');
    });
  });
});
