/**
 * Erasures over a real master, a real fleet and a real ledger: whatever step a server dies in, the next one brings it to the end,
 * and the other person keeps everything.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import { type StorageId, UserId } from '@vivim/contract/ids';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestFleet, type TestFleet } from '../../../../test/kit/fleet/fleet-kit.ts';
import { describeMasters, newMaster } from '../../../../test/kit/masters.ts';
import { signIn } from '../../../../test/kit/sign-in.ts';
import { startTestGateway } from '../../../../test/kit/test-gateway.ts';
import { openFolderStore } from '../backup/folder-store.ts';
import { keepCopy, removeSpace, spacesIn } from '../backup/space-copies.ts';
import type { FleetControl, SpaceCopy } from '../fleet/fleet-control.ts';
import { openErasureLedger } from '../keys/erasure-ledger.ts';
import type { Master } from '../master/db.ts';
import { markForErasure } from '../master/erasures.ts';
import { moveStatus } from '../master/identities.ts';
import { receiptOf } from '../master/receipt.ts';
import { findRouting, type RoutingRow } from '../master/routing.ts';
import { createEraser, type Eraser, type EraserDeps } from './eraser.ts';

interface World {
  readonly master: Master;
  readonly one: TestFleet;
  readonly ledgerPath: string;
  /** A person with a space, a backup and both wraps. */
  newcomer(): Promise<RoutingRow>;
  /** A server as it is after a start. */
  eraser(change?: Partial<EraserDeps>): Promise<Eraser & Pick<EraserDeps, 'ledger'>>;
}

