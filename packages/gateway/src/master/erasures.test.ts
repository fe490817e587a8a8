/** Who erases an account, and the last statement of its life, on a real PostgreSQL. Two people wherever one goes. */
import { UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { useGateway } from '../../../../test/kit/gateway.ts';
import { describeMasters } from '../../../../test/kit/masters.ts';
import { signIn } from '../../../../test/kit/sign-in.ts';
import { appendAudit } from './audit.ts';
import type { Master } from './db.ts';
import {
  type ClaimedErasure,
  claimErasure,
  eraseRows,
  markForErasure,
  markReturned,
  releaseErasures,
} from './erasures.ts';
import { moveStatus } from './identities.ts';

const later = (ms: number) => new Date(Date.now() + ms);
const claim = (node: string, until = later(60_000), shard = 'local') => ({ node, shard, until });
const due = async (master: Master, userId: UserId, ms: number) =>
  moveStatus(master, { userId, from: ['active'], to: 'deleting', eraseAt: later(ms) });

/** Takes the one account that is due. */
async function take(master: Master): Promise<ClaimedErasure> {
  const claimed = await claimErasure(master, claim('a'), new Date());
  if (claimed === null) throw new Error('nothing is due');
  return claimed;
}

/** How many rows of every table name somebody, wherever in them. */
async function rowsOf(master: Master, userId: string): Promise<Record<string, number>> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('uuid', 'text', 'jsonb')`.execute(
    master.db,
  );
  const counted: Record<string, number> = {};
  for (const { table, column } of columns) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where ${sql.ref(column)}::text like ${`%${userId}%`}`.execute(
      master.db,
    );
    const n = rows[0]?.n ?? 0;
    if (n > 0) counted[`${table}.${column}`] = n;
  }
  return counted;
}

describeMasters('erasures in master', (kind) => {
  const gateway = useGateway(kind);
  const newcomer = async () => {
    const person = await signIn(gateway());
    return { ...person, userId: UserId.parse(person.userId) };
  };

  describe('taking the work', () => {
    it('falls to one of many servers, once the time is over and not before', async () => {
      const { master } = gateway();
      const [alice, bob] = [await newcomer(), await newcomer()];
      await due(master, alice.userId, -1_000);
      await due(master, bob.userId, 60_000);
      expect(await claimErasure(master, claim('a', later(60_000), 'elsewhere'), new Date())).toBeNull();
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, index) => claimErasure(master, claim(`node ${index}`), new Date())),
      );
      const won = claims.filter((one) => one !== null);
      expect(won).toMatchObject([{ routing: { userId: alice.userId, state: 'deleting', fence: 1 }, by: 'owner' }]);
      for (const one of won) await eraseRows(master, one, { receipt: 'r', seq: 1 }, new Date());
    });

    it('can be taken over when its time is over, and at once by the server that had it', async () => {
      const { master } = gateway();
      const { userId } = await newcomer();
      await due(master, userId, -1_000);
      const first = await claimErasure(master, claim('a', later(1_000)), new Date());
      expect(first).not.toBeNull();
      expect(await claimErasure(master, claim('b'), new Date())).toBeNull();
      await releaseErasures(master, 'b');
      expect(await claimErasure(master, claim('b'), new Date())).toBeNull();
      expect(await claimErasure(master, claim('b'), later(2_000))).not.toBeNull();
      await releaseErasures(master, 'b');
      const again = await take(master);
      expect(again.routing.userId).toBe(userId);
      await eraseRows(master, again, { receipt: 'r', seq: 1 }, new Date());
    });

    it('and being kept after all exclude each other', async () => {
      const { master } = gateway();
      for (let round = 0; round < 10; round += 1) {
        const { userId } = await newcomer();
        await due(master, userId, -1_000);
        const [claimed, kept] = await Promise.all([
          claimErasure(master, claim('a'), new Date()),
          moveStatus(master, { userId, from: ['deleting'], to: 'active', eraseAt: null }),
        ]);
        expect([claimed !== null, kept].filter(Boolean)).toHaveLength(1);
        if (claimed !== null) await eraseRows(master, claimed, { receipt: 'r', seq: 1 }, new Date());
      }
    });
  });

  describe('the last statement', () => {
    it('leaves nothing that names the person, and one entry of the operator; the other person loses nothing', async () => {
      const { master } = gateway();
      const [alice, bob] = [await newcomer(), await newcomer()];
      await sql`insert into oauth_payloads (model, id_h, payload, expires_at)
        select 'Interaction', decode(md5(id), 'hex'), jsonb_build_object('result', jsonb_build_object('accountId', id)),
          now() + interval '1 hour' from unnest(${[alice.userId, bob.userId]}::text[]) id`.execute(master.db);
      const his = await rowsOf(master, bob.userId);
      expect(Object.keys(await rowsOf(master, alice.userId)).length).toBeGreaterThan(5);
      await markForErasure(master, alice.userId, new Date());
      const claimed = await take(master);
      const receipt = uuidv7();
      await eraseRows(master, claimed, { receipt, seq: 9 }, new Date());
      expect(await rowsOf(master, alice.userId)).toEqual({});
      expect(await rowsOf(master, bob.userId)).toEqual(his);
      const kept = await master.db.selectFrom('audit').where('ref', '=', receipt).selectAll().execute();
      expect(kept).toMatchObject([{ chain: 'operator', event: 'admin.erased', actor: 'operator', meta: { seq: 9 } }]);
      expect((await alice.send('GET', '/v1/me')).status).toBe(401);
      expect((await bob.send('GET', '/v1/me')).status).toBe(200);
    });

    it('and an entry written at the same moment leave no chain of nobody', async () => {
      const { master } = gateway();
      for (let round = 0; round < 10; round += 1) {
        const { userId } = await newcomer();
        await markForErasure(master, userId, new Date());
        const claimed = await take(master);
        const entry = { chain: userId, event: 'session.ended', actor: 'guest' } as const;
        await Promise.all([
          ...Array.from({ length: 5 }, () => appendAudit(master, entry, new Date())),
          eraseRows(master, claimed, { receipt: 'r', seq: 1 }, new Date()),
          ...Array.from({ length: 5 }, () => appendAudit(master, entry, new Date())),
        ]);
        expect(await appendAudit(master, entry, new Date())).toBe(0);
        expect(await rowsOf(master, userId)).toEqual({});
      }
    });
  });

  it('accounts that came back with a backup are due at once, and their sessions end', async () => {
    const { master } = gateway();
    const [alice, bob] = [await newcomer(), await newcomer()];
    const unknown = UserId.parse(uuidv7());
    expect(await markReturned(master, [alice.userId, unknown], new Date())).toBe(1);
    expect(await markReturned(master, [], new Date())).toBe(0);
    expect((await alice.send('GET', '/v1/me')).body.code).toBe('session_revoked');
    expect((await bob.send('GET', '/v1/me')).status).toBe(200);
    expect(await take(master)).toMatchObject({ routing: { userId: alice.userId }, by: 'owner' });
  });
});
