/**
 * A watcher that runs by itself, with real processes: one for a profile, over a restart of the server, until its token is revoked;
 * and beside a server that starts it again and takes it along when it ends. Bob watches nothing and gets nothing.
 */
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConversationSummary } from '@vivim/contract/conversation';
import { page } from '@vivim/contract/page';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, runProcess, startCommand } from '../kit/command.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

let server: TestServer;
let home: string;
let dataDir: string;
let port: string;
let rows = 0;

const surroundings = (profile: string, env: Record<string, string> = {}) => ({
  profile,
  config: path.join(home, '.config'),
  server: server.url,
  env: { HOME: home, XDG_STATE_HOME: path.join(home, 'state'), ...env },
});
const vivim = (profile: string, ...args: string[]) => runCommand(args, surroundings(profile));
const log = () => path.join(home, '.claude/projects/-secret-garden/roses.jsonl');

function say(text: string): void {
  const n = rows;
  rows += 1;
  const role = n % 2 === 0 ? 'user' : 'assistant';
  const timestamp = new Date(1_780_000_000_000 + n * 60_000).toISOString();
  const parentUuid = n === 0 ? null : `row-${n - 1}`;
  const message = { role, content: role === 'user' ? text : [{ type: 'text', text }] };
  appendFileSync(
    log(),
    `${JSON.stringify({ type: role, uuid: `row-${n}`, parentUuid, sessionId: 'one', timestamp, message })}\n`,
  );
}

async function messages(profile: string): Promise<number[]> {
  const run = await vivim(profile, 'conversations', '--json');
  return page(ConversationSummary)
    .parse(JSON.parse(run.stdout))
    .items.map(({ messageCount }) => messageCount);
}

const start = () => startTestServer({ dataDir, env: { VIVIM_MODELS: 'off', VIVIM_PORT: port } });

async function freePort(): Promise<string> {
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return String(typeof address === 'object' ? address?.port : 0);
}

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'vivim-watch-service-'));
  dataDir = mkdtempSync(path.join(tmpdir(), 'vivim-server-'));
  chmodSync(dataDir, 0o711);
  port = await freePort();
  server = await start();
  for (const profile of ['alice', 'bob']) expect((await vivim(profile, 'identity', 'create')).code).toBe(0);
  mkdirSync(path.dirname(log()), { recursive: true });
  writeFileSync(log(), '');
}, 120_000);

afterAll(async () => {
  await server?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('a watcher as a service', () => {
  it('is one for a profile, says no name of a file, and goes on over a restart of the server', async () => {
    const watcher = startCommand(['watch', '--service'], surroundings('alice'));
    await watcher.seen(/Watching/);
    say('How do I prune roses?');
    await watcher.seen(/Claude Code: 1 message more/);
    const second = await vivim('alice', 'watch', '--once');
    expect([second.code, second.stderr]).toEqual([5, expect.stringContaining('is watched already, by process')]);
    await server.stop({ keep: true });
    say('In late winter.');
    await watcher.seen(/Nothing comes in \(ECONNREFUSED\)/);
    server = await start();
    await watcher.seen(/The server takes files again/);
    expect((await vivim('alice', 'status')).stdout).toMatch(/watched by process \d+ since/);
    const standing = await vivim('alice', 'watch', '--status');
    expect(standing.stdout).toMatch(/Claude Code: last came in .*, 2 times since it was started/);
    watcher.stop('SIGTERM');
    const ended = await watcher.ended;
    expect([ended.code, /roses|garden|prune/.test(ended.stdout + ended.stderr)]).toEqual([0, false]);
    expect(await messages('alice')).toEqual([2]);
    expect(await messages('bob')).toEqual([]);
    expect((await vivim('alice', 'status')).stdout).toContain('not watched now');
    expect((await vivim('bob', 'status')).stdout).not.toContain('watched');
  });

  it('ends when its token is revoked, so that nobody believes that it still watches', async () => {
    const scopes = ['--scope', 'memory:read', '--scope', 'memory:write'];
    const made = await vivim('alice', 'tokens', 'create', ...scopes, '--days', '1', '--json');
    const { token, sessionId } = JSON.parse(made.stdout);
    const watcher = startCommand(['watch', '--service'], surroundings('alice', { VIVIM_TOKEN: token }));
    await watcher.seen(/Watching/);
    say('And apple trees?');
    await watcher.seen(/1 message more/);
    expect((await vivim('alice', 'sessions', 'end', sessionId)).code).toBe(0);
    say('In late winter too.');
    expect((await watcher.ended).code).toBe(3);
    expect(await messages('alice')).toEqual([3]);
  });

  it('beside a server is started with it, started again when it dies, and ends with it', async () => {
    await server.stop({ keep: true });
    const beside = startCommand(['serve', '--watch', 'alice', '--port', port, '--data-dir', dataDir], {
      ...surroundings('alice', { VIVIM_MODELS: 'off', VIVIM_CHALLENGES_PER_MINUTE: '0' }),
      server: '',
    });
    await beside.seen(/watching alice: what the AI programs/);
    await beside.seen(/watch alice: Watching the folders of 9 programs/);
    await beside.seen(/watch alice: Claude Code: 1 message more/);
    const pid = async () => {
      const { watcher } = JSON.parse((await vivim('alice', 'watch', '--status', '--json')).stdout);
      return watcher?.pid as number | undefined;
    };
    const first = await pid();
    process.kill(first as number, 'SIGKILL');
    await beside.seen(/watch alice: ended \(null\); started again/);
    say('Thank you.');
    await beside.seen(/started again[\s\S]*watch alice: Claude Code: 1 message more/);
    const second = await pid();
    expect(second).not.toBe(first);
    beside.stop('SIGINT');
    expect((await beside.ended).code).toBe(0);
    expect(() => process.kill(second as number, 0)).toThrow('ESRCH');
    server = await start();
    expect(await messages('alice')).toEqual([5]);
    expect(await messages('bob')).toEqual([]);
  });

  it('beside a server that is killed outright is not left behind', async () => {
    await server.stop({ keep: true });
    const beside = startCommand(['serve', '--watch', 'alice', '--port', port, '--data-dir', dataDir], {
      ...surroundings('alice', { VIVIM_MODELS: 'off' }),
      server: '',
    });
    await beside.seen(/watch alice: Watching the folders of 9 programs/);
    const { watcher } = JSON.parse((await vivim('alice', 'watch', '--status', '--json')).stdout);
    beside.stop('SIGKILL');
    await beside.ended;
    await expect.poll(() => isAlive(watcher.pid)).toBe(false);
    server = await start();
  });

  it('is refused for a profile that is not there, before a server starts', async () => {
    const run = await runProcess(['serve', '--watch', 'nobody'], surroundings('alice'));
    expect([run.code, run.stderr]).toEqual([3, expect.stringContaining('There is no profile nobody yet')]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
