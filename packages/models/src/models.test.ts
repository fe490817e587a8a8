import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInEmbedder, embedPath } from '@vivim/contract/models';
import { embedderClient } from '@vivim/engine/models/embedder-client';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EmbedQueue } from './embed-queue.ts';

const folder = mkdtempSync(join(tmpdir(), 'vivim-models-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(name: string) {
  const socket = join(folder, name);
  const main = new URL('./main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, '--socket', socket], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { socket, child };
}
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe('the models process', () => {
  let models: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    models = await start('shared.sock');
  });
  afterAll(() => models.child.kill());

  it('puts like texts near each other, whatever else is asked for', async () => {
    const embedder = embedderClient(models.socket);
    const [ferry, boat, tax] = await embedder.embed([
      'When does the ferry to the islands leave?',
      'The boat sails to the isles at nine in the morning.',
      'My tax return is due in April.',
    ]);
    if (!ferry || !boat || !tax) throw new Error('too few vectors');
    expect(ferry).toHaveLength(builtInEmbedder.dimensions);
    expect(dot(ferry, ferry)).toBeCloseTo(1, 4);
    expect(dot(ferry, boat)).toBeGreaterThan(dot(ferry, tax) + 0.2);
    const [alone] = await embedder.embed(['When does the ferry to the islands leave?'], { urgent: true });
    expect(dot(ferry, alone ?? tax)).toBeGreaterThan(0.98);
    expect(await embedder.embed([])).toEqual([]);
  });

  it('takes any text: nothing, one long word, half a surrogate', async () => {
    const texts = ['', 'x'.repeat(8_000), '\ud800', '日本語のテキスト', 'line\u0000feed'];
    const vectors = await embedderClient(models.socket).embed(texts);
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) expect(vector.every(Number.isFinite)).toBe(true);
  });

  it('refuses what is no request within the limits', async () => {
    const post = (body: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const sent = request({ socketPath: models.socket, path: embedPath, method: 'POST' }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        sent.on('error', reject);
        sent.end(body);
      });
    expect(await post('not json')).toBe(400);
    expect(await post(JSON.stringify({ texts: [] }))).toBe(400);
    expect(await post(JSON.stringify({ texts: Array(1_000).fill('x') }))).toBe(400);
    expect(await post(JSON.stringify({ texts: ['x'.repeat(8_001)] }))).toBe(400);
    expect(await post(JSON.stringify({ texts: ['x'.repeat(6_000_000)] }))).toBe(413);
  });

  it('never ends a connection that nobody uses: a question may lie on it unread', async () => {
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const sent = request({ socketPath: models.socket, agent, path: embedPath, method: 'POST' }).end('{}');
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    // A server that ends idle connections says after how many seconds.
    expect(answer.headers).toMatchObject({ connection: 'keep-alive' });
    expect(answer.headers['keep-alive']).toBeUndefined();
  });

  it.each([
    ['its parent is gone', (child: Awaited<ReturnType<typeof start>>['child']) => child.stdin.end()],
    ['it is told to', (child: Awaited<ReturnType<typeof start>>['child']) => child.kill('SIGTERM')],
  ])('ends when %s, and takes its socket with it', async (_, end) => {
    const { child, socket } = await start('ending.sock');
    end(child);
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(existsSync(socket)).toBe(false);
    await expect(embedderClient(socket).embed(['x'])).rejects.toMatchObject({ code: 'models_unavailable' });
  });
});

describe('the client', () => {
  it.each([
    ['another size', 200, Buffer.alloc(10)],
    ['an error', 500, Buffer.alloc(builtInEmbedder.dimensions * 4)],
  ])('takes %s for an embedder that is away', async (name, status, body) => {
    const socket = join(folder, `${name.length}.sock`);
    const server = createServer((_, answer) => answer.writeHead(status).end(body)).listen(socket);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    await expect(embedderClient(socket).embed(['x'])).rejects.toMatchObject({ code: 'models_unavailable' });
  });

  it('stops waiting when nobody wants the answer', async () => {
    const socket = join(folder, 'hangs.sock');
    const server = createServer(() => {}).listen(socket);
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await once(server, 'listening');
    const asked = embedderClient(socket).embed(['x'], { signal: AbortSignal.timeout(20) });
    await expect(asked).rejects.toMatchObject({ code: 'models_unavailable' });
  });
});

describe('the queue', () => {
  /** A model whose texts are their own token counts; notes the batches it was given. */
  const noting = () => {
    const batches: number[][] = [];
    const queue = new EmbedQueue(async () => ({
      tokenize: (text) => Array(Number(text)).fill(0),
      run: async (batch) => {
        batches.push(batch.map((ids) => ids.length));
        await new Promise((resolve) => setTimeout(resolve, 1));
        return batch.map((ids) => Float32Array.of(ids.length));
      },
    }));
    return { queue, batches };
  };

  it('lets a question overtake background work, and answers each in its own order', async () => {
    const { queue } = noting();
    const later = queue.embed(Array(20).fill('200'), false);
    const urgent = later.then(() => 'later');
    await new Promise((resolve) => setTimeout(resolve, 2));
    const first = await Promise.race([urgent, queue.embed(['7'], true)]);
    expect(first).toEqual([Float32Array.of(7)]);
    expect((await later).map((vector) => vector[0])).toEqual(Array(20).fill(200));
  });

  it('gives a text the vector it has alone, whatever is embedded beside it', async () => {
    const { queue, batches } = noting();
    const lengths = [5, 300, 6, 310, 5, 4, 305];
    const vectors = await queue.embed(lengths.map(String), false);
    expect(vectors.map((vector) => vector[0])).toEqual(lengths);
    expect(batches).toEqual(lengths.map((length) => [length]));
  });

  it('runs the model for every text, whoever sent the same one before', async () => {
    const { queue, batches } = noting();
    for (const urgent of [false, true, false]) expect(await queue.embed(['11'], urgent)).toEqual([Float32Array.of(11)]);
    expect(batches).toEqual([[11], [11], [11]]);
  });

  it('fails a text with its error and goes on with the next', async () => {
    let calls = 0;
    const queue = new EmbedQueue(async () => ({
      tokenize: () => [1],
      run: async (batch) => {
        calls++;
        if (calls === 1) throw new Error('out of memory');
        return batch.map(() => Float32Array.of(1));
      },
    }));
    await expect(queue.embed(['a'], false)).rejects.toThrow('out of memory');
    expect(await queue.embed(['b'], false)).toHaveLength(1);
  });
});
