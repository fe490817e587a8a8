import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { toProblem } from '@vivim/contract/problem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { callerOf, eventually, startTestFleet, type TestFleet } from '../../../../test/kit/fleet/fleet-kit.ts';
import type { SpaceRow } from '../fleet/engines.ts';
import { type Listener, listen } from './listener.ts';
import { proxyToEngine } from './proxy.ts';

vi.setConfig({ testTimeout: 60_000 });

let one: TestFleet;
let row: SpaceRow;
let listener: Listener;
let base: string;
beforeAll(async () => {
  one = await startTestFleet();
  row = await one.newSpace();
  listener = await listen('127.0.0.1', 0, () => async (request, env) => {
    try {
      return await proxyToEngine(one.fleet, { ...callerOf(row), routing: row }, request, 'trace-1', env);
    } catch (error) {
      const problem = toProblem(error instanceof AppError ? error : new AppError('internal'));
      return Response.json(problem, { status: problem.status });
    }
  });
  base = `http://127.0.0.1:${listener.port}`;
}, 60_000);
afterAll(async () => {
  await listener.close();
  await one.end();
});

const ask = async (path: string, init: RequestInit = {}) => (await fetch(base + path, init)).json();

test('only what is listed reaches an engine: no credential, no name, no hop', async () => {
  const { headers, url } = (await ask('/who?q=a%20b&q=%2F', {
    headers: {
      authorization: 'DPoP secret',
      cookie: '__Host-sid=secret',
      dpop: 'secret',
      'x-did': 'did:key:z6Mk',
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'for=10.0.0.1',
      'vivim-ticket': 'forged',
      'vivim-trace-id': 'forged',
      'idempotency-key': 'key-1',
      'last-event-id': '7',
      accept: 'application/json',
    },
  })) as { headers: Record<string, string>; url: string };
  expect(url).toBe('/who?q=a%20b&q=%2F');
  const { 'vivim-ticket': ticket, ...rest } = headers;
  expect(ticket).toMatch(/^[\w-]+\.[\w-]{86}$/);
  expect(rest).toEqual({
    accept: 'application/json',
    connection: 'keep-alive',
    host: 'engine',
    'idempotency-key': 'key-1',
    'last-event-id': '7',
    'vivim-trace-id': 'trace-1',
  });
});

test('each request carries another ticket', async () => {
  const tickets = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { headers } = (await ask('/who')) as { headers: Record<string, string> };
      return headers['vivim-ticket'];
    }),
  );
  expect(new Set(tickets).size).toBe(20);
});

test('of the answer, only listed headers come back', async () => {
  const answer = await fetch(`${base}/who`);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(answer.headers.get('x-secret')).toBeNull();
});

test('an upload streams through whole, with and without a length', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'upload');
  const hash = createHash('sha256');
  for (let index = 0; index < 48; index += 1) hash.update(chunk);
  const stream = () => {
    let left = 48;
    return new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
  };
  const expected = { bytes: 48 * chunk.length, hash: hash.digest('hex') };
  const chunked = { method: 'POST', body: stream(), duplex: 'half' } as RequestInit;
  expect(await ask('/upload', chunked)).toEqual(expected);
  expect(await ask('/upload', { method: 'POST', body: Buffer.concat(Array(48).fill(chunk)) })).toEqual(expected);
});

test('an engine may refuse an upload before it has it all', async () => {
  const answer = await fetch(`${base}/refuse-upload`, { method: 'POST', body: Buffer.alloc(8 * 1024 * 1024) });
  expect(answer.status).toBe(413);
  expect(await ask('/upload', { method: 'POST', body: 'next' })).toMatchObject({ bytes: 4 });
});

test('a large answer streams through without a length', async () => {
  const answer = await fetch(`${base}/large?chunks=400`);
  expect(answer.headers.get('content-length')).toBeNull();
  expect((await answer.bytes()).length).toBe(400 * 64 * 1024);
});

test('events arrive as they are sent, and the engine learns when the reader goes', async () => {
  const answer = await fetch(`${base}/events`);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('data: first\n\n');
  expect((await reader?.read())?.value).toBe('data: second\n\n');
  await reader?.cancel();
  await eventually(() => existsSync(join(one.directory(row), 'aborted')));
});

test('an exchange ends in mid-answer when it is told to, and the engine learns of it', async () => {
  const other = await one.newSpace();
  const ending = new AbortController();
  const server = await listen(
    '127.0.0.1',
    0,
    () => (request, env) =>
      proxyToEngine(one.fleet, { ...callerOf(other), routing: other }, request, 'trace-3', env, ending.signal),
  );
  const reader = (await fetch(`http://127.0.0.1:${server.port}/events`)).body?.getReader();
  await reader?.read();
  ending.abort(new AppError('session_revoked'));
  const rest = async () => {
    while ((await reader?.read())?.done === false);
  };
  await rest().catch(() => {});
  await eventually(() => existsSync(join(one.directory(other), 'aborted')));
  await server.close();
});

test('a client that goes away in mid-upload takes its request to the engine along', async () => {
  const other = await one.newSpace();
  const server = await listen(
    '127.0.0.1',
    0,
    () => async (request, env) =>
      proxyToEngine(one.fleet, { ...callerOf(other), routing: other }, request, 'trace-2', env).catch(
        () => new Response(null, { status: 500 }),
      ),
  );
  const socket = connect(server.port, '127.0.0.1');
  socket.write('POST /wait-for-abort HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\nonly this');
  await new Promise((resolve) => setTimeout(resolve, 200));
  socket.destroy();
  await eventually(() => existsSync(join(one.directory(other), 'aborted')));
  expect((await one.get(other, '/who')).status).toBe(200);
  await server.close();
});

test('an engine that dies in mid-upload costs the client its request, not its answer', async () => {
  let sent = 0;
  const body = new ReadableStream({
    pull: async (controller) => {
      if (sent++ === 4) void one.get(row, '/die').catch(() => null);
      if (sent > 8) await new Promise((resolve) => setTimeout(resolve, 50));
      if (sent > 40) controller.close();
      else controller.enqueue(Buffer.alloc(64 * 1024));
    },
  });
  const answer = (await ask('/upload', { method: 'POST', body, duplex: 'half' } as RequestInit)) as { code: string };
  expect(answer.code).toBe('engine_unavailable');
});

test('what the fleet refuses with reaches the edge as it is', async () => {
  expect(await ask('/die')).toMatchObject({ code: 'engine_unavailable', status: 503 });
  expect(await ask('/who')).toMatchObject({ storageId: row.storageId });
});
