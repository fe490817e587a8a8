import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  descendants,
  eventually,
  fakeModels,
  isRunning,
  startTestFleet,
} from '../../../../test/kit/fleet/fleet-kit.ts';
import { type ModelsProcess, startModels } from './models.ts';

vi.setConfig({ testTimeout: 60_000 });

const log = { info() {}, warn() {}, error() {} };
let directory: string;
let models: ModelsProcess | null = null;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vivim-test-'));
});
afterEach(async () => {
  await models?.close();
  models = null;
  await rm(directory, { recursive: true });
});

const ask = async (path: string) => {
  const dispatcher = new Agent({ connect: { socketPath: join(directory, 's') } });
  try {
    return await (await request(`http://models${path}`, { dispatcher })).body.json();
  } finally {
    await dispatcher.destroy();
  }
};

test('it runs, says what it embeds with, comes back after it died, and is gone after close', async () => {
  models = startModels(fakeModels, directory, log);
  expect(models.health()).toEqual({ status: 'down', embedder: null });
  await eventually(() => models?.health().status === 'ok');
  expect(models.health().embedder).toBe('fake-1');
  const { pid } = (await ask('/pid')) as { pid: number };
  await ask('/die').catch(() => null);
  await eventually(() => models?.health().status === 'down');
  await eventually(() => models?.health().status === 'ok');
  const second = ((await ask('/pid')) as { pid: number }).pid;
  expect(second).not.toBe(pid);
  await models.close();
  expect(isRunning(second)).toBe(false);
});

test('a program that does not start breaks nothing', async () => {
  const one = await startTestFleet({ models: { node: '/nowhere/node', entry: 'x' } });
  const row = await one.newSpace();
  expect((await one.get(row, '/who')).status).toBe(200);
  expect(one.fleet.health().models).toEqual({ status: 'down', embedder: null });
  await one.end();
  expect(descendants()).toEqual([]);
});
