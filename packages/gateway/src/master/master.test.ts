/** Master's stores against real PostgreSQL servers: what happens at once, twice, or too late. */
import { randomBytes } from 'node:crypto';
import { StorageId, UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { describeMasters, makeDatabase, newMaster } from '../../../../test/kit/masters.ts';
import { storeChallenge, takeChallenge } from './challenges.ts';
import { type Master, openMaster } from './db.ts';
import { createIdentity, findPerson } from './identities.ts';
import { countAttempt, readAttempts } from './rate-limits.ts';
import { useProofOnce } from './replay.ts';
import { advanceFence, findRouting, markSpaceReady } from './routing.ts';
import { findSession, openSession, revokeByToken, revokeSession } from './sessions.ts';
import { sweep } from './sweep.ts';

const now = new Date('2026-11-23T06:00:00.000Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const bytes = (length = 32) => new Uint8Array(randomBytes(length));
const minute = 60_000;
const at20 = <T>(make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 20 }, (_, index) => make(index)));

const identity = (kid = randomBytes(8).toString('hex')) => ({
  userId: UserId.parse(uuidv7()),
  did: `did:key:${kid}`,
  method: 'key' as const,
  key: { kid, alg: 'Ed25519' as const, publicKey: bytes() },
  storageId: StorageId.parse(uuidv7()),
  shard: 'local',
  quotaBytes: 2 ** 40,
});

async function newSession(master: Master, kind: 'cookie' | 'dpop' = 'dpop') {
  const person = identity();
  await createIdentity(master, person, now);
  const session = {
    sessionId: uuidv7(),
    kid: person.key.kid,
    kind,
    jkt: 'thumbprint',
    scopes: ['memory:read', 'account:read'] as const,
    tokenHash: bytes(),
    tokenExpiresAt: later(30 * minute),
    idleExpiresAt: later(10 * minute),
    absoluteExpiresAt: later(30 * minute),
  };
  await openSession(master, session, now);
  const find = (when: Date, proof: { hash: Uint8Array; jkt: string } | null = null) =>
    findSession(
      master,
      { tokenHash: session.tokenHash, proof: proof && { ...proof, expiresAt: later(minute) }, idleMs: 10 * minute },
      when,
    );
  return { person, session, find };
}

