/** The fleet with the engine that is really shipped, inside the strongest wall this machine has. */
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@vivim/contract/clock';
import { SpaceStatus } from '@vivim/contract/health';
import { ticketHeader } from '@vivim/contract/ticket';
import { Client } from 'undici';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { callerOf, eventually, newRow, startTestFleet, type TestFleet } from '../../../../test/kit/fleet/fleet-kit.ts';
import { builtEngine } from './engine-program.ts';
import { openTicketOffice } from './tickets.ts';

vi.setConfig({ testTimeout: 60_000 });

const bundle = fileURLToPath(new URL('../../../engine/dist/engine.mjs', import.meta.url));
const built = existsSync(bundle);

describe.skipIf(!built)(`the built engine${built ? '' : ' (skipped: it is not built; npm run build)'}`, () => {
  let one: TestFleet;
  afterEach(() => one.end());
  const start = async (idleMs = 60_000) => {
    one = await startTestFleet({ program: builtEngine(), config: { jail: 'auto' }, limits: { idleMs } });
    return one;
  };
  const spaceOf = async (row: Parameters<TestFleet['get']>[0]) =>
    SpaceStatus.parse(await (await one.get(row, '/v1/space')).json());

  test('a new space answers, is there again after its engine was stopped, and takes no second owner', async () => {
    await start(200);
    const [alice, bob] = [await one.newSpace(), await one.newSpace()];
    const first = await spaceOf(alice);
    expect(first.counts.conversations).toBe(0);
    await one.fleet.createSpace(alice);
    await eventually(() => one.fleet.health().running === 0);
    expect(await spaceOf(alice)).toEqual(first);
    await eventually(() => one.fleet.health().running === 0);
    await copyFile(join(one.directory(bob), 'user.db'), join(one.directory(alice), 'user.db'));
    await expect(one.get(alice, '/v1/space')).rejects.toMatchObject({ code: expect.stringMatching(/^storage_/) });
    expect((await spaceOf(bob)).counts.conversations).toBe(0);
  });

  test('its door opens once to a fresh ticket of this gateway for this space, and to nothing else', async () => {
    await start();
    const row = await one.newSpace();
    const root = await readFile(join(one.dataDir, 'socket-root'), 'utf8');
    const [socketDirectory = ''] = await readdir(root);
    const client = new Client('http://engine', { socketPath: join(root, socketDirectory, '0') });
    const statusWith = async (headers: Record<string, string>) => {
      const answer = await client.request({ method: 'GET', path: '/v1/space', headers });
      await answer.body.dump();
      return answer.statusCode;
    };
    const keyFile = join(one.dataDir, 'keys', 'ticket-key');
    const office = (clock = systemClock, file = keyFile) => openTicketOffice(file, clock);
    const caller = callerOf(row);
    const good = (await office()).mint(row, caller);
    const bad = [
      (await office(() => systemClock() - 32_000)).mint(row, caller),
      (await office(() => systemClock() + 60_000)).mint(row, caller),
      (await office()).mint({ ...row, storageId: newRow().storageId }, caller),
      (await office()).mint({ ...row, userId: newRow().userId }, caller),
      (await office(systemClock, join(one.dataDir, 'keys', 'stranger'))).mint(row, caller),
      `${good.slice(0, -2)}AA`,
    ];
    for (const ticket of bad) expect(await statusWith({ [ticketHeader]: ticket })).toBe(401);
    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ [ticketHeader]: good })).toBe(200);
    expect(await statusWith({ [ticketHeader]: good })).toBe(401);
    await client.close();
  });
});