async function newWorld(kind: Parameters<typeof newMaster>[0]): Promise<World> {
  const master = await newMaster(kind);
  const gateway = await startTestGateway(master);
  const one = await startTestFleet();
  const directory = mkdtempSync(join(tmpdir(), 'vivim-eraser-'));
  onTestFinished(async () => {
    await one.end();
    await gateway.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const ledgerPath = join(directory, 'erased.jsonl');
  const store = openFolderStore(join(one.dataDir, 'backups'));
  return {
    master,
    one,
    ledgerPath,
    async newcomer() {
      const { userId } = await signIn(gateway);
      const row = await findRouting(master.db, UserId.parse(userId));
      if (row === null) throw new Error('nobody came');
      await one.fleet.createSpace(row);
      await one.fleet.keyring.seal(row, { kid: 'k', publicKey: Buffer.alloc(32, 9).toString('base64url') });
      await keepCopy(store, row, (await one.fleet.copyOut(row, null)) as SpaceCopy, Date.now());
      return row;
    },
    async eraser(change = {}) {
      const ledger = await openErasureLedger(ledgerPath);
      const log = { info: () => {}, warn: () => {}, error: () => {} };
      const deps = {
        master,
        fleet: one.fleet,
        backups: {
          spaces: () => spacesIn(store),
          remove: (storageId: StorageId) => removeSpace(store, storageId),
        },
        ledger,
        heads: { forget: async () => {} },
        clock: systemClock,
        log,
        node: 'here',
        shard: 'local',
        ...change,
      };
      return { ...createEraser(deps), ledger };
    },
  };
}

/** Everything below the data directory, by name and bytes. */
function snapshot({ dataDir }: TestFleet, storageId: string): Record<string, string> {
  const names = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(storageId));
  return Object.fromEntries(
    names.map((name) => {
      try {
        return [name, readFileSync(join(dataDir, name), 'base64')];
      } catch {
        return [name, 'a directory'];
      }
    }),
  );
}

const remembered = async (master: Master, { userId }: RoutingRow) => (await findRouting(master.db, userId)) !== null;

describeMasters('the eraser', (kind) => {
  it('erases whose time has come, and nobody else', async () => {
    const world = await newWorld(kind);
    const [alice, bob, carol] = [await world.newcomer(), await world.newcomer(), await world.newcomer()];
    const at = (ms: number) => new Date(Date.now() + ms);
    await moveStatus(world.master, { userId: alice.userId, from: ['active'], to: 'deleting', eraseAt: at(-1_000) });
    await moveStatus(world.master, { userId: carol.userId, from: ['active'], to: 'deleting', eraseAt: at(60_000) });
    const before = [bob, carol].map(({ storageId }) => snapshot(world.one, storageId));
    const eraser = await world.eraser();
    await eraser.recover();
    await Promise.all([eraser.pass(), eraser.pass()]);
    expect(snapshot(world.one, alice.storageId)).toEqual({});
    expect(await remembered(world.master, alice)).toBe(false);
    expect([bob, carol].map(({ storageId }) => snapshot(world.one, storageId))).toEqual(before);
    expect(eraser.ledger.lines()).toMatchObject([
      { seq: 1, userId: alice.userId, receipt: receiptOf(alice.storageId) },
    ]);
    const entries = await world.master.db.selectFrom('audit').where('chain', '=', 'operator').selectAll().execute();
    expect(entries).toMatchObject([{ event: 'account.erased', actor: 'owner', ref: receiptOf(alice.storageId) }]);
  });

  describe('killed at any step, the next server brings it to the end', () => {
    const killed = new Error('killed');
    const die = async (): Promise<never> => {
      throw killed;
    };
    /** One key is destroyed, and then it dies. */
    const halfWay =
      ({ dataDir }: TestFleet): FleetControl['erase'] =>
      async ({ storageId }) => {
        rmSync(join(dataDir, 'keys/wraps', storageId));
        return die();
      };
    type Cut = (world: World) => Partial<EraserDeps>;
    const cuts: readonly (readonly [string, Cut])[] = [
      ['before its engine is stopped', ({ one }) => ({ fleet: { ...one.fleet, stop: die } })],
      [
        'before the line is in the ledger',
        () => ({ ledger: { find: () => null, lines: () => [], append: die, firstBroken: async () => null } }),
      ],
      ['before anything is destroyed', ({ one }) => ({ fleet: { ...one.fleet, erase: die } })],
      ['while the space is being destroyed', ({ one }) => ({ fleet: { ...one.fleet, erase: halfWay(one) } })],
      [
        'before its rows are gone',
        ({ one }) => ({
          fleet: {
            ...one.fleet,
            erase: async (row) => {
              await one.fleet.erase(row);
              return die();
            },
          },
        }),
      ],
    ];

    it.each(cuts)('%s', async (_, cut) => {
      const world = await newWorld(kind);
      const [alice, bob] = [await world.newcomer(), await world.newcomer()];
      const his = snapshot(world.one, bob.storageId);
      await markForErasure(world.master, alice.userId, new Date());
      await (await world.eraser(cut(world))).pass();
      expect(await remembered(world.master, alice)).toBe(true);
      const next = await world.eraser();
      await next.recover();
      await next.pass();
      expect(await remembered(world.master, alice)).toBe(false);
      expect(snapshot(world.one, alice.storageId)).toEqual({});
      expect(next.ledger.lines()).toHaveLength(1);
      expect(await next.ledger.firstBroken()).toBeNull();
      expect(snapshot(world.one, bob.storageId)).toEqual(his);
      expect(await remembered(world.master, bob)).toBe(true);
    });
  });

  it('one that fails does not keep the next from being erased', async () => {
    const world = await newWorld(kind);
    const [alice, bob] = [await world.newcomer(), await world.newcomer()];
    await markForErasure(world.master, alice.userId, new Date(Date.now() - 1_000));
    await markForErasure(world.master, bob.userId, new Date());
    const { erase } = world.one.fleet;
    const stuck: FleetControl['erase'] = async (row) => {
      if (row.storageId === alice.storageId) throw new Error('a directory that cannot be removed');
      await erase(row);
    };
    await (await world.eraser({ fleet: { ...world.one.fleet, erase: stuck } })).pass();
    expect([await remembered(world.master, alice), await remembered(world.master, bob)]).toEqual([true, false]);
  });

  it('what comes back with a backup goes again at the next start', async () => {
    const world = await newWorld(kind);
    const [alice, bob] = [await world.newcomer(), await world.newcomer()];
    const kept = snapshot(world.one, alice.storageId);
    await markForErasure(world.master, alice.userId, new Date());
    await (await world.eraser()).pass();
    // Somebody restores directories and wraps of last week over the data.
    for (const [name, bytes] of Object.entries(kept)) {
      if (bytes === 'a directory') continue;
      const path = join(world.one.dataDir, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, Buffer.from(bytes, 'base64'));
    }
    expect(Object.keys(snapshot(world.one, alice.storageId)).length).toBeGreaterThan(3);
    await (await world.eraser()).recover();
    expect(snapshot(world.one, alice.storageId)).toEqual({});
    expect(Object.keys(snapshot(world.one, bob.storageId)).length).toBeGreaterThan(3);
  });
});
