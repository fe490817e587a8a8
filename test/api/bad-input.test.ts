/** Everything that is no good export: a clear answer naming what is wrong, nothing half-written, the server alive. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { limits } from '@vivim/contract/http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommonServer, commonServer } from '../kit/common-servers.ts';
import { aliceExport } from '../kit/exports.ts';
import { importFile, type Person, signUp } from '../kit/people.ts';
import { describeShared, sharedFiles, sharedPath } from '../kit/shared.ts';

let server: CommonServer;
let alice: Person;
let bob: Person;

beforeAll(async () => {
  server = await commonServer('off');
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
}, 60_000);
afterAll(async () => {
  expect((await fetch(`${server.url}/v1/health`)).status).toBe(200);
  const { counts } = await bob.client.getSpace({});
  expect(counts).toMatchObject({ conversations: 0, messages: 0, imports: 0 });
});

/** Ends of a bad import: refused at the door, or a run that failed and says why. */
async function refusal(
  fileName: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<{ code: string; detail: string }> {
  const before = (await alice.client.getSpace({})).counts.conversations;
  try {
    const run = await importFile(alice, fileName, content);
    expect((await alice.client.getSpace({})).counts.conversations).toBe(before);
    return run.error ?? { code: `state ${run.state}`, detail: JSON.stringify(run.report) };
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, detail: error.message };
    throw error;
  }
}

const bytes = (...values: number[]) => new Uint8Array(values);

describe('what is no export', () => {
  it.each([
    ['an empty file', 'empty.json', '', 'import_empty'],
    ['a text file', 'notes.txt', 'Dear diary, nothing happened today.', 'import_format_unknown'],
    ['JSON of another kind', 'package.json', '{"name":"left-pad","version":"1.0.0"}', 'import_format_unknown'],
    ['a JSON string', 'x.json', '"hello"', 'import_format_unknown'],
    ['a JPEG', 'photo.jpg', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70), 'import_format_unknown'],
    ['a PDF', 'paper.pdf', '%PDF-1.7\n1 0 obj\n<<>>\nendobj', 'import_format_unknown'],
    [
      'bytes that are not text',
      'x.bin',
      bytes(0xc3, 0x28, 0xa0, 0xa1, 0xe2, 0x28, 0xa1, 0xff, 0xfe, 0xfd),
      'import_format_unknown',
    ],
    ['the head of a zip alone', 'x.zip', bytes(0x50, 0x4b, 3, 4, 20, 0, 0, 0), 'import_archive_invalid'],
  ])('%s', async (_, name, content, code) => {
    const answer = await refusal(name, content);
    expect(answer.code).toBe(code);
    expect(answer.detail.length).toBeGreaterThan(10);
  });
});

