/**
 * N49: somebody fills their quota. They are told 507, their database is sound, what was acknowledged is in it, and the neighbour goes on
 * writing. The shipped engine behind the strongest wall there is; the bytes on the disk are counted.
 */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportRun } from '@vivim/contract/imports';
import { Problem } from '@vivim/contract/problem';
import { openConnection } from '@vivim/engine/sqlite/database';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { builtEngine } from '../../packages/gateway/src/fleet/engine-program.ts';
import type { SpaceRow } from '../../packages/gateway/src/fleet/fleet-control.ts';
import { Writer } from '../bench/synthetic.ts';
import { chatGptConversation } from '../kit/exports.ts';
import { callerOf, startTestFleet, type TestFleet } from '../kit/fleet/fleet-kit.ts';
import { keysOf } from '../kit/keks.ts';

vi.setConfig({ testTimeout: 120_000 });
const quotaBytes = 6 * 1024 ** 2;

let one: TestFleet;
let alice: SpaceRow;
let bob: SpaceRow;
beforeAll(async () => {
  one = await startTestFleet({ program: builtEngine(), config: { jail: 'auto' } });
  [alice, bob] = [await one.newSpace({ quotaBytes }), await one.newSpace({ quotaBytes: 2 ** 30 })];
});
afterAll(() => one.end());

/** An export nobody sent before, of about a megabyte. */
function exportOf(seed: number): string {
  const writer = new Writer(seed);
  const conversations = Array.from({ length: 40 }, (_, number) => {
    const id = `c${seed}-${number}`;
    const turns = Array.from({ length: 20 }, (_, turn) => ({
      id: `${id}-${turn}`,
      parent: turn === 0 ? null : `${id}-${turn - 1}`,
      role: turn % 2 === 0 ? ('user' as const) : ('assistant' as const),
      text: writer.text(12),
    }));
    return chatGptConversation(id, writer.sentence(), turns);
  });
  return JSON.stringify(conversations);
}

async function ask(row: SpaceRow, method: string, path: string, body: string | null = null): Promise<Response> {
  const caller = { ...callerOf(row), scopes: ['memory:read', 'memory:write'] as const };
  const headers =
    body === null ? {} : { 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() };
  const stream = body === null ? null : new Blob([body]).stream();
  return one.fleet.fetch(row, caller, { method, path, headers, body: stream, signal: null });
}

/** @returns how the import ended, or the problem its upload was answered with */
async function importInto(
  row: SpaceRow,
  seed: number,
): Promise<{ status: number; code: string | null; messages: number }> {
  const answer = await ask(row, 'POST', `/v1/imports?fileName=${seed}.json`, exportOf(seed));
  if (!answer.ok) return { status: answer.status, code: Problem.parse(await answer.json()).code, messages: 0 };
  const { id } = ImportRun.parse(await answer.json());
  for (;;) {
    const run = ImportRun.parse(await (await ask(row, 'GET', `/v1/imports/${id}`)).json());
    if (run.state !== 'queued' && run.state !== 'running')
      return { status: answer.status, code: run.error?.code ?? null, messages: run.report.messages.added };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const gone = (error: NodeJS.ErrnoException): number => {
  if (error.code !== 'ENOENT') throw error;
  return 0;
};
const bytesIn = async (row: SpaceRow): Promise<number> => {
  const files = await readdir(one.directory(row), { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    // A file of the spool may go once its import has ended.
    .map((file) => stat(join(file.parentPath, file.name)).then(({ size }) => size, gone));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

it('a full space: 507 quota_exceeded, sound, with all that was acknowledged; the neighbour still writes', async () => {
  const ended: Awaited<ReturnType<typeof importInto>>[] = [];
  let most = 0;
  while (ended.at(-1)?.status !== 507 && ended.length < 20) {
    ended.push(await importInto(alice, ended.length + 1));
    most = Math.max(most, await bytesIn(alice));
  }
  expect(ended.at(-1)).toEqual({ status: 507, code: 'quota_exceeded', messages: 0 });
  // What a job was stopped by says the same.
  expect(ended.map(({ code }) => code).filter((code) => code !== null && code !== 'quota_exceeded')).toEqual([]);
  expect(most).toBeLessThanOrEqual(quotaBytes * 1.5);

  expect(await importInto(bob, 1)).toEqual({ status: 202, code: null, messages: 800 });
  expect((await ask(alice, 'GET', '/v1/conversations')).status).toBe(200);

  await one.fleet.stop(alice);
  const opened = await keysOf(one.dataDir);
  const path = join(one.directory(alice), 'user.db');
  expect(existsSync(path)).toBe(true);
  const database = openConnection(path, {
    keyHex: Buffer.from(await opened.unwrap(alice.storageId)).toString('hex'),
    quotaBytes,
    readonly: true,
  });
  const acknowledged = ended.reduce((sum, { messages }) => sum + messages, 0);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.prepare('SELECT count(*) AS messages FROM message').get()).toEqual({ messages: acknowledged });
  database.close();
});
