/**
 * The key log and what hangs on it, raced: twenty connections of two gateways append, revoke and sign in at the same moment.
 * The other guards of master are in races.test.ts.
 */
import { randomBytes } from 'node:crypto';
import { uuidv7 } from '@vivim/contract/random';
import { describe, expect, it } from 'vitest';
import { useCrowd } from '../../../../test/kit/crowd.ts';
import { newIdentityRow } from '../../../../test/kit/identity-rows.ts';
import { describeMasters } from '../../../../test/kit/masters.ts';
import { createIdentity, type NewIdentity } from './identities.ts';
import { appendEntry, type NewEntry, readKeyLog } from './key-log.ts';
import { useCredential } from './passkeys.ts';
import { openSession } from './session-opening.ts';
import { findSession } from './sessions.ts';

const now = new Date('2026-11-23T06:00:00.000Z');
const minute = 60_000;
const later = (ms: number) => new Date(now.getTime() + ms);
const bytes = () => new Uint8Array(randomBytes(32));
const idleMs = { cookie: minute, dpop: minute, oauth: minute, pat: minute };
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

  it.each(rounds)('a key that is revoked meanwhile opens no session that lives on (%i)', async () => {
    const person = await newPerson();
    const { kid } = person.key;
    const session = () => ({
      sessionId: uuidv7(),
      kind: 'dpop' as const,
      jkt: 'thumbprint',
      scopes: ['account:read'] as const,
      audience: 'v1',
      tokens: [{ hash: bytes(), type: 'access' as const, expiresAt: later(30 * minute) }],
      idleExpiresAt: later(30 * minute),
      absoluteExpiresAt: later(30 * minute),
    });
    const opened = await at20(async (one, index) => {
      if (index === 10) {
        const { added: _, ...entry } = adding(person, 'none');
        await appendEntry(one, { ...entry, added: [], device: null, revoked: [kid] }, now);
        return null;
      }
      const fresh = session();
      const answer = await openSession(one, fresh, { kid, did: null, amr: 'key', network: '192.0.2.0/24' }, now);
      return answer === null ? null : fresh.tokens[0]?.hash;
    });
    for (const tokenHash of opened) {
      if (tokenHash == null) continue;
      const found = await findSession(master(), { tokenHash, proof: null, idleMs, network: 'unknown' }, now);
      expect(found).toMatchObject({ revoked: true });
    }
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
