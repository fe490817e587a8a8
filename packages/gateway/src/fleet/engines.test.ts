import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AppError } from '@vivim/contract/errors';
import { afterEach, expect, test, vi } from 'vitest';
import {
  descendants,
  eventually,
  isRunning,
  newRow,
  startTestFleet,
  type TestFleet,
  type TestFleetOptions,
} from '../../../../test/kit/fleet/fleet-kit.ts';

vi.setConfig({ testTimeout: 60_000 });

const started: TestFleet[] = [];
const start = async (options: TestFleetOptions = {}) => {
  const one = await startTestFleet(options);
  started.push(one);
  return one;
};
afterEach(async () => {
  for (const one of started.splice(0)) await one.end();
});

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
const pidOf = async (one: TestFleet, row: Parameters<TestFleet['get']>[0]): Promise<number> =>
  ((await (await one.get(row, '/who')).json()) as { pid: number }).pid;

test('fifty first requests at once start one engine', async () => {
  const one = await start({ limits: { idleMs: 50 } });
  const row = await one.newSpace();
  await eventually(() => one.fleet.health().running === 0);
  const answers = await Promise.all(Array.from({ length: 50 }, () => pidOf(one, row)));
  expect(new Set(answers).size).toBe(1);
  expect(await one.lines(row, 'starts')).toHaveLength(2);
});

test('each space has a process, a key and a directory of its own', async () => {
  const one = await start();
  const [alice, bob] = [await one.newSpace(), await one.newSpace()];
  const of = async (row: typeof alice) => (await (await one.get(row, '/who')).json()) as Record<string, unknown>;
  const [first, second] = [await of(alice), await of(bob)];
  expect(first.storageId).toBe(alice.storageId);
  expect(first.pid).not.toBe(second.pid);
  expect(first.keyDigest).not.toBe(second.keyDigest);
  expect(one.fleet.health()).toMatchObject({ mode: 'dedicated', jail: 'none', running: 2 });
});

test('a space keeps its key over a restart and is created once', async () => {
  const one = await start();
  const row = await one.newSpace();
  const before = (await (await one.get(row, '/who')).json()) as Record<string, unknown>;
  await writeFile(join(one.directory(row), 'user.db'), '');
  const again = await one.restart();
  started.splice(0, 1, again);
  await again.fleet.createSpace(row);
  const after = (await (await again.get(row, '/who')).json()) as Record<string, unknown>;
  expect(before.create).toBe(true);
  expect(after.create).toBe(false);
  expect(after.keyDigest).toBe(before.keyDigest);
});

test('an idle engine is stopped, one with a request or a job is not', async () => {
  const one = await start({ limits: { idleMs: 300 } });
  const [idle, busy, streaming] = [await one.newSpace(), await one.newSpace(), await one.newSpace()];
  await one.get(busy, '/jobs?n=1');
  const events = await one.get(streaming, '/events');
  await eventually(() => one.fleet.health().running === 2);
  const pid = await pidOf(one, busy);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(one.fleet.health().running).toBe(2);
  await events.body?.cancel();
  await one.get(busy, '/jobs?n=0');
  await eventually(() => one.fleet.health().running === 0);
  await eventually(() => !isRunning(pid));
  expect(await pidOf(one, idle)).toBeGreaterThan(0);
});

test('a blocked event loop is killed, its requests answer engine_timeout and the next one works', async () => {
  const one = await start({ limits: { hangMs: 500 } });
  const row = await one.newSpace();
  const pid = await pidOf(one, row);
  const neighbour = codeOf(one.get(row, '/silent'));
  expect(await codeOf(one.get(row, '/spin'))).toBe('engine_timeout');
  expect(await neighbour).toBe('engine_timeout');
  await eventually(() => !isRunning(pid));
  expect(await pidOf(one, row)).not.toBe(pid);
});

test.skipIf(!existsSync('/proc/self/autogroup'))(
  'an engine at work gives way to those that answer, until it is done',
  async () => {
    const one = await start();
    const [working, answering] = [await one.newSpace(), await one.newSpace()];
    const [worker, answerer] = [await pidOf(one, working), await pidOf(one, answering)];
    const shareOf = (pid: number) => readFileSync(`/proc/${pid}/autogroup`, 'utf8').split(' ').at(-1)?.trim();
    await one.get(working, '/jobs?n=1');
    await eventually(() => shareOf(worker) === '5');
    expect(shareOf(answerer)).toBe('0');
    await one.get(working, '/jobs?n=0');
    await eventually(() => shareOf(worker) === '0');
  },
);

test('silence while at work on a job is borne longer', async () => {
  const one = await start({ limits: { hangMs: 250, busyHangMs: 60_000, answerMs: 1_500 } });
  const row = await one.newSpace();
  await one.get(row, '/jobs?n=1');
  expect(await codeOf(one.get(row, '/spin'))).toBe('engine_timeout');
  expect(one.log.map(({ event }) => event)).not.toContain('engine.silent');
});