describeShared('fixtures/exports/hostile', 'hostile files', () => {
  const good: Record<string, number> = {
    'claude-code-odd.jsonl': 4,
    'html-in-content.json': 1,
    'nested-folder.zip': 12,
    'nested-zip.zip': 37,
    'path-traversal.zip': 12,
    'proto-pollution.json': 1,
    'symlink.zip': 12,
    'utf16le.json': 12,
    'utf8-bom.json': 12,
  };
  it.each(sharedFiles('fixtures/exports/hostile'))('%s', { timeout: 60_000 }, async (file) => {
    const expected = good[file];
    // Whoever brings in nothing is as before.
    const person = expected === undefined ? alice : await signUp(server.url);
    const before = (await person.client.getSpace({})).counts.messages;
    const content = readFileSync(sharedPath('fixtures/exports/hostile', file));
    const run = await importFile(person, basename(file), new Uint8Array(content)).catch((error) => {
      if (error instanceof AppError) return error;
      throw error;
    });
    const { counts } = await person.client.getSpace({});
    if (expected !== undefined) {
      expect(run).toMatchObject({ state: 'done' });
      expect(counts.messages).toBe(expected);
    } else {
      const said =
        run instanceof AppError ? { code: run.code, detail: run.message } : (run.error ?? run.report.issues[0]);
      expect(said?.code).toMatch(/^[a-z_]+$/);
      expect(said?.detail).toMatch(/\w{3}/);
      expect(counts.messages).toBe(before);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('uploads that go wrong', () => {
  it('a file over the limit is refused before it is read', async () => {
    const size = limits.upload + 1;
    const answer = await rawUpload(size, Buffer.alloc(1024));
    expect(answer).toMatch(/^HTTP\/1.1 413/);
    expect(answer).toContain('import_too_large');
  });

  it('an upload cut half-way leaves nothing', async () => {
    const before = (await alice.client.getSpace({})).counts.imports;
    await rawUpload(aliceExport.length, Buffer.from(aliceExport.slice(0, aliceExport.length / 2)), { cut: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { items } = await alice.client.listImports({});
    expect(items.filter((run) => run.state === 'receiving' || run.state === 'running')).toEqual([]);
    expect((await alice.client.getSpace({})).counts.imports).toBe(before);
    expect((await importFile(alice, 'again.json', aliceExport)).state).toBe('done');
  });

  /** Speak HTTP by hand: announce a size, send some, and wait for an answer or hang up. */
  async function rawUpload(announced: number, sent: Uint8Array, { cut = false } = {}): Promise<string> {
    const { hostname, port, host } = new URL(server.url);
    const url = `${server.url}/v1/imports?fileName=x.json`;
    const proof = Object.entries(await alice.authorize('POST', url)).map(([name, value]) => `${name}: ${value}`);
    const head = [
      `POST /v1/imports?fileName=x.json HTTP/1.1`,
      `Host: ${host}`,
      `Content-Length: ${announced}`,
      'Content-Type: application/octet-stream',
      'Connection: close',
      ...proof,
      '',
      '',
    ].join('\r\n');
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let answer = '';
      socket.setEncoding('utf8');
      socket.on('data', (text) => {
        answer += text;
      });
      socket.on('error', (error) => (answer === '' && !cut ? reject(error) : resolve(answer)));
      socket.on('close', () => resolve(answer));
      socket.write(head);
      socket.write(sent, () => {
        if (cut) setTimeout(() => socket.destroy(), 50);
      });
    });
  }
});

describe('requests of the wrong shape', () => {
  const send = async (method: string, path: string, init: { body?: string; headers?: Record<string, string> } = {}) => {
    const url = `${server.url}${path}`;
    const response = await fetch(url, {
      method,
      headers: {
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...init.headers,
        ...(await alice.authorize(method, url)),
      },
      ...(init.body === undefined ? {} : { body: init.body }),
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return `${response.status} ${((await response.json()) as { code: string }).code}`;
  };

  it.each([
    ['GET', '/v1/conversations?limit=0', {}, '400 request_invalid'],
    ['GET', '/v1/conversations?limit=abc', {}, '400 request_invalid'],
    ['GET', '/v1/conversations?cursor=%00%ff', {}, '400 cursor_invalid'],
    ['GET', '/v1/conversations?colour=red', {}, '400 request_invalid'],
    ['GET', '/v1/search', {}, '400 query_invalid'],
    ['GET', '/v1/search?q=', {}, '400 request_invalid'],
    ['GET', '/v1/acus/../../etc/passwd', {}, '404 not_found'],
    ['GET', '/v1/acus/%2e%2e%2f%2e%2e', {}, '404 not_found'],
    ['GET', '/v1/nothing', {}, '404 not_found'],
    ['GET', '/v1/space?minVersion=999999999', {}, '409 version_conflict'],
    ['PUT', '/v1/conversations', { body: '{}' }, '405 method_not_allowed'],
    ['POST', '/v1/context', { body: '{not json' }, '400 request_invalid'],
    ['POST', '/v1/context', { body: '{"query":"x","budget":1}' }, '400 request_invalid'],
    [
      'POST',
      '/v1/context',
      { body: JSON.stringify({ query: 'word '.repeat(2_000), budget: 256 }) },
      '400 budget_too_small',
    ],
    ['POST', '/v1/context', { body: JSON.stringify({ query: 'x'.repeat(2 * 1024 * 1024) }) }, '413 request_too_large'],
  ])('%s %s', async (method, path, init, expected) => {
    expect(await send(method, path, init as { body?: string })).toBe(expected);
  });

  it.each(['" OR 1=1 --', 'ATTACH DATABASE x', 'NEAR(a b', '*', '^"', 'col:x AND', '\u0000', '🦀', 'a '.repeat(1_900)])(
    'search for %j never breaks',
    async (q) => {
      const url = `${server.url}/v1/search?${new URLSearchParams({ q })}`;
      const response = await fetch(url, { headers: await alice.authorize('GET', url) });
      expect([200, 400]).toContain(response.status);
    },
  );
});
