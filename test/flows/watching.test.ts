/**
 * Folders that are watched, with real files, real processes and a real server: what programs write down comes in as they write it,
 * once, whoever is killed in between. Bob watches nothing and gets nothing.
 */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ConversationSummary } from '@vivim/contract/conversation';
import { ImportRun } from '@vivim/contract/imports';
import { page } from '@vivim/contract/page';
import { Watcher } from '@vivim/contract/watchers';
import Database from 'better-sqlite3-multiple-ciphers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCommand, startCommand } from '../kit/command.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

let server: TestServer;
let home: string;

const surroundings = (profile: string) => ({
  profile,
  config: path.join(home, '.config'),
  server: server.url,
  env: { HOME: home, XDG_STATE_HOME: path.join(home, 'state') },
});
const vivim = (profile: string, ...args: string[]) => runCommand(args, surroundings(profile));

async function read<T extends z.ZodType>(schema: T, profile: string, ...args: string[]): Promise<z.output<T>> {
  const run = await vivim(profile, ...args, '--json');
  expect([run.code, run.stderr]).toEqual([0, expect.any(String)]);
  return schema.parse(JSON.parse(run.stdout));
}

const conversations = async (profile: string) =>
  (await read(page(ConversationSummary), profile, 'conversations')).items;
const messageCounts = async (profile: string) =>
  (await conversations(profile)).map(({ source, messageCount }) => [source, messageCount]).sort();

function claudeRow(n: number, text: string): string {
  const role = n % 2 === 0 ? 'user' : 'assistant';
  const content = role === 'user' ? text : [{ type: 'text', text }];
  const timestamp = new Date(1_780_000_000_000 + n * 60_000).toISOString();
  const parentUuid = n === 0 ? null : `row-${n - 1}`;
  return `${JSON.stringify({ type: role, uuid: `row-${n}`, parentUuid, sessionId: 'one', timestamp, message: { role, content } })}\n`;
}

const log = () => path.join(home, '.claude/projects/-home-alice/one.jsonl');

beforeAll(async () => {
  server = await startTestServer({ env: { VIVIM_MODELS: 'off' } });
  home = mkdtempSync(path.join(tmpdir(), 'vivim-watching-'));
  for (const profile of ['alice', 'bob']) expect((await vivim(profile, 'identity', 'create')).code).toBe(0);
  mkdirSync(path.dirname(log()), { recursive: true });
  writeFileSync(log(), claudeRow(0, 'How do I prune roses?') + claudeRow(1, 'In late winter.'));
}, 120_000);

afterAll(async () => {
  await server?.stop();
  if (home !== undefined) rmSync(home, { recursive: true, force: true });
});