test('what came with a request gives it longer, and one that hangs with it is found out all the same', async () => {
  const one = await start({ limits: { hangMs: 250, busyHangMs: 16_250 } });
  const row = await one.newSpace();
  const message = (megabytes: number) => ({
    method: 'POST',
    body: Readable.from([Buffer.alloc(megabytes * 1024 ** 2)]),
  });
  // 250 ms, and half a second for each megabyte.
  expect((await one.get(row, '/compute?ms=1500', message(8))).status).toBe(200);
  expect(await codeOf(one.get(row, '/compute?ms=60000', message(1)))).toBe('engine_timeout');
  // It was held against the request alone that carried it.
  expect(await codeOf(one.get(row, '/compute?ms=60000', message(0)))).toBe('engine_timeout');
  expect(one.log.filter(({ event }) => event === 'engine.silent')).toHaveLength(2);
});

test('a request without an answer is ended although the engine lives', async () => {
  const one = await start({ limits: { answerMs: 300 } });
  const row = await one.newSpace();
  expect(await codeOf(one.get(row, '/silent'))).toBe('engine_timeout');
  expect((await one.get(row, '/who')).status).toBe(200);
});

test('a crash answers engine_unavailable and the next request has a new engine', async () => {
  const one = await start();
  const row = await one.newSpace();
  const pid = await pidOf(one, row);
  const others = [codeOf(one.get(row, '/silent')), codeOf(one.get(row, '/silent'))];
  expect(await codeOf(one.get(row, '/die'))).toBe('engine_unavailable');
  for (const other of others) expect(await other).toBe('engine_unavailable');
  expect(await pidOf(one, row)).not.toBe(pid);
});

test('a connection that breaks while its engine lives is logged, and one that broke with it is not', async () => {
  const one = await start();
  const row = await one.newSpace();
  const pid = await pidOf(one, row);
  expect(await codeOf(one.get(row, '/hang-up'))).toBe('engine_unavailable');
  expect(await pidOf(one, row)).toBe(pid);
  await codeOf(one.get(row, '/die'));
  expect(one.log.filter(({ event }) => event === 'engine.request_lost')).toMatchObject([
    { fields: { code: 'UND_ERR_SOCKET' } },
  ]);
});

test('what an engine prints as it crashes is logged without its words', async () => {
  const one = await start();
  const row = await one.newSpace();
  await codeOf(one.get(row, '/crash'));
  await eventually(() => one.log.some(({ event }) => event === 'engine.error'));
  expect(JSON.stringify(one.log)).not.toContain('secret sentence');
});

test('an engine that dies over a job is started again without being asked', async () => {
  const one = await start();
  const row = await one.newSpace();
  await writeFile(join(one.directory(row), 'unfinished'), '');
  await one.get(row, '/jobs?n=1');
  await codeOf(one.get(row, '/die'));
  await eventually(async () => (await one.lines(row, 'starts')).length === 2);
  await eventually(() => one.get(row, '/who').then(() => true));
});

test('an engine that dies over the same job again and again is started ever less often', async () => {
  const one = await start();
  const row = await one.newSpace();
  for (const name of ['unfinished', 'poison']) await writeFile(join(one.directory(row), name), '');
  await one.get(row, '/jobs?n=1');
  await codeOf(one.get(row, '/die'));
  await eventually(async () => {
    const error: unknown = await one.get(row, '/who').catch((caught: unknown) => caught);
    return error instanceof AppError && error.retryAfterSeconds !== undefined;
  });
});

test('a mark that cannot be written is logged with the engine it is about', async () => {
  const one = await start();
  const row = await one.newSpace();
  await rm(join(one.dataDir, 'run-pending'), { recursive: true });
  await one.get(row, '/jobs?n=1');
  await eventually(() => one.log.some(({ event }) => event === 'engine.marker_failed'));
  const fields = one.log.find(({ event }) => event === 'engine.marker_failed')?.fields;
  expect(fields).toEqual({ engine: 'e0', operation: 'mark' });
});

test('jobs interrupted by the end of the server are taken up by the next start', async () => {
  const one = await start();
  const [working, done] = [await one.newSpace(), await one.newSpace()];
  await writeFile(join(one.directory(working), 'unfinished'), '');
  await one.get(working, '/jobs?n=2');
  await one.get(done, '/jobs?n=2');
  await one.get(done, '/jobs?n=0');
  const again = await one.restart();
  started.splice(0, 1, again);
  await eventually(async () => (await again.lines(working, 'starts')).length === 2);
  expect(await again.lines(done, 'starts')).toHaveLength(1);
});

test('a refusal keeps its code, and the space opens once the reason is gone', async () => {
  const one = await start({ limits: { idleMs: 50 } });
  const row = await one.newSpace();
  await eventually(() => one.fleet.health().running === 0);
  await writeFile(join(one.directory(row), 'refuse'), '');
  expect(await codeOf(one.get(row, '/who'))).toBe('schema_too_new');
  expect(one.fleet.health().running).toBe(0);
  await rm(join(one.directory(row), 'refuse'));
  expect((await one.get(row, '/who')).status).toBe(200);
});

