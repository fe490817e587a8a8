/** Which wall is chosen, what is demanded of it, and that it ends with what is behind it. What each one stops: test/isolation/jail.test.ts. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  descendants,
  eventually,
  fakeEngine,
  hostileEngine,
  isRunning,
  startTestFleet,
  type TestFleet,
} from '../../../../test/kit/fleet/fleet-kit.ts';
import { walls } from '../../../../test/kit/fleet/walls.ts';
import { probeBubblewrap } from './bubblewrap.ts';
import type { Probe } from './enclosure.ts';
import type { EngineProgram } from './engine-program.ts';
import { chooseJail, type JailProbes, withoutPaths } from './jail.ts';
import { probeLandlock } from './landlock.ts';
import { permissionJail } from './node-permission.ts';

vi.setConfig({ testTimeout: 60_000 });

let one: TestFleet | null = null;
afterEach(async () => {
  await one?.end();
  one = null;
});

const kernelWalls = (await walls()).filter(({ level }) => level !== 'node-permission');

describe.each(kernelWalls.map((wall) => [wall.level + wall.note, wall] as const))('%s', (_, { level, jail }) => {
  if (jail === null) return test.skip('is chosen, holds and ends with what is behind it', () => {});

  test('an engine is killed with all that is inside when it hangs', async () => {
    one = await startTestFleet({ jail, limits: { hangMs: 500 } });
    const row = await one.newSpace();
    const inside = descendants();
    expect(inside.length).toBeGreaterThanOrEqual(2);
    await expect(one.get(row, '/spin')).rejects.toMatchObject({ code: 'engine_timeout' });
    await eventually(() => inside.every((pid) => !isRunning(pid)));
    expect((await one.get(row, '/who')).status).toBe(200);
    expect(one.fleet.health().jail).toBe(level);
  });

  test('an engine that dies is seen to be dead', async () => {
    one = await startTestFleet({ jail });
    const row = await one.newSpace();
    await expect(one.get(row, '/exit')).rejects.toMatchObject({ code: 'engine_unavailable' });
    expect((await one.get(row, '/who')).status).toBe(200);
  });

  test('pooled engines see the tree of spaces and nothing else', async () => {
    one = await startTestFleet({
      jail,
      program: hostileEngine,
      config: { engineMode: 'pooled' },
      limits: { pooledProcesses: 1 },
    });
    const [row] = [await one.newSpace(), await one.newSpace()];
    for (const name of ['read /etc/passwd', 'connect to the internet', 'start a shell']) {
      const answer = await one.get(row, `/attempt?${new URLSearchParams({ name })}`);
      expect(((await answer.json()) as { outcome: string }).outcome, name).toMatch(/^E[A-Z]+$/);
    }
    expect(one.fleet.health()).toMatchObject({ mode: 'pooled', jail: level, running: 1 });
  });

  test('after close nothing of it is left', async () => {
    const closing = await startTestFleet({ jail });
    await Promise.all([closing.newSpace(), closing.newSpace()]);
    const inside = descendants();
    await closing.end();
    expect(inside.filter((pid) => isRunning(pid))).toEqual([]);
  });
});

const holds: Probe = { jail: { ...permissionJail, level: 'landlock' } };
const no =
  (reason: string): ((program: EngineProgram) => Promise<Probe>) =>
  async () => ({ jail: null, reason });
const neither: JailProbes = { bubblewrap: no('it is not installed.'), landlock: no('the kernel has none.') };
const onlyLandlock: JailProbes = { ...neither, landlock: async () => holds };
const chosen = async (...asked: Parameters<typeof chooseJail>) => {
  const { jail, missed } = await chooseJail(...asked);
  return [jail.level, ...missed.map((each) => each.level)];
};

test('the strongest that holds is chosen, and what is missed is told', async () => {
  expect(await chosen('auto', fakeEngine, { ...neither, bubblewrap: async () => holds })).toEqual(['landlock']);
  expect(await chosen('auto', fakeEngine, onlyLandlock)).toEqual(['landlock', 'bubblewrap']);
  expect(await chosen('auto', fakeEngine, neither)).toEqual(['node-permission', 'bubblewrap', 'landlock']);
  expect(await chosen('off', fakeEngine, neither)).toEqual(['none']);
});

test.each([
  ['require', neither, /VIVIM_JAIL=require,[\s\S]*it is not installed[\s\S]*apt-get install bubblewrap/],
  ['require', onlyLandlock, /VIVIM_JAIL=require,[\s\S]*ask for less: VIVIM_JAIL=require:landlock/],
  [
    'require:landlock',
    neither,
    /require:landlock,[\s\S]*the kernel has none[\s\S]*npm run build[\s\S]*VIVIM_JAIL=auto/,
  ],
] as const)('%s does not start below, and says what is missing and how to get it', async (demand, probes, message) => {
  await expect(chooseJail(demand, fakeEngine, probes)).rejects.toThrow(message);
});

test('a demand is met by anything as strong', async () => {
  expect(await chosen('require:landlock', fakeEngine, onlyLandlock)).toEqual(['landlock', 'bubblewrap']);
  expect(await chosen('require:node-permission', fakeEngine, onlyLandlock)).toEqual(['landlock', 'bubblewrap']);
  expect(await chosen('require:node-permission', fakeEngine, neither)).toHaveLength(3);
});

test('a wall that is not there or does not work counts as none, with the reason', async () => {
  expect(await probeBubblewrap(fakeEngine, ['/nowhere/bwrap'])).toEqual({ jail: null, reason: 'it is not installed.' });
  expect(await probeBubblewrap(fakeEngine, ['/bin/false'])).toMatchObject({ jail: null });
});

describe.skipIf(process.platform !== 'linux')('a launcher', () => {
  const directory = (files: Readonly<Record<string, string>>) => {
    const made = mkdtempSync(join(tmpdir(), 'vivim-launcher-'));
    onTestFinished(() => rm(made, { recursive: true }));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(made, name), text, { mode: 0o755 });
    return made;
  };
  const reasonWith = async (files: Readonly<Record<string, string>>) => {
    const probed = await probeLandlock(fakeEngine, directory(files));
    return probed.jail === null ? probed.reason : 'it holds';
  };

  test('that is not built, could not be, or does not run is none', async () => {
    expect(await reasonWith({})).toMatch(/npm run build/);
    expect(await reasonWith({ 'engine-jail.reason': 'there was no C compiler.\n' })).toBe('there was no C compiler.');
    expect(await reasonWith({ 'engine-jail': '#!/bin/sh\necho engine-jail: the kernel says no >&2; exit 125\n' })).toBe(
      'the kernel says no',
    );
  });

  test('that lets through what it should stop is none', async () => {
    const open = '#!/bin/sh\nwhile [ "$1" != "--" ]; do shift; done; shift; exec "$@"\n';
    expect(await reasonWith({ 'engine-jail': open })).toMatch(/^the wall does not hold \(allowed /);
  });
});

test('reasons told to guests hold no path of the server', () => {
  const reason = "bwrap: Can't find source path /srv/secret/users: No such file; read/write";
  expect(withoutPaths([{ level: 'bubblewrap', reason }])).toEqual([
    { level: 'bubblewrap', reason: "bwrap: Can't find source path …: No such file; read/write" },
  ]);
});

test('under the permission model an engine works, and the health page says that it is no more', async () => {
  one = await startTestFleet({ jail: permissionJail });
  const row = await one.newSpace();
  expect((await one.get(row, '/who')).status).toBe(200);
  expect(one.fleet.health()).toMatchObject({ jail: 'node-permission' });
  expect(one.log).toContainEqual({ level: 'warn', event: 'jail.in_force', fields: { jail: 'node-permission' } });
});