describe('watched folders', () => {
  it('are named before anything is sent', async () => {
    const listed = await vivim('alice', 'watch', '--list');
    expect(listed.stdout).toContain(`Claude Code: 1 file in ${path.join(home, '.claude/projects')}`);
    expect(listed.stdout).toContain('Codex: nothing in');
    expect((await vivim('alice', 'watch', '--folder', 'nonsense')).code).toBe(2);
  });

  it('are brought in once; half a line waits until it is whole', async () => {
    expect((await vivim('alice', 'watch', '--once')).stderr).toContain('2 messages more');
    const next = claudeRow(2, 'And apple trees?');
    appendFileSync(log(), next.slice(0, 40));
    expect((await vivim('alice', 'watch', '--once')).stderr).not.toContain('more');
    expect(await messageCounts('alice')).toEqual([['claude-code', 2]]);
    appendFileSync(log(), next.slice(40));
    expect((await vivim('alice', 'watch', '--once')).stderr).toContain('1 message more');
    expect(await messageCounts('alice')).toEqual([['claude-code', 3]]);
    expect(await conversations('bob')).toEqual([]);
  });

  it('are known to their owner at the server, by where they lie and how they were found', async () => {
    const [watcher] = await read(z.array(Watcher), 'alice', 'watchers');
    const folder = path.join('~', '.claude/projects');
    expect(watcher).toMatchObject({
      state: 'stopped',
      places: [{ source: 'claude-code', folder, files: 1, failed: 0, missing: false }],
    });
    expect((await vivim('alice', 'watchers', 'list')).stdout).toContain(folder);
    expect(await read(z.array(Watcher), 'bob', 'watchers')).toEqual([]);
    const other = await vivim('bob', 'watchers', 'forget', watcher?.machine ?? '');
    expect([other.code, other.stderr]).toEqual([6, expect.stringContaining('No watcher')]);
    // Neither the log nor master holds a folder of anybody.
    expect(server.output()).not.toContain('.claude');
  });

  it('go on where the server stands when what the watcher remembers is lost', async () => {
    rmSync(path.join(home, 'state'), { recursive: true });
    appendFileSync(log(), claudeRow(3, 'In late winter too.'));
    const run = await vivim('alice', 'watch', '--once');
    expect(run.stderr).toContain('1 message more');
    expect(await messageCounts('alice')).toEqual([['claude-code', 4]]);
    const runs = await read(page(ImportRun), 'alice', 'imports');
    // All of a day is one import.
    expect(runs.items).toHaveLength(1);
  });

  it('are followed as they are written, by a watcher that is killed and started again', async () => {
    let watcher = startCommand(['watch'], surroundings('alice'));
    await watcher.seen(/Watching/);
    appendFileSync(log(), claudeRow(4, 'Thank you.'));
    await watcher.seen(/1 message more/);
    watcher.stop('SIGKILL');
    await watcher.ended;
    appendFileSync(log(), claudeRow(5, 'You are welcome.') + claudeRow(6, 'One more thing.'));
    watcher = startCommand(['watch'], surroundings('alice'));
    await watcher.seen(/2 messages more/);
    watcher.stop('SIGINT');
    expect((await watcher.ended).code).toBe(0);
    expect(await messageCounts('alice')).toEqual([['claude-code', 7]]);
  });

  it('hold files of every kind: written anew, databases somebody has open, logs that begin anew', async () => {
    const chats = path.join(home, '.gemini/tmp/abc/chats');
    mkdirSync(chats, { recursive: true });
    const said = [
      { id: 'a', timestamp: '2026-05-01T10:00:00Z', type: 'user', content: 'Hello' },
      { id: 'b', timestamp: '2026-05-01T10:00:05Z', type: 'gemini', content: 'Good day.', model: 'gemini-3' },
    ];
    const session = {
      sessionId: 'g1',
      projectHash: 'abc',
      startTime: '2026-05-01T10:00:00Z',
      lastUpdated: '2026-05-01T10:00:05Z',
      messages: said,
    };
    writeFileSync(path.join(chats, 'session-1.json'), JSON.stringify(session));
    const folder = path.join(home, 'llm');
    mkdirSync(folder);
    const database = new Database(path.join(folder, 'logs.db'));
    try {
      database.pragma('journal_mode=WAL');
      database.exec(`
        CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);
        CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, prompt_json TEXT, options_json TEXT,
          response TEXT, response_json TEXT, conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT);
        INSERT INTO conversations VALUES ('c1', 'Birds', 'm');
        INSERT INTO responses VALUES ('r1', 'm', 'Which birds stay?', NULL, NULL, NULL, 'Robins do.', NULL, 'c1', 5, '2026-05-02T10:00:00');`);
      // Nothing of it is in the file itself yet.
      const run = await vivim('alice', 'watch', '--once', '--folder', `llm=${folder}`);
      expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('llm, logs.db: 2 messages more')]);
    } finally {
      database.close();
    }
    expect(await messageCounts('alice')).toEqual([
      ['claude-code', 7],
      ['gemini-cli', 2],
      ['llm', 2],
    ]);
    truncateSync(log(), 0);
    writeFileSync(log(), claudeRow(0, 'How do I prune roses?').replaceAll('"one"', '"two"'));
    await vivim('alice', 'watch', '--once');
    // The log that was there stays in the memory.
    expect(await messageCounts('alice')).toEqual([
      ['claude-code', 1],
      ['claude-code', 7],
      ['gemini-cli', 2],
      ['llm', 2],
    ]);
  });

  it('hold what coding agents of editors and command lines keep, each as it changes', async () => {
    const before = await messageCounts('alice');
    const more = async (...only: string[]) => {
      const run = await vivim('alice', 'watch', '--once', '--only', ...only);
      return [run.code, (await messageCounts('alice')).filter(([source]) => only.includes(String(source)))];
    };
    // A task of Cline is written anew: first when nothing is answered yet.
    const task = path.join(home, '.config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks/1780000000000');
    mkdirSync(task, { recursive: true });
    const turns = [
      { role: 'user', content: [{ type: 'text', text: '<task>\nMend the sail\n</task>' }], ts: 1_780_000_000_000 },
      { role: 'assistant', content: [{ type: 'text', text: 'Which colour?' }], ts: 1_780_000_005_000 },
    ];
    for (const [count, found] of [
      [1, 1],
      [2, 2],
    ] as const) {
      writeFileSync(path.join(task, 'api_conversation_history.json'), JSON.stringify(turns.slice(0, count)));
      expect(await more('cline')).toEqual([0, [['cline', found]]]);
    }
    // A log of Copilot's command line grows by lines; half a line waits.
    const events = path.join(home, '.copilot/session-state/4be2a9c1-0000-4000-8000-000000000001/events.jsonl');
    mkdirSync(path.dirname(events), { recursive: true });
    const event = (n: number, type: string, data: object) =>
      `${JSON.stringify({ type, data, id: `e${n}`, timestamp: `2026-05-03T10:00:0${n}.000Z`, parentId: n === 0 ? null : `e${n - 1}` })}\n`;
    const answer = event(2, 'assistant.message', { messageId: 'm', content: 'In spring.' });
    writeFileSync(
      events,
      event(0, 'session.start', {
        sessionId: 'cp1',
        version: 1,
        producer: 'copilot-agent',
        startTime: '2026-05-03T10:00:00Z',
      }) +
        event(1, 'user.message', { content: 'When to sow?' }) +
        answer.slice(0, 30),
    );
    expect(await more('vscode-copilot')).toEqual([0, [['vscode-copilot', 1]]]);
    appendFileSync(events, answer.slice(30));
    expect(await more('vscode-copilot')).toEqual([0, [['vscode-copilot', 2]]]);
    // A chat of Cursor's command line is a database its writer has open, with nothing folded in yet.
    const chat = path.join(home, '.cursor/chats/f00/c1');
    mkdirSync(chat, { recursive: true });
    const store = new Database(path.join(chat, 'store.db'));
    try {
      store.pragma('journal_mode=WAL');
      store.exec(
        'CREATE TABLE blobs (id TEXT PRIMARY KEY, data BLOB); CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);',
      );
      const put = store.prepare('INSERT INTO blobs VALUES (?, ?)');
      const say = (n: string, role: string, text: string) =>
        put.run(n.repeat(64), Buffer.from(JSON.stringify({ id: n, role, content: [{ type: 'text', text }] })));
      const root = (...names: string[]) => {
        const bytes = names.map((n) => Buffer.concat([Buffer.from([0x0a, 32]), Buffer.from(n.repeat(64), 'hex')]));
        put.run(`r${names.length}`, Buffer.concat(bytes));
        const about = {
          agentId: 'cur1',
          name: 'Oars',
          latestRootBlobId: `r${names.length}`,
          createdAt: 1_780_000_000_000,
        };
        store
          .prepare("INSERT OR REPLACE INTO meta VALUES ('0', ?)")
          .run(Buffer.from(JSON.stringify(about)).toString('hex'));
      };
      say('a', 'user', 'Which wood for oars?');
      root('a');
      expect(await more('cursor')).toEqual([0, [['cursor', 1]]]);
      say('b', 'assistant', 'Ash.');
      root('a', 'b');
      expect(await more('cursor')).toEqual([0, [['cursor', 2]]]);
    } finally {
      store.close();
    }
    // A session of opencode is many small files: one that is half written holds it back, and what it says comes in once.
    const storage = path.join(home, '.local/share/opencode/storage');
    const write = (name: string, text: string) => {
      const file = path.join(storage, `${name}.json`);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    };
    const piece = (name: string, value: object) => write(name, JSON.stringify(value));
    const time = { created: 1_780_000_000_000, updated: 1_780_000_000_000 };
    const said = (n: number, role: string, text: string) => {
      piece(`message/ses_1/msg_${n}`, {
        id: `msg_${n}`,
        sessionID: 'ses_1',
        role,
        time: { created: 1_780_000_000_000 + n },
      });
      piece(`part/msg_${n}/prt_${n}`, {
        id: `prt_${n}`,
        messageID: `msg_${n}`,
        sessionID: 'ses_1',
        type: 'text',
        text,
      });
    };
    piece('session/global/ses_1', { id: 'ses_1', title: 'Ropes', projectID: 'global', directory: '/boat', time });
    said(1, 'user', 'Which knot holds?');
    expect(await more('opencode')).toEqual([0, [['opencode', 1]]]);
    said(2, 'assistant', 'A bowline.');
    write('part/msg_2/prt_3', '{"id":"prt_3","messageID":"msg_2","sess');
    const held = await vivim('alice', 'watch', '--once', '--only', 'opencode');
    expect([held.code, held.stderr]).toEqual([1, expect.stringContaining('prt_3.json: It is not whole')]);
    piece('part/msg_2/prt_3', {
      id: 'prt_3',
      messageID: 'msg_2',
      sessionID: 'ses_1',
      type: 'text',
      text: 'Tie it so.',
    });
    expect(await more('opencode')).toEqual([0, [['opencode', 2]]]);
    const again = await vivim('alice', 'watch', '--once');
    expect([again.code, again.stderr]).toEqual([0, expect.not.stringContaining('more')]);
    expect(await messageCounts('alice')).toHaveLength(before.length + 4);
    const listed = await vivim('alice', 'watch', '--list');
    expect(listed.stdout).toContain(`opencode: 1 file in ${path.join(home, '.local/share/opencode')}`);
    expect(listed.stdout).toContain(`Cline, Roo Code, Kilo Code: 1 file in ${path.dirname(task)}`);
    expect(await conversations('bob')).toEqual([]);
  });

  it('say what cannot be brought in, and bring the rest in', async () => {
    const folder = path.join(home, '.lmstudio/conversations');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, '1.conversation.json'), '{"half":');
    await wait(2_100);
    appendFileSync(log(), claudeRow(1, 'Still here.').replaceAll('"one"', '"two"'));
    const run = await vivim('alice', 'watch', '--once');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('LM Studio, 1.conversation.json: not brought in');
    expect(run.stderr).toContain('1 message more');
    expect(await conversations('bob')).toEqual([]);
  });
});