test('an engine that cannot start is not started for every request', async () => {
  const one = await start({ limits: { idleMs: 50 } });
  const row = await one.newSpace();
  await eventually(() => one.fleet.health().running === 0);
  await writeFile(join(one.directory(row), 'die-at-open'), '');
  for (let turn = 0; turn < 5; turn += 1) expect(await codeOf(one.get(row, '/who'))).toBe('engine_unavailable');
  const error = await one.get(row, '/who').catch((caught: AppError) => caught);
  expect(error).toMatchObject({ code: 'engine_unavailable', retryAfterSeconds: expect.any(Number) });
});

test('a space whose files lead elsewhere is not opened', async () => {
  const one = await start({ limits: { idleMs: 50 } });
  const [alice, bob] = [await one.newSpace(), await one.newSpace()];
  await eventually(() => one.fleet.health().running === 0);
  const [hers, his] = [one.directory(alice), one.directory(bob)];
  await writeFile(join(his, 'user.db'), 'his');
  for (const plant of [symlink, link]) {
    await plant(join(his, 'user.db'), join(hers, 'user.db'));
    expect(await codeOf(one.get(alice, '/who'))).toBe('storage_integrity');
    await rm(join(hers, 'user.db'));
  }
  await rm(hers, { recursive: true });
  expect(await codeOf(one.get(alice, '/who'))).toBe('storage_integrity');
  await symlink(his, hers);
  expect(await codeOf(one.get(alice, '/who'))).toBe('storage_integrity');
  await rm(hers);
  await mkdir(hers);
  expect((await one.get(alice, '/who')).status).toBe(200);
});

test('nobody is answered from a space that is not theirs', async () => {
  const one = await start();
  const [alice, bob] = [await one.newSpace(), await one.newSpace()];
  const caller = { userId: bob.userId, sessionId: crypto.randomUUID(), scopes: [] };
  const request = { method: 'GET', path: '/who', headers: {}, body: null, signal: null };
  expect(await codeOf(one.fleet.fetch(alice, caller, request))).toBe('storage_owner_mismatch');
});

test('pooled engines host many spaces in few processes and let go of them one by one', async () => {
  const one = await start({ config: { engineMode: 'pooled' }, limits: { idleMs: 1_500, pooledProcesses: 2 } });
  const rows = await Promise.all(Array.from({ length: 8 }, () => one.newSpace()));
  const pids = await Promise.all(rows.map((row) => pidOf(one, row)));
  expect(new Set(pids).size).toBe(2);
  expect(one.fleet.health()).toMatchObject({ mode: 'pooled', running: 2 });
  const [row, pid] = [rows[0] as (typeof rows)[0], pids[0]];
  const roommates = rows.filter((_, index) => index !== 0 && pids[index] === pid);
  expect(await codeOf(one.get(row, '/die'))).toBe('engine_unavailable');
  for (const mate of [row, ...roommates]) expect(await pidOf(one, mate)).not.toBe(pid);
  await one.get(row, '/jobs?n=1');
  await eventually(() => one.fleet.health().running === 1);
  for (const mate of rows) expect((await one.get(mate, '/who')).status).toBe(200);
});

test('of a process of many nothing is sent for anybody; who has texts sent is served alone, and others cannot ask as them', async () => {
  const sent: string[] = [];
  const sending = new Set<string>();
  const one = await start({
    config: { engineMode: 'pooled' },
    limits: { pooledProcesses: 1 },
    sendsAway: async (userId) => sending.has(userId),
    embed: async (userId, { texts }) => {
      sent.push(`${userId} ${texts[0]}`);
      return { ok: false, code: 'model_not_allowed', detail: '', retryAfterSeconds: null };
    },
  });
  const [alice, bob] = [await one.newSpace(), await one.newSpace()];
  const askAs = (row: typeof alice, as: typeof alice, text: string) =>
    one.get(row, `/ask-as?as=${as.storageId}&text=${text}`);
  const together = await pidOf(one, bob);
  expect(await pidOf(one, alice)).toBe(together);
  sending.add(alice.userId);
  await askAs(bob, alice, 'his-before');
  await askAs(alice, alice, 'hers-before');
  await one.fleet.moveApart(alice);
  expect(await pidOf(one, alice)).not.toBe(await pidOf(one, bob));
  await askAs(bob, alice, 'his-after');
  await askAs(bob, bob, 'his-own');
  await askAs(alice, bob, 'hers-as-his');
  await askAs(alice, alice, 'hers');
  await eventually(() => sent.length > 0);
  expect(sent).toEqual([`${alice.userId} hers`]);
});

test('after close no process is left and nothing more is started', async () => {
  const one = await start();
  const rows = await Promise.all([one.newSpace(), one.newSpace(), one.newSpace()]);
  const spinning = codeOf(one.get(rows[0], '/silent'));
  const late = newRow();
  const creating = codeOf(one.fleet.createSpace(late));
  const children = descendants();
  expect(children.length).toBeGreaterThanOrEqual(3);
  await one.fleet.close();
  expect(await spinning).toBe('engine_unavailable');
  expect(['none', 'engine_unavailable']).toContain(await creating);
  expect(await codeOf(one.get(rows[1], '/who'))).toBe('engine_unavailable');
  expect(descendants().filter((pid) => isRunning(pid))).toEqual([]);
});
