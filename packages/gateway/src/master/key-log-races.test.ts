/**
 * The key log and what hangs on it, raced: twenty connections of two gateways append, revoke and sign in at the same moment.
 * The other guards of master are in races.test.ts.
 */
import { randomBytes } from 'node:crypto';
import type { UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { describe, expect, it } from 'vitest';
import { useCrowd } from '../../../../test/kit/crowd.ts';
import { newIdentityRow } from '../../../../test/kit/identity-rows.ts';
import { describeMasters } from '../../../../test/kit/masters.ts';
import { openConsent } from './application-sessions.ts';
import type { Master } from './db.ts';
import { createIdentity, type NewIdentity } from './identities.ts';
import { appendEntry, type NewEntry, readKeyLog } from './key-log.ts';
import { putPayload } from './oauth-payloads.ts';
import { useCredential } from './passkeys.ts';
import { endAllSessions, listSessions } from './session-ending.ts';
import { handOutSession, openSession } from './session-opening.ts';

const now = new Date('2026-11-23T06:00:00.000Z');
const minute = 60_000;
const later = (ms: number) => new Date(now.getTime() + ms);
const bytes = () => new Uint8Array(randomBytes(32));
/** Each race is run this often: once proves little. */
const rounds = Array.from({ length: 5 }, (_, index) => index);

describeMasters('of twenty at once', (kind) => {
  const { master, at20 } = useCrowd(kind);

  async function newPerson(): Promise<NewIdentity> {
    const person = newIdentityRow();
    await createIdentity(master(), person, now);
    return person;
  }

  const adding = ({ userId, entry }: NewIdentity, kid: string): NewEntry => ({
    userId,
    payload: { seq: 2, prev: 'p', op: 'add', keys: [] },
    signer: 'signer',
    signature: 'signature',
    hash: bytes(),
    prev: entry.hash,
    added: [
      {
        kid,
        alg: 'Ed25519',
        publicKey: randomBytes(32).toString('base64url'),
        purpose: 'device-auth',
        priority: 100,
      },
    ],
    revoked: [],
    guardians: null,
    device: { deviceId: uuidv7(), platform: 'cli', nameCt: null, approvedBy: null },
    frozenUntil: null,
    answers: null,
    credential: null,
  });

  it.each(rounds)('one goes behind the head, with its keys, the others leave nothing (%i)', async () => {
    const person = await newPerson();
    const outcomes = await at20((one, index) => appendEntry(one, adding(person, `${person.key.kid}-${index}`), now));
    expect(outcomes.map(String).sort()).toEqual(['appended', ...Array<string>(19).fill('moved')]);
    expect(await readKeyLog(master().db, person.userId)).toHaveLength(2);
    for (const table of ['keys', 'devices'] as const) {
      const rows = await master().db.selectFrom(table).where('user_id', '=', person.userId).selectAll().execute();
      expect(`${table} ${rows.length}`).toBe(`${table} 2`);
    }
  });

  it.each(rounds)('one of twenty people gets a key they all want, the others nothing at all (%i)', async (round) => {
    const people = await Promise.all(Array.from({ length: 20 }, newPerson));
    const outcomes = await at20((one, index) => {
      const person = people[index];
      if (person === undefined) throw new Error('there are twenty');
      return appendEntry(one, adding(person, `wanted-${round}`), now);
    });
    expect(outcomes.map(String).sort()).toEqual(['appended', ...Array<string>(19).fill('key_in_use')]);
    for (const [index, { userId }] of people.entries()) {
      const log = await readKeyLog(master().db, userId);
      expect(log).toHaveLength(outcomes[index] === 'appended' ? 2 : 1);
    }
  });

  describe('a device that is shut out meanwhile', () => {
    /** A session of the first device, and what the device may do with it at the last moment. */
    async function newDevice() {
      const person = await newPerson();
      const { kid } = person.key;
      const session = (kind: 'dpop' | 'pat') => ({
        sessionId: uuidv7(),
        kind,
        jkt: kind === 'dpop' ? 'thumbprint' : null,
        scopes: ['account:read'] as const,
        audience: 'v1',
        tokens: [{ hash: bytes(), type: kind === 'dpop' ? ('access' as const) : kind, expiresAt: later(30 * minute) }],
        idleExpiresAt: later(30 * minute),
        absoluteExpiresAt: later(30 * minute),
      });
      const signIn = async (one: Master) => {
        const opened = session('dpop');
        await openSession(one, opened, { kid, did: null, amr: 'key', network: '192.0.2.0/24' }, now);
        return opened.sessionId;
      };
      const { userId, device } = person;
      const made = { userId, actor: await signIn(master()), deviceId: device.deviceId };
      const nameless = { clientId: null, clientName: null, nameCt: null, network: null };
      const makeToken = (one: Master) => handOutSession(one, { ...session('pat'), ...made, ...nameless }, 50, now);
      const letIn = async (one: Master) => {
        const askedHash = bytes();
        const question = { model: 'Interaction' as const, idHash: askedHash, payload: {}, sessionId: null };
        await putPayload(master(), { ...question, expiresAt: later(minute) });
        const { idleExpiresAt, absoluteExpiresAt, sessionId } = session('pat');
        const application = { clientId: 'client', clientName: 'Notes', scope: 'memory:read', audience: 'mcp' };
        const consent = { askedHash, result: {}, sessionId, ...made, ...application, idleExpiresAt, absoluteExpiresAt };
        return openConsent(one, consent, now);
      };
      const shutOut = async (one: Master) => {
        const entry = adding(person, 'none');
        await appendEntry(one, { ...entry, added: [], device: null, revoked: [kid] }, now);
      };
      return { userId, signIn, makeToken, letIn, shutOut };
    }

    const openOf = async (userId: UserId) =>
      (await listSessions(master(), userId, now)).map(({ kind: one }) => one).sort();

    it.each(rounds)('signs in to nothing that lives on (%i)', async () => {
      const { userId, signIn, shutOut } = await newDevice();
      await at20<unknown>((one, index) => (index === 10 ? shutOut(one) : signIn(one)));
      expect(await openOf(userId)).toEqual([]);
    });

    it.each(rounds)('leaves no token for a script behind (%i)', async () => {
      const { userId, makeToken, shutOut } = await newDevice();
      await at20<unknown>((one, index) => (index === 10 ? shutOut(one) : makeToken(one)));
      expect(await openOf(userId)).toEqual([]);
    });

    it.each(rounds)('leaves no application behind (%i)', async () => {
      const { userId, letIn, shutOut } = await newDevice();
      await at20<unknown>((one, index) => (index === 10 ? shutOut(one) : letIn(one)));
      expect(await openOf(userId)).toEqual([]);
    });

    it.each(rounds)('nor does one whose sessions are all ended (%i)', async () => {
      const { userId, makeToken, letIn } = await newDevice();
      const work = (index: number) => (index % 2 === 0 ? makeToken : letIn);
      await at20<unknown>((one, index) =>
        index === 10 ? endAllSessions(one, { userId, except: null }) : work(index)(one),
      );
      expect(await openOf(userId)).toEqual([]);
    });
  });

  describe('passkeys', () => {
    const credentialOf = (credentialId: Uint8Array, kid: string) => ({
      credentialId,
      kid,
      rpId: 'localhost',
      signCount: 1,
      backupEligible: false,
      backedUp: false,
      encKid: null,
      nameCt: null,
      transports: [],
    });

    it.each(rounds)('one person gets a credential that twenty hand in (%i)', async () => {
      const people = await Promise.all(Array.from({ length: 20 }, newPerson));
      const credentialId = bytes();
      const outcomes = await at20((one, index) => {
        const person = people[index];
        if (person === undefined) throw new Error('there are twenty');
        const kid = `${person.key.kid}-passkey`;
        return appendEntry(one, { ...adding(person, kid), credential: credentialOf(credentialId, kid) }, now);
      });
      expect(outcomes.map(String).sort()).toEqual(['appended', ...Array<string>(19).fill('key_in_use')]);
    });

    it.each(rounds)('one signs in with a count that twenty bring (%i)', async () => {
      const person = await newPerson();
      const [credentialId, kid] = [bytes(), `${person.key.kid}-passkey`];
      await appendEntry(master(), { ...adding(person, kid), credential: credentialOf(credentialId, kid) }, now);
      const used = await at20((one) => useCredential(one, { credentialId, signCount: 2, backedUp: false }, now));
      expect(used.filter(Boolean)).toHaveLength(1);
    });
  });
});
