import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  descendants,
  eventually,
  fakeEngine,
  fakeModels,
  isRunning,
  startTestFleet,
  type TestFleet,
} from '../../../../test/kit/fleet/fleet-kit.ts';
import { bubblewrapPlaces, probeBubblewrap } from './bubblewrap.ts';
import { chooseJail } from './jail.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Probed {
  readonly passwd: string;
  readonly neighbour: string;
  readonly root: readonly string[];
  readonly network: string;
  readonly spawn: readonly string[];
  readonly environment: readonly string[];
  readonly processes: string;
  readonly writeCode: string;
}

let one: TestFleet | null = null;
afterEach(async () => {
  await one?.end();
  one = null;
});

const installed = bubblewrapPlaces.some((path) => existsSync(path));
const reason = installed ? '' : ' (skipped: bubblewrap is not installed; apt-get install bubblewrap)';

describe.skipIf(!installed)(`bubblewrap${reason}`, () => {
  test('inside, the host, the neighbour, the network, other programs and the environment are out of reach', async () => {
    one = await startTestFleet({ config: { jail: 'require' } });
    const [row, neighbour] = [await one.newSpace(), await one.newSpace()];
    const answer = await one.get(row, `/probe?neighbour=${encodeURIComponent(one.directory(neighbour))}`);
    expect((await answer.json()) as Probed).toEqual({
      passwd: 'ENOENT',
      neighbour: 'ENOENT',
      root: expect.not.arrayContaining(['etc', 'home', 'proc', 'tmp', 'usr', 'var']),
      network: 'ENETUNREACH',
      spawn: ['ENOENT', 'ENOENT'],
      environment: [],
      processes: 'ENOENT',
      writeCode: 'EROFS',
    });
    expect(one.fleet.health().jail).toBe('bubblewrap');
  });

  test('the models process is within reach', async () => {
    one = await startTestFleet({ config: { jail: 'require' }, models: fakeModels });
    const row = await one.newSpace();
    await eventually(() => one?.fleet.health().models?.status === 'ok');
    expect(await (await one.get(row, '/models')).json()).toEqual({ embedder: 'fake-1' });
  });

  test('a jailed engine is killed with all that is inside when it hangs', async () => {
    one = await startTestFleet({ config: { jail: 'require' }, limits: { hangMs: 500 } });
    const row = await one.newSpace();
    const inside = descendants();
    expect(inside.length).toBeGreaterThanOrEqual(2);
    await expect(one.get(row, '/spin')).rejects.toMatchObject({ code: 'engine_timeout' });
    await eventually(() => inside.every((pid) => !isRunning(pid)));
    expect((await one.get(row, '/who')).status).toBe(200);
  });

  test('pooled engines see the tree of spaces and nothing else', async () => {
    one = await startTestFleet({ config: { jail: 'require', engineMode: 'pooled' }, limits: { pooledProcesses: 1 } });
    const [row] = [await one.newSpace(), await one.newSpace()];
    const probed = (await (await one.get(row, '/probe')).json()) as Probed;
    expect(probed).toMatchObject({ passwd: 'ENOENT', network: 'ENETUNREACH', spawn: ['ENOENT', 'ENOENT'] });
    expect(one.fleet.health()).toMatchObject({ mode: 'pooled', jail: 'bubblewrap', running: 1 });
  });

  test('after close no jail is left', async () => {
    const closing = await startTestFleet({ config: { jail: 'require' } });
    await Promise.all([closing.newSpace(), closing.newSpace()]);
    const inside = descendants();
    await closing.end();
    expect(inside.filter((pid) => isRunning(pid))).toEqual([]);
  });
});

test('without bubblewrap, auto falls back to what Node can do and says so', async () => {
  const probe = await probeBubblewrap(fakeEngine, ['/nowhere/bwrap']);
  expect(probe).toEqual({ jail: null, reason: 'it is not installed.' });
  expect((await chooseJail('auto', fakeEngine, ['/nowhere/bwrap'])).level).toBe('node-permission');
});

test('require does not start below bubblewrap, and says what to do', async () => {
  await expect(chooseJail('require', fakeEngine, ['/nowhere/bwrap'])).rejects.toThrow(
    /VIVIM_JAIL=require.*not installed[\s\S]*apt-get install bubblewrap/,
  );
});

test('a bubblewrap that does not work counts as none', async () => {
  expect((await chooseJail('auto', fakeEngine, ['/bin/false'])).level).toBe('node-permission');
});

test('under the permission model an engine works, and cannot read beyond its own by Node', async () => {
  one = await startTestFleet({ jail: await chooseJail('auto', fakeEngine, ['/nowhere/bwrap']) });
  const [row, neighbour] = [await one.newSpace(), await one.newSpace()];
  const answer = await one.get(row, `/probe?neighbour=${encodeURIComponent(one.directory(neighbour))}`);
  const probed = (await answer.json()) as Probed;
  expect(probed).toMatchObject({ passwd: 'ERR_ACCESS_DENIED', neighbour: 'ERR_ACCESS_DENIED', environment: [] });
  expect(probed.writeCode).toBe('ERR_ACCESS_DENIED');
  expect(probed.spawn).toEqual(['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED']);
  expect(one.fleet.health().jail).toBe('node-permission');
});
