/**
 * Files in pieces, end to end: any client of the tus protocol, the CLI, and processes of the server that die in the middle; two
 * people, real processes, a real port.
 */
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ImportReport, ImportRun } from '@vivim/contract/imports';
import { page } from '@vivim/contract/page';
import { uuidv7 } from '@vivim/contract/random';
import { tus } from '@vivim/contract/tus';
import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { engines } from '../bench/processes.ts';
import { manyConversations } from '../kit/exports.ts';
import { importEnd, type Person, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { atTerminal } from '../kit/terminal.ts';

/** What is sent needs no models. */
const light = { VIVIM_MODELS: 'off' };
let server: TestServer;
let alice: Person;
let bob: Person;

beforeAll(async () => {
  server = await startTestServer({ env: light });
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
}, 60_000);
afterAll(() => server?.stop());
vi.setConfig({ testTimeout: 60_000 });

/** An export of many bytes and few words: here it matters how bytes arrive, and words are what takes the processor. */
const heavyExport = (conversations: number, bytes: number): Buffer =>
  Buffer.from(
    JSON.stringify(
      (JSON.parse(manyConversations(conversations, 4)) as object[]).map((conversation) => ({
        ...conversation,
        unread: randomBytes(bytes / conversations / 2).toString('hex'),
      })),
    ),
  );
const exported = heavyExport(20, 1_000_000);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const version = { 'tus-resumable': '1.0.0' };

async function send(who: Person | null, method: string, target: string, init: RequestInit = {}): Promise<Response> {
  const url = new URL(target, server.url).href;
  const proof = who === null ? {} : await who.authorize(method, url);
  return fetch(url, { ...init, method, headers: { ...(init.headers as Record<string, string>), ...proof } });
}
const began = (who: Person, length: number) =>
  send(who, 'POST', '/v1/uploads', { headers: { ...version, 'upload-length': String(length) } });

/** A client of somebody else's, with nothing of ours but the proof of who sends. */
function foreignClient(who: Person, bytes: Buffer, more: Partial<ConstructorParameters<typeof Upload>[1]> = {}) {
  return new Promise<string>((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${server.url}/v1/uploads`,
      metadata: { filename: 'foreign.json', filetype: 'application/json' },
      chunkSize: 40_000,
      retryDelays: [0, 100, 300, 1_000, 3_000],
      async onBeforeRequest(request) {
        const proof = await who.authorize(request.getMethod(), request.getURL());
        for (const [name, value] of Object.entries(proof)) request.setHeader(name, value);
      },
      onError: reject,
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
      ...more,
    });
    upload.start();
  });
}

describe('any client of the protocol', () => {
  it('is told what the server knows of it', async () => {
    const answer = await send(null, 'OPTIONS', '/v1/uploads');
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'tus-resumable': '1.0.0',
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,termination,expiration',
      'tus-max-size': String(2 * 1024 ** 3),
    });
  });

  it.each([
    ['in pieces', {}],
    ['with the first piece in the request that begins it', { uploadDataDuringCreation: true }],
    ['in one piece', { chunkSize: Number.POSITIVE_INFINITY }],
  ])('sends a file %s', async (_, more) => {
    const person = await signUp(server.url);
    const id = await foreignClient(person, exported, more);
    expect(await importEnd(person, id)).toMatchObject({
      state: 'done',
      fileName: 'foreign.json',
      fileSha256: sha256(exported),
      report: { conversations: { added: 20 } },
    });
  });

  it('goes on after the engine was killed, as often as that happens', async () => {
    const person = await signUp(server.url);
    let kills = 0;
    const others = new Set(engines(server.pid).map(({ pid }) => pid));
    const id = await foreignClient(person, exported, {
      onChunkComplete(_, accepted) {
        if (accepted < (kills + 1) * 80_000 || kills === 3) return;
        kills += 1;
        for (const { pid } of engines(server.pid)) if (!others.has(pid)) process.kill(pid, 'SIGKILL');
      },
    });
    expect(kills).toBe(3);
    expect(await importEnd(person, id)).toMatchObject({ state: 'done', fileSha256: sha256(exported) });
  });

  it('is refused in the words of the protocol', async () => {
    const location = (await began(alice, 10)).headers.get('location') ?? '';
    const put = (at: number, bytes: string, more: Record<string, string> = {}) =>
      send(alice, 'PATCH', location, {
        headers: { ...version, 'content-type': tus.mediaType, 'upload-offset': String(at), ...more },
        body: bytes,
      });
    const said = async (answer: Response) => {
      expect(answer.headers.get('tus-resumable')).toBe('1.0.0');
      return [answer.status, answer.headers.get('upload-offset')];
    };
    expect(await said(await put(0, 'four'))).toEqual([204, '4']);
    expect(await said(await put(0, 'four'))).toEqual([409, null]);
    expect(await said(await put(4, 'seven b'))).toEqual([413, null]);
    expect(await said(await put(4, 'x', { 'tus-resumable': '0.2.2' }))).toEqual([412, null]);
    expect(await said(await put(4, 'x', { 'content-type': 'text/plain' }))).toEqual([415, null]);
    const head = await send(alice, 'HEAD', location, { headers: version });
    expect(await said(head)).toEqual([200, '4']);
    expect([head.headers.get('upload-length'), head.headers.get('cache-control')]).toEqual(['10', 'private, no-store']);
    expect(Date.parse(head.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    expect((await send(alice, 'GET', location, { headers: version })).status).toBe(405);
    const remove = await send(alice, 'DELETE', location, { headers: version });
    expect(await said(remove)).toEqual([204, null]);
    expect((await send(alice, 'HEAD', location, { headers: version })).status).toBe(404);
    expect((await began(alice, 3 * 1024 ** 3)).status).toBe(413);
  });

  it('of another person finds nothing, changes nothing and removes nothing', async () => {
    const location = (await began(alice, 10)).headers.get('location') ?? '';
    const unknown = `/v1/uploads/${uuidv7()}`;
    const answers = async (who: Person, target: string) => {
      const body = { headers: { ...version, 'content-type': tus.mediaType, 'upload-offset': '0' }, body: 'x' };
      const all = [
        await send(who, 'HEAD', target, { headers: version }),
        await send(who, 'PATCH', target, body),
        await send(who, 'DELETE', target, { headers: version }),
      ];
      return Promise.all(all.map(async (answer) => [answer.status, await answer.text()]));
    };
    const his = await answers(bob, location);
    expect(his.map(([status]) => status)).toEqual([404, 404, 404]);
    expect(his).toEqual(await answers(bob, unknown));
    const hers = await send(alice, 'HEAD', location, { headers: version });
    expect([hers.status, hers.headers.get('upload-offset')]).toEqual([200, '0']);
  });
});

/** Does something in the middle of a request of this method, the first time there is one. */
function during(method: string, act: () => void): void {
  const send = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    if (init?.method !== method) return send(input, init);
    vi.restoreAllMocks();
    const answer = send(input, init);
    act();
    return answer;
  });
}

describe('the command', () => {
  const list = page(ImportRun);
  const bytes = heavyExport(40, 3_000_000);

  it('goes on with a file after Ctrl-C and the death of the whole server, and says how', async () => {
    const terminal = atTerminal(server.url);
    const file = path.join(terminal.directory, "Alice's export.json");
    writeFileSync(file, bytes);
    await terminal.run(['identity', 'create']);
    const said = async () => (await terminal.read(['imports'], list)).items;

    during('PATCH', () => process.emit('SIGINT'));
    const { code, stderr } = await terminal.run(['import', file]);
    expect(code).toBe(130);
    expect(stderr).toMatch(/Stopped sending at .+, which the server keeps for 7 days/);
    expect(stderr).toContain(`Go on with: vivim import '${file.replace("'", "'\\''")}'`);
    const [begun] = await said();
    expect(begun).toMatchObject({ state: 'receiving', fileBytes: bytes.length });
    expect(begun?.upload?.received).toBeGreaterThan(500_000);
    expect((await terminal.run(['imports'])).stdout).toMatch(/receiving .* of .*, kept until /);

    process.kill(server.pid, 'SIGKILL');
    server = await startTestServer({
      dataDir: server.dataDir,
      env: { ...light, VIVIM_PORT: new URL(server.url).port },
    });
    expect((await said()).map(({ id, state }) => [id, state])).toEqual([[begun?.id, 'receiving']]);
    const report = await terminal.read(['import', file], ImportReport);
    expect(report.conversations).toMatchObject({ added: 40 });
    const ended = await said();
    expect(ended.map(({ id, state, fileSha256 }) => [id, state, fileSha256])).toEqual([
      [begun?.id, 'done', sha256(bytes)],
    ]);
  });

  it('waits for a server that is away, and goes on by itself', async () => {
    const terminal = atTerminal(server.url);
    const file = path.join(terminal.directory, 'export.json');
    writeFileSync(file, bytes);
    await terminal.run(['identity', 'create']);
    const { pid } = server;
    const back = Promise.withResolvers<void>();
    during('PATCH', () => {
      process.kill(pid, 'SIGKILL');
      const env = { ...light, VIVIM_PORT: new URL(server.url).port };
      void startTestServer({ dataDir: server.dataDir, env }).then((started) => {
        server = started;
        back.resolve();
      }, back.reject);
    });
    const report = await terminal.read(['import', file], ImportReport);
    await back.promise;
    expect(report.conversations).toMatchObject({ added: 40 });
  });

  it('pauses, continues and cancels, and another person can do none of that', async () => {
    const [hers, his] = [atTerminal(server.url), atTerminal(server.url)];
    await Promise.all([hers.run(['identity', 'create']), his.run(['identity', 'create'])]);
    const file = path.join(hers.directory, 'second.json');
    writeFileSync(file, manyConversations(1_500, 12));
    const importing = hers.start(['import', file, '--json']);
    const newest = async () => (await hers.read(['imports'], list)).items[0];
    let run = await newest();
    while (run === undefined || run.upload !== null) run = await newest();
    const { id } = run;
    expect(await hers.read(['imports', 'pause', id], ImportRun)).toMatchObject({ state: 'paused' });
    for (const verb of ['pause', 'continue', 'cancel']) {
      const { code, stdout } = await his.run(['imports', verb, id]);
      expect([code, stdout]).toEqual([4, '']);
    }
    expect((await hers.run(['imports', id])).stdout).toContain(`paused. Go on with: vivim imports continue ${id}`);
    const resumed = await hers.read(['imports', 'continue', id], ImportRun);
    expect(resumed.state).toMatch(/queued|running/);
    expect(await hers.read(['imports', 'cancel', id], ImportRun)).toMatchObject({ state: 'cancelled' });
    const ended = await importing.ended;
    expect([ended.code, JSON.parse(ended.stderr.trimEnd().split('\n').at(-1) ?? '')]).toEqual([
      9,
      { code: 'cancelled', detail: expect.stringContaining('was cancelled from somewhere else') },
    ]);
    expect((await hers.run(['imports', 'pause', id])).code).toBe(5);
  });
});