describeMasters('master', (kind) => {
  it('migrates once, however many gateways start at once', async () => {
    const database = await makeDatabase(kind);
    const masters = await Promise.all([1, 2, 3, 4].map(() => openMaster(database.target)));
    for (const { db } of masters) {
      expect((await sql`select name from vivim_migrations`.execute(db)).rows).toEqual([{ name: '0001-first' }]);
    }
    await Promise.all(masters.map((master) => master.close()));
    await database.drop();
  });

  it('refuses a master that a newer version wrote', async () => {
    const database = await makeDatabase(kind);
    const master = await openMaster(database.target);
    await sql`insert into vivim_migrations (name) values ('9999-from-the-future')`.execute(master.db);
    await master.close();
    await expect(openMaster(database.target)).rejects.toMatchObject({ code: 'schema_too_new' });
    await database.drop();
  });

  it('gives a key to one person only, when twenty register it at the same moment', async () => {
    const master = await newMaster(kind);
    const answers = await at20(() => createIdentity(master, { ...identity('same-key') }, now));
    expect(answers.filter((answer) => answer === 'key_in_use')).toHaveLength(19);
    for (const table of ['users', 'identities', 'keys', 'routing'] as const) {
      const { count } = await master.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      expect(`${table} ${count}`).toBe(`${table} 1`);
    }
  });

  it('knows a person by id, with their names and the place of their space', async () => {
    const master = await newMaster(kind);
    const person = identity();
    const row = await createIdentity(master, person, now);
    expect(row).toMatchObject({
      userId: person.userId,
      storageId: person.storageId,
      state: 'creating',
      fence: 0,
      quotaBytes: 2 ** 40,
    });
    expect(await findPerson(master, person.userId)).toEqual({
      userId: person.userId,
      dids: [person.did],
      createdAt: now,
    });
    await markSpaceReady(master, person.userId);
    expect(await findRouting(master.db, person.userId)).toMatchObject({ state: 'ready' });
    expect(await findPerson(master, UserId.parse(uuidv7()))).toBeNull();
  });

  it('raises a fence once for each who asks', async () => {
    const master = await newMaster(kind);
    const person = identity();
    await createIdentity(master, person, now);
    const rows = await at20(() => advanceFence(master, person.storageId));
    expect(new Set(rows.map((row) => row?.fence)).size).toBe(20);
  });

  describe('challenges', () => {
    const challenge = () => ({
      challengeId: uuidv7(),
      purpose: 'login' as const,
      did: 'did:key:z',
      kid: 'did:key:z#z',
      jkt: 'j',
      messageHash: bytes(),
      expiresAt: later(120_000),
    });

    it('are taken by exactly one of twenty', async () => {
      const master = await newMaster(kind);
      const one = challenge();
      await storeChallenge(master, one);
      const taken = await at20(() => takeChallenge(master, one.challengeId, now));
      expect(taken.filter((value) => value !== null)).toHaveLength(1);
      expect(taken.find((value) => value !== null)).toMatchObject({ did: one.did, expiresAt: one.expiresAt });
    });

    it('are gone at the end of their time', async () => {
      const master = await newMaster(kind);
      const one = challenge();
      await storeChallenge(master, one);
      expect(await takeChallenge(master, one.challengeId, later(120_000))).toBeNull();
      expect(await takeChallenge(master, one.challengeId, later(119_999))).not.toBeNull();
    });
  });

  it('takes a proof once, when twenty bring it at the same moment', async () => {
    const master = await newMaster(kind);
    const proof = { hash: bytes(), expiresAt: later(minute) };
    const first = await at20(() => useProofOnce(master, proof));
    expect(first.filter(Boolean)).toHaveLength(1);
  });

  describe('sessions', () => {
    it('answer person, place and proof in one query', async () => {
      const master = await newMaster(kind);
      const { person, session, find } = await newSession(master);
      const proof = { hash: bytes(), jkt: 'thumbprint' };
      expect(await find(now, proof)).toMatchObject({
        sessionId: session.sessionId,
        kind: 'dpop',
        scopes: ['memory:read', 'account:read'],
        revoked: false,
        freshProof: true,
        expiresAt: later(10 * minute),
        routing: { userId: person.userId, storageId: person.storageId },
      });
      expect(await find(now, proof)).toMatchObject({ freshProof: false });
    });

    it('let one of twenty equal proofs through', async () => {
      const master = await newMaster(kind);
      const { find } = await newSession(master);
      const proof = { hash: bytes(), jkt: 'thumbprint' };
      const found = await at20(() => find(now, proof));
      expect(found.filter((session) => session?.freshProof)).toHaveLength(1);
    });

    it('remember no proof of a stranger, whether the token or the key is wrong', async () => {
      const master = await newMaster(kind);
      const { find } = await newSession(master);
      await find(now, { hash: bytes(), jkt: 'another' });
      await findSession(
        master,
        { tokenHash: bytes(), proof: { hash: bytes(), jkt: 'thumbprint', expiresAt: later(minute) }, idleMs: 1 },
        now,
      );
      expect(await master.db.selectFrom('replay').selectAll().execute()).toEqual([]);
    });

    it('of browsers live on while they are used, never past their end', async () => {
      const master = await newMaster(kind);
      const { find } = await newSession(master, 'cookie');
      await find(later(4 * minute));
      expect((await find(later(4 * minute)))?.expiresAt).toEqual(later(10 * minute));
      await find(later(6 * minute));
      expect((await find(later(6 * minute)))?.expiresAt).toEqual(later(16 * minute));
      await find(later(15 * minute));
      await find(later(24 * minute));
      expect((await find(later(24 * minute)))?.expiresAt).toEqual(later(30 * minute));
    });

    it('are not brought back to life by a late request', async () => {
      const master = await newMaster(kind);
      const { find } = await newSession(master, 'cookie');
      await find(later(11 * minute));
      expect((await find(later(11 * minute)))?.expiresAt).toEqual(later(10 * minute));
    });

    it.each([
      ['the session is revoked', (master: Master, sessionId: string) => revokeSession(master, sessionId, now)],
      [
        'the account is locked',
        async (master: Master) => void (await master.db.updateTable('users').set({ status: 'locked' }).execute()),
      ],
      [
        'all sessions are ended',
        async (master: Master) => void (await master.db.updateTable('users').set({ auth_epoch: 2 }).execute()),
      ],
    ])('are known to be over when %s', async (_, end) => {
      const master = await newMaster(kind);
      const { session, find } = await newSession(master);
      await end(master, session.sessionId);
      expect(await find(now)).toMatchObject({ revoked: true });
    });

    it('end by the hash of their token', async () => {
      const master = await newMaster(kind);
      const { session, find } = await newSession(master);
      await revokeByToken(master, bytes(), now);
      expect(await find(now)).toMatchObject({ revoked: false });
      await revokeByToken(master, session.tokenHash, now);
      expect(await find(now)).toMatchObject({ revoked: true });
    });

    it('are not opened for a key nobody has, a revoked one, or a locked account', async () => {
      const master = await newMaster(kind);
      const { session } = await newSession(master);
      const again = (kid: string) =>
        openSession(master, { ...session, kid, sessionId: uuidv7(), tokenHash: bytes() }, now);
      expect(await again('nobody')).toBeNull();
      expect(await again(session.kid)).not.toBeNull();
      await master.db.updateTable('keys').set({ revoked_at: now }).execute();
      expect(await again(session.kid)).toBeNull();
      await master.db.updateTable('keys').set({ revoked_at: null }).execute();
      await master.db.updateTable('users').set({ status: 'locked' }).execute();
      expect(await again(session.kid)).toBeNull();
    });
  });

  it('counts every one of twenty attempts, and starts again with the next window', async () => {
    const master = await newMaster(kind);
    const attempt = { scope: 'challenge', keyHash: bytes() };
    const counts = await at20(() => countAttempt(master, attempt, minute, now));
    expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    expect(await readAttempts(master, attempt, now)).toEqual({ count: 20, windowEndsAt: later(minute) });
    expect(await readAttempts(master, attempt, later(minute))).toBeNull();
    expect(await countAttempt(master, attempt, minute, later(minute))).toEqual({
      count: 1,
      windowEndsAt: later(2 * minute),
    });
  });

  it('sweeps what has ended and nothing else', async () => {
    const master = await newMaster(kind);
    const { session, find } = await newSession(master);
    await useProofOnce(master, { hash: bytes(), expiresAt: later(minute) });
    await countAttempt(master, { scope: 's', keyHash: bytes() }, minute, now);
    await storeChallenge(master, {
      challengeId: uuidv7(),
      purpose: 'login',
      did: 'd',
      kid: 'k',
      jkt: 'j',
      messageHash: bytes(),
      expiresAt: later(minute),
    });
    const sizes = () =>
      Promise.all(
        (['replay', 'rate_limits', 'auth_challenges', 'tokens', 'sessions'] as const).map(
          async (table) => (await master.db.selectFrom(table).selectAll().execute()).length,
        ),
      );
    await sweep(master, now);
    expect(await sizes()).toEqual([1, 1, 1, 1, 1]);
    await sweep(master, later(minute));
    expect(await sizes()).toEqual([0, 0, 0, 1, 1]);
    expect(await find(later(31 * minute))).toMatchObject({ sessionId: session.sessionId });
    await sweep(master, later(26 * 60 * minute));
    expect(await sizes()).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('a master that cannot be used', () => {
  it('is named in words, without its password', async () => {
    const opening = openMaster({ kind: 'external', url: 'postgres://vivim:hunter2@127.0.0.1:1/none' });
    await expect(opening).rejects.toThrow(/VIVIM_MASTER_URL/);
    await expect(opening).rejects.not.toThrow(/hunter2/);
  });
});
