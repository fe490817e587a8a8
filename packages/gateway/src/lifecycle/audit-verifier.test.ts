/**
 * The verifier against real books: accounts that lived a little, and then one thing changed behind the server's back. Whatever it
 * is, it is found; and nothing is found where nothing was changed.
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditReport } from '@vivim/contract/admin';
import { systemClock } from '@vivim/contract/clock';
import { UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDevice, revokeDevice } from '../../../../test/kit/devices.ts';
import { appendChange, newSealingKey, nextPlace } from '../../../../test/kit/keyring.ts';
import { describeMasters, makeDatabase } from '../../../../test/kit/masters.ts';
import { newAuthenticator, registerPasskey } from '../../../../test/kit/passkeys.ts';
import { runs } from '../../../../test/kit/property-runs.ts';
import { askForRecovery, completeRecovery, printRecoveryKey } from '../../../../test/kit/recovery.ts';
import { type SignedIn, signIn } from '../../../../test/kit/sign-in.ts';
import { startTestGateway } from '../../../../test/kit/test-gateway.ts';
import { type AuditHeads, openAuditHeads } from '../keys/audit-heads.ts';
import { type ErasureLedger, openErasureLedger } from '../keys/erasure-ledger.ts';
import { appendAudit, auditText } from '../master/audit.ts';
import { type Master, openMaster } from '../master/db.ts';
import { verifyAudit } from './audit-verifier.ts';

/** What the verifier answers for, by table. Other columns follow from nothing, or from what is here. */
const answeredFor: Readonly<Record<string, readonly string[]>> = {
  audit: ['chain', 'seq', 'prev', 'event', 'actor', 'ref', 'meta', 'at', 'hash'],
  key_log: ['user_id', 'seq', 'payload', 'signer_kid', 'signature', 'hash', 'at'],
  keys: ['kid', 'user_id', 'alg', 'public_key', 'purpose', 'priority'],
  users: ['key_log_seq', 'key_log_head', 'guardians'],
};
const cells = Object.entries(answeredFor).flatMap(([table, columns]) => columns.map((column) => ({ table, column })));

/** Another character of the same kind in the place of the first one at or after `from`. */
function nudge(text: string, from: number, step: number): string | null {
  const places = Array.from({ length: text.length }, (_, index) => (index + from) % text.length);
  const place = places.find((index) => /[0-9a-zA-Z]/.test(text[index] ?? ''));
  if (place === undefined) return null;
  const char = text[place] ?? '';
  const kind = /\d/.test(char)
    ? '0123456789'
    : /[a-f]/.test(char)
      ? 'abcdef'
      : /[a-z]/.test(char)
        ? 'ghijklmnop'
        : 'QRSTUVWXYZ';
  const others = [...kind].filter((other) => other !== char);
  return `${text.slice(0, place)}${others[step % others.length]}${text.slice(place + 1)}`;
}

/** Appends many entries to a chain, hashed as `appendAudit` hashes them. */
async function lengthen(master: Master, chain: string, count: number): Promise<void> {
  const { rows } = await sql<{ seq: number; hash: Uint8Array }>`
    select seq, hash from audit where chain = ${chain} order by seq desc limit 1`.execute(master.db);
  let [seq, prev] = [rows[0]?.seq ?? 0, rows[0]?.hash ?? new Uint8Array()];
  const made = Array.from({ length: count }, (_, index) => {
    seq += 1;
    const entry = {
      event: 'session.opened',
      actor: `k${index}`,
      ref: null,
      meta: { kind: 'dpop' },
      at: new Date(index),
    };
    const place = Buffer.alloc(8);
    place.writeBigInt64BE(BigInt(seq));
    const hash = createHash('sha256').update(prev).update(place).update(auditText(entry)).digest();
    const row = { ...entry, seq, prev: Buffer.from(prev).toString('hex'), hash: hash.toString('hex') };
    prev = hash;
    return row;
  });
  await sql`insert into audit (chain, seq, prev, event, actor, ref, meta, at, hash)
    select ${chain}, (e->>'seq')::bigint, decode(e->>'prev', 'hex'), e->>'event', e->>'actor', e->>'ref', e->'meta',
      (e->>'at')::timestamptz, decode(e->>'hash', 'hex') from jsonb_array_elements(${JSON.stringify(made)}::jsonb) e`.execute(
    master.db,
  );
}

