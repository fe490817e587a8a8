/** When a sealed space is locked without being told to: nobody used it, or its owner is signed in nowhere. Two people in each. */
import { systemClock } from '@vivim/contract/clock';
import { UserId } from '@vivim/contract/ids';
import { expect, it, onTestFinished } from 'vitest';
import { eventually, startTestFleet, type TestFleet } from '../../../../test/kit/fleet/fleet-kit.ts';
import { describeOnMaster, newMaster } from '../../../../test/kit/masters.ts';
import { type SignedIn, signIn } from '../../../../test/kit/sign-in.ts';
import { startTestGateway, type TestGateway } from '../../../../test/kit/test-gateway.ts';
import { readAudit } from '../master/audit.ts';
import type { Master } from '../master/db.ts';
import { findRouting, type RoutingRow } from '../master/routing.ts';
import { watchSeals } from './seal-watch.ts';

const idleMs = 3_600_000;

interface World {
  readonly gateway: TestGateway;
  readonly master: Master;
  readonly one: TestFleet;
  /** Moves the clock of fleet and watch. */
  pass(ms: number): void;
  look(): Promise<void>;
  newcomer(): Promise<{ person: SignedIn; row: RoutingRow }>;
  states(...rows: RoutingRow[]): Promise<string[]>;
}

async function newWorld(kind: Parameters<typeof newMaster>[0]): Promise<World> {
  const master = await newMaster(kind);
  const gateway = await startTestGateway(master);
  let offset = 0;
  const clock = () => systemClock() + offset;
  const one = await startTestFleet({ clock });
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const watch = await watchSeals({ master, fleet: one.fleet, clock, log, idleMs });
  onTestFinished(async () => {
    await watch.stop();
    await one.end();
    await gateway.close();
  });
  return {
    gateway,
    master,
    one,
    look: watch.look,
    pass: (ms) => {
      offset += ms;
    },
    async newcomer() {
      const person = await signIn(gateway);
      const row = await findRouting(master.db, UserId.parse(person.userId));
      if (row === null) throw new Error('nobody came');
      await one.fleet.createSpace(row);
      await one.fleet.seals.seal(row);
      return { person, row };
    },
    states: (...rows) => Promise.all(rows.map(async (row) => (await one.fleet.seals.state(row)).state)),
  };
}

describeOnMaster('sealed spaces that are left', (kind) => {
  const lastOf = async ({ master }: World, { userId }: RoutingRow) => {
    const [last] = await readAudit(master, userId, { before: null, limit: 1 });
    return { event: last?.event, actor: last?.actor, meta: last?.meta };
  };

  it('are locked after the time without a request, and the one that is used is not', async () => {
    const world = await newWorld(kind);
    const [alice, bob] = [await world.newcomer(), await world.newcomer()];
    world.pass(idleMs - 1_000);
    await (await world.one.get(bob.row, '/who')).text();
    world.pass(2_000);
    await world.look();
    expect(await world.states(alice.row, bob.row)).toEqual(['locked', 'unlocked']);
    expect(world.one.fleet.state(alice.row).running).toBe(false);
    expect(await lastOf(world, alice.row)).toEqual({
      event: 'space.locked',
      actor: 'server',
      meta: { reason: 'idle' },
    });
  });

  it('are not kept open by a page that only listens, and are by a request that is under way', async () => {
    const world = await newWorld(kind);
    const [alice, bob] = [await world.newcomer(), await world.newcomer()];
    const leave = new AbortController();
    const headers = { accept: 'text/event-stream' };
    const stream = await world.one.get(alice.row, '/events', { headers, signal: leave.signal });
    const answer = world.one.get(bob.row, '/silent', { signal: leave.signal }).catch(() => null);
    await eventually(() => world.one.fleet.state(bob.row).requests === 1);
    world.pass(idleMs + 1_000);
    await world.look();
    expect(await world.states(alice.row, bob.row)).toEqual(['locked', 'unlocked']);
    await expect(new Response(stream.body).text()).rejects.toThrow();
    leave.abort();
    await answer;
  });

  it('are locked as soon as their owner is signed in nowhere; a token that is left keeps none open', async () => {
    const world = await newWorld(kind);
    const [alice, bob] = [await world.newcomer(), await world.newcomer()];
    const second = await signIn(world.gateway, alice.person.identity);
    const token = { scopes: ['memory:read'], days: 1 };
    expect((await alice.person.send('POST', '/v1/tokens', { json: token })).status).toBe(201);
    await alice.person.send('DELETE', '/v1/sessions/current');
    await world.look();
    expect(await world.states(alice.row, bob.row)).toEqual(['unlocked', 'unlocked']);
    await second.send('DELETE', '/v1/sessions/current');
    // Told by the end of the session itself.
    await eventually(async () => (await world.states(alice.row))[0] === 'locked');
    expect(await world.states(bob.row)).toEqual(['unlocked']);
    await eventually(async () => (await lastOf(world, alice.row)).event === 'space.locked');
    expect((await lastOf(world, alice.row)).meta).toEqual({ reason: 'signed-out' });
  });
});
