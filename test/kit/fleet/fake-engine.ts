/**
 * An engine for tests of the fleet: speaks the pipe protocol and misbehaves on request. Imports nothing but Node, so it
 * runs alone inside a jail. Holds no space and checks no ticket: it shows what it was sent.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Open {
  readonly type: 'open' | 'close' | 'backup' | 'check' | 'prepare' | 'migrate' | 'embedded';
  readonly name: string;
  readonly storageId: string;
  readonly directory: string;
  readonly socketPath: string;
  readonly key: string;
  readonly create: boolean;
  readonly modelsSocketPath: string | null;
}

const servers = new Map<string, Server>();
export const report = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  command: Open,
  query: URLSearchParams,
) => unknown;

export const json = (response: ServerResponse, value: unknown) => {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-secret': 'no',
  });
  response.end(body);
};

export const handlers: Record<string, Handler> = {
  '/internal/ping': (_, response) => response.writeHead(204).end(),
  '/who': (request, response, { storageId, key, create }) =>
    json(response, {
      storageId,
      pid: process.pid,
      keyDigest: sha256(key),
      create,
      headers: request.headers,
      url: request.url,
    }),
  '/spin': () => {
    for (;;);
  },
  // Takes what comes along, computes for so long in one go, and answers.
  '/compute': async (request, response, _, query) => {
    for await (const _piece of request);
    const begun = process.cpuUsage();
    const computed = () => Object.values(process.cpuUsage(begun)).reduce((sum, one) => sum + one, 0);
    while (computed() < Number(query.get('ms')) * 1000);
    json(response, {});
  },
  '/silent': () => {},
  '/hang-up': (request) => request.socket.destroy(),
  '/die': () => process.kill(process.pid, 'SIGKILL'),
  '/exit': () => process.exit(7),
  '/crash': () => {
    setImmediate(() => {
      throw new Error('a secret sentence');
    });
  },
  '/jobs': (_, response, { storageId }, query) => {
    report({ type: 'jobs', storageId, pending: Number(query.get('n')), computing: Number(query.get('n')) > 0 });
    json(response, {});
  },
  // What an engine that was taken over would: it asks for a space it names itself.
  '/ask-as': (_, response, __, query) => {
    const address = { kind: 'openai', baseUrl: 'https://model.example/v1', model: 'm', key: null };
    const ask = { service: 'mine', address, texts: [query.get('text')] };
    report({ type: 'embed', storageId: query.get('as'), id: 'x', ask });
    json(response, {});
  },
  '/large': (_, response, __, query) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    const chunk = Buffer.alloc(64 * 1024, 120);
    let left = Number(query.get('chunks'));
    const more = () => {
      while (left > 0) {
        left -= 1;
        if (!response.write(chunk)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  },
  '/upload': async (request, response) => {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of request) {
      bytes += (chunk as Buffer).length;
      hash.update(chunk as Buffer);
    }
    json(response, { bytes, hash: hash.digest('hex') });
  },
  '/refuse-upload': (_, response) => {
    response.writeHead(413, { 'content-type': 'application/problem+json' });
    response.end('{}');
  },
  '/aborted': (_, response, { directory }) => json(response, { aborted: existsSync(join(directory, 'aborted')) }),
  '/wait-for-abort': (request, _, { directory }) => {
    request.resume();
    request.once('close', () => appendFileSync(join(directory, 'aborted'), 'x'));
  },
  '/events': (_, response, { directory }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('data: first\n\n');
    setTimeout(() => response.write('data: second\n\n'), 150);
    response.once('close', () => appendFileSync(join(directory, 'aborted'), 'x'));
  },
  '/models': (_, response, { modelsSocketPath }) =>
    get({ socketPath: modelsSocketPath ?? '', path: '/health' }, (answer) => answer.pipe(response)),
};

function open(command: Open): void {
  const { storageId, directory } = command;
  if (existsSync(join(directory, 'refuse'))) {
    const code = readFileSync(join(directory, 'refuse'), 'utf8') || 'schema_too_new';
    return void report({ type: 'refused', storageId, code, detail: 'Upgrade first.' });
  }
  if (existsSync(join(directory, 'die-at-open'))) process.exit(3);
  appendFileSync(join(directory, 'starts'), `${process.pid}\n`);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://engine');
    handlers[url.pathname]?.(request, response, command, url.searchParams);
  });
  server.requestTimeout = 0;
  servers.set(storageId, server);
  const [unfinished, poison] = ['unfinished', 'poison'].map((name) => existsSync(join(directory, name)));
  server.listen(command.socketPath, () => {
    report({ type: 'opened', storageId });
    if (!unfinished) return;
    report({ type: 'jobs', storageId, pending: 1, computing: true });
    if (poison) return void setTimeout(() => process.exit(9), 20);
    setTimeout(() => {
      rmSync(join(directory, 'unfinished'));
      report({ type: 'jobs', storageId, pending: 0, computing: false });
    }, 100);
  });
}

const directories = new Map<string, string>();

/** Leaves what the test laid down as its copy, or a link in its place. */
function backUp({ storageId, name }: Open): void {
  const directory = directories.get(storageId) ?? '';
  const told = (file: string) => {
    const path = join(directory, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  };
  const [copy, link] = [told('copy') ?? 'copy', told('link')];
  if (existsSync(join(directory, 'die-at-backup'))) process.exit(4);
  if (existsSync(join(directory, 'no-room')))
    return void report({ type: 'not-backed-up', storageId, code: 'quota_exceeded', detail: 'There is no room.' });
  mkdirSync(join(directory, 'copies'), { recursive: true });
  const target = join(directory, 'copies', name);
  if (link === null) writeFileSync(target, copy);
  else symlinkSync(link, target);
  const bytes = Buffer.byteLength(link === null ? copy : readFileSync(link));
  report({ type: 'backed-up', storageId, name, bytes, schemaVersion: 1, version: 7, counts });
}

const counts = { conversations: 1, messages: 2, acus: 3, imports: 1 };

/** What a test laid down as its database is named by its owner, or is refused. */
function check({ storageId, directory }: Open): void {
  const path = join(directory, 'user.db');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (text === '' || text === 'noise')
    return void report({ type: 'not-checked', storageId, code: 'storage_integrity', detail: 'It is not sound.' });
  report({ type: 'checked', storageId, schemaVersion: 1, version: text.length, counts, erasuresUnseen: 0 });
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const command = JSON.parse(line) as Open;
  if (command.type === 'open') {
    directories.set(command.storageId, command.directory);
    return open(command);
  }
  if (command.type === 'prepare')
    return void report({ type: 'prepared', storageId: command.storageId, schemaVersion: 2, copy: null });
  if (command.type === 'backup') return backUp(command);
  if (command.type === 'check') return check(command);
  if (command.type !== 'close') return;
  servers.get(command.storageId)?.closeAllConnections();
  servers.get(command.storageId)?.close(() => report({ type: 'closed', storageId: command.storageId }));
});
lines.on('close', () => process.exit(0));
