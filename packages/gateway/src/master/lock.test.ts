/** One server for one data directory, however many try, and none is locked out by a dead one. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from '@vivim/contract/random';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDataDir } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivim-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;
const tryAll = (count: number) => Promise.allSettled(Array.from({ length: count }, () => lockDataDir(folder)));

it('one of twenty gets it, and the others are told by whom', async () => {
  const tries = await tryAll(20);
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = tries.find((result) => result.status === 'rejected');
  expect(String(refused?.reason)).toContain(`process ${process.pid}`);
  expect(await readdir(folder)).toHaveLength(1);
});

it('is free again once given back', async () => {
  const release = await lockDataDir(folder);
  await release();
  await (await lockDataDir(folder))();
  expect(await readdir(folder)).toEqual([]);
});

it.each([
  ['a dead process', () => JSON.stringify({ pid: deadPid(), startedAt: '1' })],
  ['a process whose id another one has now', () => JSON.stringify({ pid: process.pid, startedAt: '1' })],
  ['a broken file', () => '{'],
])('is taken over from %s, by one of twenty', async (_, content) => {
  await writeFile(join(folder, `server-${uuidv7()}.lock`), content());
  const tries = await tryAll(20);
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await readdir(folder)).toHaveLength(1);
});