describeMasters('the verifier', (kind) => {
  let master: Master;
  let heads: AuditHeads;
  let ledger: ErasureLedger;
  let alice: SignedIn;
  let bob: SignedIn;
  const endings: (() => Promise<void>)[] = [];
  const verify = (): Promise<AuditReport> => verifyAudit({ master, heads, ledger, clock: systemClock });

  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vivim-books-'));
    ledger = await openErasureLedger(join(directory, 'erased.jsonl'));
    heads = await openAuditHeads(join(directory, 'audit-heads.jsonl'), () => false);
    const database = await makeDatabase(kind);
    master = await openMaster(database.target, {
      note: ({ chain, seq, hash }) => heads.note({ chain, seq, hash: Buffer.from(hash).toString('base64url') }),
    });
    const gateway = await startTestGateway(master);
    endings.push(gateway.close, master.close, database.drop, async () =>
      rmSync(directory, { recursive: true, force: true }),
    );
    [alice, bob] = [await signIn(gateway), await signIn(gateway)];
    const paper = await printRecoveryKey(alice);
    const device = await addDevice(gateway, alice);
    await appendChange(alice, { op: 'add', keys: [(await newSealingKey()).logged] });
    await revokeDevice(alice, device);
    // Signed by a passkey, whose page names the origin it stood on then; the verifier knows of none.
    const passkey = newAuthenticator(gateway.url);
    expect((await registerPasskey(bob, passkey)).status).toBe(201);
    const keys = [(await newSealingKey()).logged];
    const entry = passkey.signEntry({ ...(await nextPlace(bob)), op: 'add', keys });
    expect((await bob.send('POST', '/v1/keys/log', { json: { entry } })).status).toBe(200);
    const guardians = { dids: [alice.identity.did], threshold: 1 };
    await appendChange(bob, { op: 'setRecovery', recovery: null, guardians });
    const recovery = await askForRecovery(gateway, alice.identity.did, paper);
    gateway.clockOffsetMs += 73 * 3_600_000;
    expect((await completeRecovery(gateway, recovery, await recovery.entry())).status).toBe(204);
    await appendAudit(master, { chain: 'operator', event: 'audit.verified', actor: 'operator' }, new Date());
  }, 60_000);

  afterAll(async () => {
    for (const end of endings) await end();
  });

  it('finds nothing where nothing was changed, and has read all of it', async () => {
    const report = await verify();
    expect(report).toMatchObject({ clean: true, findings: [], findingCount: 0, chains: 3, keyLogs: 2, witnessed: 3 });
    const { rows } = await sql<{ entries: number; key_entries: number }>`
      select (select count(*)::int from audit) as entries, (select count(*)::int from key_log) as key_entries`.execute(
      master.db,
    );
    expect([report.entries, report.keyEntries]).toEqual([rows[0]?.entries, rows[0]?.key_entries]);
    expect(report.keyEntries).toBeGreaterThan(7);
  });

  /** Runs a statement as one would who has the database in their hands: no reference is checked. */
  const behindTheBack = <T>(statement: RawBuilder<T>): Promise<readonly T[]> =>
    master.db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      return (await statement.execute(tx)).rows;
    });

  it('finds one byte changed in any row and column it answers for', { timeout: 240_000 }, async () => {
    const times = runs(150);
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...cells),
        fc.nat(1_000),
        fc.nat(10_000),
        fc.nat(100),
        async ({ table, column }, row, place, step) => {
          const [from, name] = [sql.table(table), sql.ref(column)];
          const rows = await behindTheBack(
            sql<{ at: string; was: string | null; type: string }>`
              select ctid::text as at, ${name}::text as was, pg_typeof(${name})::text as type from ${from} order by ctid`,
          );
          const chosen = rows[row % rows.length];
          const changed = chosen?.was == null ? null : nudge(chosen.was, place, step);
          fc.pre(chosen !== undefined && changed !== null);
          const cast = sql.raw(chosen?.type ?? 'text');
          const write = (value: string | null | undefined, at: string | undefined) =>
            behindTheBack(
              sql<{ at: string }>`update ${from} set ${name} = ${value}::text::${cast} where ctid = ${at}::text::tid
                and ${name} is distinct from ${value}::text::${cast} returning ctid::text as at`,
            );
          // What PostgreSQL itself does not take, such as a day that is none, was not changed.
          const [written] = await write(changed, chosen?.at).catch(() => []);
          fc.pre(written !== undefined);
          tried += 1;
          const report = await verify();
          await write(chosen?.was, written?.at);
          expect(report.clean, `${table}.${column}: ${chosen?.was} → ${changed}`).toBe(false);
        },
      ),
      { numRuns: times, maxSkipsPerRun: 50 },
    );
    expect(tried).toBeGreaterThanOrEqual(times);
    expect((await verify()).clean).toBe(true);
  });

  describe('names what was done to a chain', () => {
    /** Takes rows out, looks, and puts them back. */
    async function without(which: RawBuilder<unknown>, meanwhile: () => Promise<void>): Promise<void> {
      await sql`create table put_aside as select * from audit where ${which}`.execute(master.db);
      await sql`delete from audit where ${which}`.execute(master.db);
      try {
        await meanwhile();
      } finally {
        await sql`insert into audit select * from put_aside on conflict do nothing`.execute(master.db);
        await sql`drop table put_aside`.execute(master.db);
      }
    }
    const found = async () => (await verify()).findings;

    it.each([
      ['an entry in the middle', (chain: string) => sql`chain = ${chain} and seq = 2`, { seq: 2, problem: 'missing' }],
      ['the first entry', (chain: string) => sql`chain = ${chain} and seq = 1`, { seq: 1, problem: 'missing' }],
      [
        'the last entries',
        (chain: string) => sql`chain = ${chain} and seq > (select max(seq) - 2 from audit where chain = ${chain})`,
        { problem: 'truncated' },
      ],
      ['all of it', (chain: string) => sql`chain = ${chain}`, { seq: 1, problem: 'gone' }],
    ])('%s taken out', async (_, which, finding) => {
      await without(which(alice.userId), async () => {
        expect(await found()).toMatchObject([{ book: 'audit', chain: alice.userId, ...finding }]);
      });
      expect(await found()).toEqual([]);
    });

    it('written anew from a place on, with hashes that fit', async () => {
      const chain = bob.userId;
      await without(sql`chain = ${chain} and seq > 1`, async () => {
        const { rows } = await sql<{ seq: number; event: 'session.opened' }>`
          select seq, event from put_aside order by seq`.execute(master.db);
        // As an own server with another witness would write them.
        const forger = { ...master, witness: { note: async () => {} } };
        for (const { event } of rows)
          await appendAudit(forger, { chain: UserId.parse(chain), event, actor: 'nobody' }, new Date());
        expect(await found()).toContainEqual({ book: 'audit', chain, seq: rows.length + 1, problem: 'rewritten' });
        await sql`delete from audit where chain = ${chain} and seq > 1`.execute(master.db);
      });
    });

    it('of somebody who is not there', async () => {
      const chain = uuidv7();
      await sql`insert into audit select ${chain}, seq, prev, event, actor, ref, meta, at, hash from audit
        where chain = ${bob.userId} and seq = 1`.execute(master.db);
      expect(await found()).toEqual([{ book: 'audit', chain, seq: 1, problem: 'orphan' }]);
      await sql`delete from audit where chain = ${chain}`.execute(master.db);
    });

    it('by less than a millisecond', async () => {
      const moved = sql`update audit set at = at + interval '1 microsecond' where chain = ${bob.userId} and seq = 1`;
      const back = sql`update audit set at = at - interval '1 microsecond' where chain = ${bob.userId} and seq = 1`;
      await moved.execute(master.db);
      expect(await found()).toMatchObject([{ chain: bob.userId, seq: 1, problem: 'changed' }]);
      await back.execute(master.db);
    });
  });

  it('reads ten thousand entries page by page, says how long it took, and finds the one that was changed', async () => {
    await lengthen(master, bob.userId, 10_000);
    const whole = await verify();
    expect(whole).toMatchObject({ clean: true, entries: expect.any(Number), ms: expect.any(Number) });
    expect(whole.entries).toBeGreaterThan(10_000);
    await sql`update audit set actor = 'else' where chain = ${bob.userId} and seq = 7001`.execute(master.db);
    expect((await verify()).findings).toMatchObject([{ chain: bob.userId, seq: 7001, problem: 'changed' }]);
    await sql`delete from audit where chain = ${bob.userId} and at < '1970-01-02'`.execute(master.db);
    process.stdout.write(`${whole.entries} entries verified in ${whole.ms} ms\n`);
  });

  describe('names what was done to a key log', () => {
    const found = async () => (await verify()).findings;

    it('a key that was put into the table alone', async () => {
      await sql`insert into keys (kid, user_id, alg, public_key, purpose, priority, added_at)
        select 'planted', user_id, alg, public_key, purpose, priority, added_at from keys
        where user_id = ${bob.userId}::uuid limit 1`.execute(master.db);
      expect(await found()).toMatchObject([{ book: 'keys', chain: bob.userId, problem: 'keys' }]);
      await sql`delete from keys where kid = 'planted'`.execute(master.db);
    });

    it('a key that was brought back to life', async () => {
      const { rows } = await sql<{ kid: string; revoked_at: Date }>`
        select kid, revoked_at from keys where user_id = ${alice.userId}::uuid and revoked_at is not null limit 1`.execute(
        master.db,
      );
      const [revoked] = rows;
      await sql`update keys set revoked_at = null where kid = ${revoked?.kid}`.execute(master.db);
      expect(await found()).toMatchObject([{ book: 'keys', chain: alice.userId, problem: 'keys' }]);
      await sql`update keys set revoked_at = ${revoked?.revoked_at} where kid = ${revoked?.kid}`.execute(master.db);
    });

    it('its last entry taken out, with the head moved back', async () => {
      await sql`create table last_entry as select l.*, u.key_log_head from key_log l join users u using (user_id)
        where user_id = ${bob.userId}::uuid and seq = u.key_log_seq`.execute(master.db);
      await sql`delete from key_log using last_entry t where key_log.user_id = t.user_id and key_log.seq = t.seq`.execute(
        master.db,
      );
      await sql`update users set key_log_seq = l.seq, key_log_head = l.hash, guardians = null from key_log l
        where users.user_id = ${bob.userId}::uuid and l.user_id = users.user_id`.execute(master.db);
      // The audit chain knows of an entry the log does not have.
      expect(await found()).toMatchObject([{ book: 'keys', chain: bob.userId, seq: 4, problem: 'missing' }]);
    });
  });
});
