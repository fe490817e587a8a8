/**
 * Every guard of master, raced: twenty connections of two gateways want the same thing at the same moment, and one gets it.
 * What happens later, or twice in a row, is in master.test.ts.
 */
import { createHash, randomBytes } from 'node:crypto';
import { uuidv7 } from '@vivim/contract/random';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { useCrowd } from '../../../../test/kit/crowd.ts';
import { newIdentityRow } from '../../../../test/kit/identity-rows.ts';
import { describeMasters } from '../../../../test/kit/masters.ts';
import { appendAudit, auditText } from './audit.ts';
import { storeChallenge, takeChallenge } from './challenges.ts';
import { settleDeviceRequest, storeDeviceRequest } from './devices.ts';
import { claimErasure } from './erasures.ts';
import { createIdentity, moveStatus, type NewIdentity } from './identities.ts';
import { addApproval, storeRecoveryRequest, takeRecovery, vetoRecovery } from './recovery.ts';
import { useProofOnce } from './replay.ts';
import { advanceFence } from './routing.ts';
import { endSession } from './session-ending.ts';
import { openSession, rotateRefresh } from './session-opening.ts';
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
  const winners = (outcomes: readonly unknown[]): number => outcomes.filter((won) => won === true).length;

  async function newPerson(): Promise<NewIdentity> {
    const person = newIdentityRow();
    await createIdentity(master(), person, now);
    return person;
  }

  /** A session bound to a key called `thumbprint`. */
  async function newSession() {
    const person = await newPerson();
    const [access, refresh] = [bytes(), bytes()];
    const sessionId = uuidv7();
    const session = {
      sessionId,
      kind: 'dpop' as const,
      jkt: 'thumbprint',
      scopes: ['account:read'] as const,
      audience: 'v1',
      tokens: [
        { hash: access, type: 'access' as const, expiresAt: later(30 * minute) },
        { hash: refresh, type: 'refresh' as const, expiresAt: later(30 * minute) },
      ],
      idleExpiresAt: later(30 * minute),
      absoluteExpiresAt: later(30 * minute),
    };
    await openSession(master(), session, { kid: person.key.kid, did: null, amr: 'key', network: '192.0.2.0/24' }, now);
    return { person, sessionId, access, refresh };
  }

  const rotation = (tokenHash: Uint8Array, proof = bytes()) => ({
    tokenHash,
    proof: { hash: proof, jkt: 'thumbprint', expiresAt: later(90 * minute) },
    access: { hash: bytes(), type: 'access' as const, expiresAt: later(20 * minute) },
    refresh: { hash: bytes(), type: 'refresh' as const, expiresAt: later(20 * minute) },
    graceMs: 30_000,
    idleExpiresAt: later(30 * minute),
  });

  it.each(rounds)('one takes a challenge (%i)', async () => {
    const challengeId = uuidv7();
    await storeChallenge(master(), {
      challengeId,
      purpose: 'login',
      did: 'did:key:z',
      kid: 'did:key:z#z',
      alg: 'Ed25519',
      publicKey: bytes(),
      documentDigest: null,
      jkt: 'j',
      messageHash: bytes(),
      expiresAt: later(2 * minute),
    });
    const taken = await at20((one) => takeChallenge(one, challengeId, ['login'], now));
    expect(taken.filter((challenge) => challenge !== null)).toHaveLength(1);
  });

  it.each(rounds)('one registers a key (%i)', async (round) => {
    const made = await at20((one) => createIdentity(one, newIdentityRow(`same-${round}`), now));
    expect(made.filter((answer) => answer === 'key_in_use')).toHaveLength(19);
    const { rows } = await sql<{ users: number; keys: number; routing: number; log: number; devices: number }>`
      with mine as (select user_id from keys where kid = ${`same-${round}`})
      select (select count(*)::int from mine) as keys,
        (select count(*)::int from users where user_id in (select * from mine)) as users,
        (select count(*)::int from routing where user_id in (select * from mine)) as routing,
        (select count(*)::int from key_log where user_id in (select * from mine)) as log,
        (select count(*)::int from devices where user_id in (select * from mine)) as devices`.execute(master().db);
    expect(rows).toEqual([{ keys: 1, users: 1, routing: 1, log: 1, devices: 1 }]);
  });

  it('each gets a fence of their own', async () => {
    const { storageId } = await newPerson();
    const rows = await at20((one) => advanceFence(one, storageId));
    expect(rows.map((row) => row?.fence).sort((a = 0, b = 0) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  describe('proofs', () => {
    it.each(rounds)('one uses a proof to sign in (%i)', async () => {
      const proof = { hash: bytes(), expiresAt: later(minute) };
      expect(winners(await at20((one) => useProofOnce(one, proof)))).toBe(1);
    });

    it.each(rounds)('one uses a proof with a session (%i)', async () => {
      const { access } = await newSession();
      const proof = { hash: bytes(), jkt: 'thumbprint', expiresAt: later(minute) };
      const query = { tokenHash: access, proof, idleMs, network: 'unknown' };
      const found = await at20((one) => findSession(one, query, now));
      expect(winners(found.map((session) => session?.freshProof))).toBe(1);
    });

    it.each(rounds)('one uses a proof to refresh (%i)', async () => {
      const { refresh } = await newSession();
      const proof = bytes();
      const outcomes = await at20((one) => rotateRefresh(one, rotation(refresh, proof), now));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(
        ['renewed', ...Array<string>(19).fill('replayed')].sort(),
      );
    });
  });

  describe('refresh tokens', () => {
    it('all of twenty tabs get tokens of their own within the grace', async () => {
      const { refresh, sessionId } = await newSession();
      const outcomes = await at20((one) => rotateRefresh(one, rotation(refresh), now));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array<string>(20).fill('renewed'));
      const { rows } = await sql<{ generation: number; count: number }>`
        select generation, count(*)::int from tokens where session_id = ${sessionId}::uuid
        group by generation order by generation`.execute(master().db);
      expect(rows).toEqual([
        { generation: 0, count: 2 },
        { generation: 1, count: 40 },
      ]);
    });

    it.each(rounds)('nobody gets any after it, the session ends, and that is found out once (%i)', async () => {
      const { refresh, access } = await newSession();
      await rotateRefresh(master(), rotation(refresh), now);
      const outcomes = await at20((one) => rotateRefresh(one, rotation(refresh), later(31_000)));
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(
        [...Array<string>(19).fill('refused'), 'reused'].sort(),
      );
      const query = { tokenHash: access, proof: null, idleMs, network: 'unknown' };
      expect(await findSession(master(), query, later(31_000))).toMatchObject({ revoked: true });
    });
  });

  it.each(rounds)('one ends a session (%i)', async () => {
    const { person, sessionId } = await newSession();
    const ended = await at20((one) => endSession(one, { userId: person.userId, sessionId, reason: 'test' }, now));
    expect(winners(ended)).toBe(1);
  });

  it.each(rounds)('one settles the request of a device, one way (%i)', async () => {
    const { userId } = await newPerson();
    const requestId = uuidv7();
    const request = {
      requestId,
      userId,
      deviceId: uuidv7(),
      account: 'did:key:z',
      did: 'did:key:z',
      kid: 'k',
      alg: 'Ed25519' as const,
      publicKey: bytes(),
      encKey: 'e',
      platform: 'cli' as const,
      createdAt: now,
      expiresAt: later(10 * minute),
    };
    await storeDeviceRequest(master(), request);
    const settled = await at20((one, index) =>
      settleDeviceRequest(one.db, { userId, requestId, state: index % 3 === 0 ? 'refused' : 'approved' }, now),
    );
    expect(winners(settled)).toBe(1);
  });

  describe('recovery', () => {
    async function newRequest(threshold: number) {
      const { userId } = await newPerson();
      const requestId = uuidv7();
      await storeRecoveryRequest(master(), {
        requestId,
        userId,
        account: 'did:key:z',
        method: threshold === 1 ? 'recovery-key' : 'guardians',
        challengeId: uuidv7(),
        did: 'did:key:z',
        kid: 'k',
        alg: 'Ed25519',
        publicKey: bytes(),
        encKey: 'e',
        platform: 'cli',
        deviceId: uuidv7(),
        approvals: [],
        threshold,
        notBefore: threshold === 1 ? now : null,
        createdAt: now,
        expiresAt: later(60 * minute),
        state: threshold === 1 ? 'pending' : 'waiting',
      });
      return { userId, requestId };
    }

    it.each(rounds)('one takes it, or one stops it (%i)', async () => {
      const { userId, requestId } = await newRequest(1);
      const outcomes = await at20((one, index) =>
        index === 7 ? vetoRecovery(one, userId, requestId) : takeRecovery(one.db, { userId, requestId }, now),
      );
      expect(winners(outcomes)).toBe(1);
    });

    it.each(rounds)('a guardian counts once, and the wait begins once (%i)', async (round) => {
      const { requestId } = await newRequest(2);
      const counted = await at20((one, index) => {
        const approval = { kid: 'k', did: `did:key:${index % 2}`, signature: 's' };
        return addApproval(one, { requestId, approval, notBefore: later(index * minute) }, now);
      });
      expect(winners(counted)).toBe(2);
      const row = await master()
        .db.selectFrom('recovery_requests')
        .where('request_id', '=', requestId)
        .selectAll()
        .executeTakeFirstOrThrow();
      expect([round, row.state, row.approvals.map(({ did }) => did).sort()]).toEqual([
        round,
        'pending',
        ['did:key:0', 'did:key:1'],
      ]);
    });
  });

  it.each(rounds)('one moves an account from one state to another (%i)', async () => {
    const { userId } = await newPerson();
    const moved = await at20((one) =>
      moveStatus(one, { userId, from: ['active'], to: 'deleting', eraseAt: later(minute) }),
    );
    expect(winners(moved)).toBe(1);
  });

  describe('erasures', () => {
    const claim = (index: number) => ({ node: `node ${index}`, shard: 'local', until: later(minute) });
    const newDue = async () => {
      const { userId } = await newPerson();
      await moveStatus(master(), { userId, from: ['active'], to: 'deleting', eraseAt: now });
      return userId;
    };

    it.each(rounds)('each of twenty servers takes another account, and nobody one twice (%i)', async () => {
      const due = await Promise.all(Array.from({ length: 10 }, newDue));
      const claims = await at20((one, index) => claimErasure(one, claim(index), now));
      const taken = claims.filter((claimed) => claimed !== null);
      expect(new Set(taken.map(({ routing }) => routing.userId)).size).toBe(taken.length);
      const left = await Promise.all(due.map(() => claimErasure(master(), claim(20), now)));
      const all = [...taken, ...left.filter((claimed) => claimed !== null)].map(({ routing }) => routing.userId);
      expect(all.sort()).toEqual([...due].sort());
    });

    it.each(rounds)('one takes an account, or its owner keeps it (%i)', async (round) => {
      const userId = await newDue();
      const outcomes = await at20(async (one, index) =>
        index === round * 4
          ? moveStatus(one, { userId, from: ['deleting'], to: 'active', eraseAt: null })
          : (await claimErasure(one, claim(index), now)) !== null,
      );
      expect(winners(outcomes)).toBe(1);
    });
  });

  it.each(rounds)('each has a place of their own in the audit chain, without a gap (%i)', async () => {
    const { userId: chain } = await newPerson();
    const placed = await Promise.all(
      [1, 2, 3].map(() =>
        at20((one, index) =>
          appendAudit(one, { chain, event: 'session.opened', actor: 'guest', ref: String(index) }, later(index)),
        ),
      ),
    );
    expect(placed.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    const rows = await master().db.selectFrom('audit').where('chain', '=', chain).orderBy('seq').selectAll().execute();
    let prev = Buffer.alloc(0);
    for (const { seq, event, actor, ref, meta, at, hash, prev: named } of rows) {
      const place = Buffer.alloc(8);
      place.writeBigInt64BE(BigInt(seq));
      const text = auditText({ event, actor, ref, meta, at });
      expect([seq, Buffer.from(named)]).toEqual([seq, prev]);
      prev = createHash('sha256').update(prev).update(place).update(text).digest();
      expect([seq, Buffer.from(hash)]).toEqual([seq, prev]);
    }
  });

  it('as many pass a limit as it lets through, and each key is counted apart', async () => {
    const rule = { scope: 'challenge', points: 5, seconds: 60 };
    const key = bytes();
    const waits = await at20((one) => one.rateLimits.count(rule, key));
    expect(waits.filter((wait) => wait === null)).toHaveLength(5);
    expect(Math.max(...waits.map((wait) => wait ?? 0))).toBeLessThanOrEqual(60_000);
    expect(await master().rateLimits.count(rule, bytes())).toBeNull();
    expect(await master().rateLimits.count({ ...rule, points: 0 }, key)).toBeNull();
  });
});
