/** The fleet with the engine that is really shipped, inside the strongest wall this machine has. */
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@vivim/contract/clock';
import { SpaceStatus } from '@vivim/contract/health';
import { ticketHeader } from '@vivim/contract/ticket';
import { Client } from 'undici';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  callerOf,
  descendants,
  eventually,
  isRunning,
  newRow,
  startTestFleet,
  type TestFleet,
  type TestFleetOptions,
} from '../../../../test/kit/fleet/fleet-kit.ts';
import type { Probe } from './enclosure.ts';
import { builtEngine, snapshotName } from './engine-program.ts';
import type { SpaceRow } from './fleet-control.ts';
import { probeLandlock } from './landlock.ts';
import { permissionJail } from './node-permission.ts';
import { openTicketOffice } from './tickets.ts';

vi.setConfig({ testTimeout: 60_000 });

const bundle = fileURLToPath(new URL('../../../engine/dist/engine.mjs', import.meta.url));
const built = existsSync(bundle);
const landlock: Probe = built ? await probeLandlock(builtEngine()) : { jail: null, reason: 'it is not built' };

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
      // In its middle: the last byte of a signature is zero one time in sixteen.
      `${good.slice(0, -20)}${good.at(-20) === 'A' ? 'B' : 'A'}${good.slice(-19)}`,
    ];
    for (const ticket of bad) expect(await statusWith({ [ticketHeader]: ticket })).toBe(401);
    expect(await statusWith({})).toBe(401);
    expect(await statusWith({ [ticketHeader]: good })).toBe(200);
    expect(await statusWith({ [ticketHeader]: good })).toBe(401);
    await client.close();
  });

  test('it begins from its snapshot, and where there is none for this Node from its bundle, and draws its own numbers', async () => {
    const programs = [builtEngine(), builtEngine({ fromSnapshot: false })];
    expect(programs.map(({ snapshot }) => snapshot)).toEqual([join(dirname(bundle), snapshotName()), null]);
    const drawn = new Set<string | undefined>();
    for (const program of programs) {
      one = await startTestFleet({ program, config: { jail: 'off' } });
      for (const row of [await one.newSpace(), await one.newSpace()]) {
        expect((await spaceOf(row)).counts.conversations).toBe(0);
        const caller = { ...callerOf(row), scopes: ['memory:write'] } as const;
        const headers = { 'tus-resumable': '1.0.0', 'upload-length': '1' };
        const ask = { method: 'POST', path: '/v1/uploads', headers, body: null, signal: null };
        // What is random of an upload's id stands behind its time.
        drawn.add((await one.fleet.fetch(row, caller, ask)).headers.get('location')?.slice(-12));
      }
      await one.end();
    }
    expect([drawn.size, drawn.has(undefined)]).toEqual([4, false]);
  });

  describe.each([
    ['the strongest wall there is', { config: { jail: 'auto' } }],
    ...(landlock.jail === null ? [] : [['Landlock', { jail: landlock.jail }] as const]),
    ["Node's permission model", { jail: permissionJail }],
    ['no wall, in a process of many', { config: { jail: 'off', engineMode: 'pooled' } }],
  ] as const)('behind %s', (_, options: TestFleetOptions) => {
    const startBehind = async () => {
      one = await startTestFleet({ program: builtEngine(), ...options });
      return [await one.newSpace(), await one.newSpace()] as const;
    };
    const taken = (row: SpaceRow) =>
      one.fleet.fetch(
        row,
        { ...callerOf(row), scopes: ['account:manage'] },
        { method: 'GET', path: '/v1/space/export', headers: {}, body: null, signal: null, patient: true },
      );
    /** Whatever of a space lies readable on the disk. */
    const readable = async (row: SpaceRow) => {
      const files = await readdir(one.directory(row), { recursive: true, withFileTypes: true });
      const bytes = files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name)));
      return (await Promise.all(bytes)).filter((content) => content.includes('SQLite format 3')).length;
    };

    test('a backup is encrypted, an export is not, and nothing readable ever lies on the disk', async () => {
      const [alice, bob] = await startBehind();
      const copy = await one.fleet.copyOut(alice, null);
      if (copy === 'unchanged') return expect.unreachable();
      const backup = await readFile(copy.path);
      expect([backup.length, backup.includes('SQLite format 3')]).toEqual([copy.bytes, false]);
      const answer = await taken(alice);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="vivim-\d{4}-\d\d-\d\d\.db"$/);
      const reader = answer.body?.getReader();
      const first = await reader?.read();
      expect(
        Buffer.from(first?.value ?? [])
          .subarray(0, 15)
          .toString(),
      ).toBe('SQLite format 3');
      expect([await readable(alice), (await taken(bob)).status]).toEqual([0, 200]);
      await reader?.cancel();
      // Once its reader has left another can be made.
      await eventually(async () => {
        const again = await taken(alice);
        await again.body?.cancel();
        return again.status === 200;
      });
    });

    test('an engine that is killed over an export leaves nothing of it', async () => {
      const [alice] = await startBehind();
      const before = new Set(descendants());
      const answer = await taken(alice);
      const reader = answer.body?.getReader();
      await reader?.read();
      for (const pid of before) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
      await eventually(() => one.fleet.state(alice).requests === 0);
      await reader?.cancel().catch(() => {});
      expect([await readable(alice), (await one.get(alice, '/v1/space')).status]).toEqual([0, 200]);
    });
  });
});
