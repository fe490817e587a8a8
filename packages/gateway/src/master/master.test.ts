/** Master's stores against real PostgreSQL servers: what happens twice, or too late. What happens at once is in races.test.ts. */
import { randomBytes } from 'node:crypto';
import { UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { newIdentityRow } from '../../../../test/kit/identity-rows.ts';
import { describeMasters, makeDatabase, newMaster } from '../../../../test/kit/masters.ts';
import { storeChallenge, takeChallenge } from './challenges.ts';
import { type Master, openMaster } from './db.ts';
import { createIdentity, findPerson } from './identities.ts';
import { useProofOnce } from './replay.ts';
import { findRouting, markSpaceReady } from './routing.ts';
import { endByToken, endSession } from './session-ending.ts';
import { openSession } from './session-opening.ts';
import { findSession } from './sessions.ts';
import { sweep } from './sweep.ts';

const now = new Date('2026-11-23T06:00:00.000Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const bytes = (length = 32) => new Uint8Array(randomBytes(length));
const minute = 60_000;
const idleMs = { cookie: 10 * minute, dpop: 10 * minute, oauth: 10 * minute, pat: 10 * minute };

async function newSession(master: Master, kind: 'cookie' | 'dpop' = 'dpop') {
  const person = newIdentityRow();
  await createIdentity(master, person, now);
  const session = {
    sessionId: uuidv7(),
    kind,
    jkt: kind === 'dpop' ? 'thumbprint' : null,
    scopes: ['memory:read', 'account:read'] as const,
    audience: 'v1',
    tokens: [
      {
        hash: bytes(),
        type: kind === 'dpop' ? ('access' as const) : ('cookie' as const),
        expiresAt: later(30 * minute),
      },
    ],
    idleExpiresAt: later(10 * minute),
    absoluteExpiresAt: later(30 * minute),
  };
  const key = { kid: person.key.kid, did: null, amr: 'key', network: '192.0.2.0/24' };
  await openSession(master, session, key, now);
  const tokenHash = session.tokens[0]?.hash ?? bytes();
  const find = (when: Date, proof: { hash: Uint8Array; jkt: string } | null = null) =>
    findSession(
      master,
      { tokenHash, proof: proof && { ...proof, expiresAt: later(minute) }, idleMs, network: '192.0.2.0/24' },
      when,
    );
  return { person, session, key, tokenHash, find };
}

describeMasters('master', (kind) => {
  it('migrates once, however many gateways start at once', async () => {
    const database = await makeDatabase(kind);
    const masters = await Promise.all([1, 2, 3, 4].map(() => openMaster(database.target)));
    for (const { db } of masters) {
      expect((await sql`select name from vivim_migrations`.execute(db)).rows).toEqual([
        { name: '0001-first' },
        { name: '0002-identity' },
        { name: '0003-oauth' },
        { name: '0004-erasure' },
        { name: '0005-usage' },
        { name: '0006-model-grants' },
        { name: '0007-operators' },
      ]);
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

  it('knows a person by id, with their names and the place of their space', async () => {
    const master = await newMaster(kind);
    const person = newIdentityRow();
    const row = await createIdentity(master, person, now);
    expect(row).toMatchObject({
      userId: person.userId,
      storageId: person.storageId,
      state: 'creating',
      fence: 0,
      quotaBytes: 2 ** 40,
    });
    expect(await findPerson(master, person.userId)).toMatchObject({
      userId: person.userId,
      dids: [person.did],
      createdAt: now,
      status: 'active',
      keys: { rotation: 1 },
    });
    await markSpaceReady(master, person.userId);
    expect(await findRouting(master.db, person.userId)).toMatchObject({ state: 'ready' });
    expect(await findPerson(master, UserId.parse(uuidv7()))).toBeNull();
  });

  describe('challenges', () => {
    const challenge = () => ({
      challengeId: uuidv7(),
      purpose: 'login' as const,
      did: 'did:key:z',
      kid: 'did:key:z#z',
      alg: 'Ed25519' as const,
      publicKey: bytes(),
      documentDigest: null,
      jkt: 'j',
      messageHash: bytes(),
      expiresAt: later(120_000),
    });

    it('are gone at the end of their time', async () => {
      const master = await newMaster(kind);
      const one = challenge();
      await storeChallenge(master, one);
      expect(await takeChallenge(master, one.challengeId, ['login'], later(120_000))).toBeNull();
      expect(await takeChallenge(master, one.challengeId, ['login'], later(119_999))).not.toBeNull();
    });
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

    it('remember no proof of a stranger, whether the token or the key is wrong', async () => {
      const master = await newMaster(kind);
      const { find } = await newSession(master);
      await find(now, { hash: bytes(), jkt: 'another' });
      await findSession(
        master,
        {
          tokenHash: bytes(),
          proof: { hash: bytes(), jkt: 'thumbprint', expiresAt: later(minute) },
          idleMs,
          network: 'unknown',
        },
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
      [
        'the session is revoked',
        (master: Master, sessionId: string, userId: UserId) =>
          endSession(master, { userId, sessionId, reason: 'test' }, now),
      ],
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
      const { person, session, find } = await newSession(master);
      await end(master, session.sessionId, person.userId);
      expect(await find(now)).toMatchObject({ revoked: true });
    });

    it('end by the hash of their token', async () => {
      const master = await newMaster(kind);
      const { person, tokenHash, find } = await newSession(master);
      expect(await endByToken(master, bytes(), now)).toBeNull();
      expect(await find(now)).toMatchObject({ revoked: false });
      expect(await endByToken(master, tokenHash, now)).toBe(person.userId);
      expect(await find(now)).toMatchObject({ revoked: true });
    });

    it('are not opened for a key nobody has, a revoked one, or a locked account', async () => {
      const master = await newMaster(kind);
      const { session, key } = await newSession(master);
      const again = (kid: string) => {
        const tokens = [{ hash: bytes(), type: 'access' as const, expiresAt: later(minute) }];
        return openSession(master, { ...session, sessionId: uuidv7(), tokens }, { ...key, kid }, now);
      };
      expect(await again('nobody')).toBeNull();
      expect(await again(key.kid)).not.toBeNull();
      await master.db.updateTable('keys').set({ revoked_at: now }).execute();
      expect(await again(key.kid)).toBeNull();
      await master.db.updateTable('keys').set({ revoked_at: null }).execute();
      await master.db.updateTable('users').set({ status: 'locked' }).execute();
      expect(await again(key.kid)).toBe('locked');
    });
  });

  it('sweeps what has ended and nothing else', async () => {
    const master = await newMaster(kind);
    const { session, find } = await newSession(master);
    await useProofOnce(master, { hash: bytes(), expiresAt: later(minute) });
    await master.db
      .insertInto('rate_limits')
      .values({ key: 's', points: 1, expire: later(minute).getTime() })
      .execute();
    await storeChallenge(master, {
      challengeId: uuidv7(),
      purpose: 'login',
      did: 'd',
      kid: 'k',
      alg: 'Ed25519',
      publicKey: bytes(),
      documentDigest: null,
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
