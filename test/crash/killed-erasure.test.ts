/** A server killed five times in the middle of an erasure: the next one brings it to the end, and the neighbour keeps everything. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AdminUserDetail, AuditReport } from '@vivim/contract/admin';
import { spaceDirectory } from '@vivim/gateway/fleet/space-directory';
import { afterAll, expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';
import { bobExport } from '../kit/exports.ts';
import { isRunning } from '../kit/fleet/fleet-kit.ts';
import { atTerminal, hashOfSpace } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const env = { VIVIM_MODELS: 'off', VIVIM_DELETION_GRACE_DAYS: '0' };
/** Enough files that removing them takes a while. */
const files = 30_000;

let server: TestServer;
afterAll(() => server?.stop());

const show = async ({ userId }: Person) =>
  AdminUserDetail.parse(JSON.parse((await atTerminal(server.dataDir, ['admin', 'show', userId, '--json'])).stdout));

/** Looks until it holds, as closely as it can. */
async function until(holds: () => boolean, withinMs = 60_000): Promise<void> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await wait(1)) if (holds()) return;
  throw new Error(`This did not come true: ${holds}`);
}

/** Ends a process as a power cut would, and waits until it is gone. */
async function killed(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await until(() => !isRunning(pid));
}

/** Starts a server and kills it as soon as something has come about, even before it answers. */
async function killWhen(dataDir: string, reached: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'packages/gateway/src/main.ts')], {
    env: { ...process.env, ...env, VIVIM_DATA_DIR: dataDir, VIVIM_PORT: '0' },
    stdio: 'ignore',
  });
  await until(reached);
  await killed(child.pid ?? 0);
}

it.skipIf(process.platform === 'win32')('is finished however often it is cut short', { timeout: 240_000 }, async () => {
  server = await startTestServer({ env });
  const [alice, bob] = [await signUp(server.url), await signUp(server.url)];
  await importFile(bob, 'b.json', bobExport);
  await quiet(bob, { embedding: false });
  while ((await atTerminal(server.dataDir, ['admin', 'evict', bob.userId])).code !== 0) await wait(50);
  const [hers, his] = [await show(alice), await show(bob)];
  const before = hashOfSpace(server.dataDir, his.storageId);
  const { dataDir } = server;
  const directory = spaceDirectory(join(dataDir, 'users'), hers.storageId);
  const ledger = join(dataDir, 'keys/erased.jsonl');
  const wrap = join(dataDir, 'keys/wraps', hers.storageId);

  await atTerminal(dataDir, ['admin', 'evict', alice.userId, '--force']);
  const spool = join(directory, 'spool');
  mkdirSync(spool, { recursive: true });
  for (let index = 0; index < files; index += 1) writeFileSync(join(spool, String(index)), '');
  const { receipt } = await alice.client.deleteAccount({});
  expect(receipt).toBe(hers.receipt);

  // With no days of grace the next start erases.
  await killed(server.pid);
  await killWhen(dataDir, () => existsSync(ledger));
  for (let kill = 2; kill <= 5; kill += 1) {
    const left = readdirSync(spool);
    expect(left.length, `before kill ${kill}`).toBeGreaterThan(100);
    // Removed in about the order they are listed in: one a little further on tells that it is under way.
    const sign = join(spool, left[Math.floor(left.length / 20)] ?? '');
    await killWhen(dataDir, () => !existsSync(sign));
  }
  expect([existsSync(wrap), existsSync(directory)]).toEqual([false, true]);

  server = await startTestServer({ dataDir, env });
  await until(() => !existsSync(directory));
  const erasure = async () => fetch(`${server.url}/v1/erasures/${receipt}`);
  expect((await erasure()).status).toBe(200);
  while ((await atTerminal(dataDir, ['admin', 'show', alice.userId])).code !== 4) await wait(50);
  expect(readFileSync(ledger, 'utf8').trim().split('\n')).toHaveLength(1);
  for (const place of ['users', 'keys']) {
    const names = readdirSync(join(dataDir, place), { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.includes(hers.storageId))).toEqual([]);
  }
  expect(hashOfSpace(dataDir, his.storageId)).toBe(before);
  const again = await show(bob);
  expect(again).toMatchObject({ status: 'active', sessions: 1 });
  const books = await atTerminal(dataDir, ['audit', 'verify', '--json']);
  expect(AuditReport.parse(JSON.parse(books.stdout))).toMatchObject({ clean: true, keyLogs: 1, erasures: 1 });
});
