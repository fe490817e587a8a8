/**
 * `vivim mcp` as a program starts it: a process, lines in and out, the key of a profile, a real server. Two people; both revisions; a
 * server that goes away and comes back; and the tokens a person makes for themselves at the same door.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../architecture/source-files.ts';
import { runCommand, runProcess } from '../kit/command.ts';
import { freePort } from '../kit/reverse-proxy.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const main = join(root, 'packages/cli/src/main.ts');
let home: string;
let server: TestServer;
let port: number;

const start = (dataDir?: string) =>
  startTestServer({
    env: { VIVIM_MODELS: 'off', VIVIM_REGISTRATIONS_PER_DAY: '0', VIVIM_PORT: String(port) },
    ...(dataDir === undefined ? {} : { dataDir }),
  });

const surroundings = (profile: string) => ({ profile, config: home, server: server.url });

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'vivim-mcp-home-'));
  port = await freePort();
  server = await start();
  for (const name of ['alice', 'bob'])
    expect((await runCommand(['identity', 'create'], surroundings(name))).code).toBe(0);
});

afterAll(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

interface Options {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly older?: true;
}

/** The program, whose tools are this person's. */
async function newProgram(profile: string, { args = [], env = {}, older }: Options = {}) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [main, 'mcp', ...args],
    env: {
      PATH: String(process.env.PATH),
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
      VIVIM_PROFILE: profile,
      VIVIM_SERVER: server.url,
      ...env,
    },
    stderr: 'pipe',
  });
  const strange: string[] = [];
  const options = older === true ? {} : { versionNegotiation: { mode: 'auto' as const } };
  const client = new Client({ name: 'A program', version: '1' }, options);
  // The library forgets whom it tells of progress when the answer stands in the same piece of the stream.
  client.onerror = ({ message }) => void (message.includes('progress notification') || strange.push(message));
  await client.connect(transport);
  onTestFinished(() => client.close());
  const call = (name: string, args: Record<string, unknown>) => client.callTool({ name, arguments: args });
  return { client, call, strange };
}

const bread = {
  title: 'Bread',
  messages: [{ role: 'user', content: 'My sourdough starter is called Gustav and lives in the fridge.' }],
};

describe('a program that starts vivim mcp', () => {
  it.each([{}, { older: true as const }])(
    'finds, keeps and is told as it goes, each person their own (%o)',
    async (options) => {
      const [alice, bob] = [await newProgram('alice', options), await newProgram('bob', options)];
      expect((await alice.client.listTools()).tools).toHaveLength(8);
      const saved = await alice.call('save_conversation', bread);
      const { conversationId } = saved.structuredContent as { conversationId: string };
      const told: string[] = [];
      const asked = () =>
        alice.client.callTool(
          { name: 'get_context', arguments: { message: 'What is my starter called?' } },
          { onprogress: ({ message = '' }) => void told.push(message) },
        );
      expect(((await asked()).structuredContent as { text: string }).text).toContain('Gustav');
      // The client forgets who listens as it reads an answer: what it reads in one piece with one is told to nobody.
      await expect
        .poll(async () => {
          await asked();
          return told[0];
        })
        .toContain('From your history');
      const { memory } = (await alice.call('remember', { text: 'The user bakes bread on Sundays.' }))
        .structuredContent as { memory: { id: string; label: string } };
      expect(memory.label).toMatch(/^Said to A program, /);
      expect((await bob.call('search', { query: 'sourdough starter' })).structuredContent).toMatchObject({ hits: [] });
      for (const [name, theirs, nobodys] of [
        ['read_conversation', { conversationId }, { conversationId: `c_${'a'.repeat(32)}` }],
        ['forget', { id: memory.id }, { id: `k_${'a'.repeat(32)}` }],
      ] as const)
        expect((await bob.call(name, theirs)).content).toEqual((await bob.call(name, nobodys)).content);
      expect((await alice.client.listPrompts()).prompts.map(({ name }) => name)).toContain('balanced');
      await expect(alice.client.readResource({ uri: 'vivim://topics/ähnlich' })).rejects.toThrow();
      expect([alice.strange, bob.strange]).toEqual([[], []]);
    },
  );

  it('leaves records its person alone reads, also when it is let in no more, and none of what they do themselves', async () => {
    const vivim = async (profile: string, ...args: string[]) => {
      const run = await runCommand(args, surroundings(profile));
      expect([run.code, run.stderr]).toEqual([0, expect.any(String)]);
      return run.stdout;
    };
    await vivim('alice', 'records', 'clear');
    const { call } = await newProgram('alice', { args: ['--read-only'] });
    await call('search', { query: 'where Gustav lives' });
    await vivim('alice', 'search', 'Gustav');
    const { items } = JSON.parse(await vivim('alice', 'records', 'list', '--mcp', '--json')) as {
      items: { id: string; kind: string; words: string; application: string }[];
    };
    expect(items).toMatchObject([{ kind: 'search', words: 'where Gustav lives', application: 'A program' }]);
    expect(JSON.parse(await vivim('alice', 'records', 'list', '--json'))).toMatchObject({ items });
    expect(await vivim('alice', 'records', 'who')).toMatch(/A program\s+AI\s+1 record\s+last /);
    expect(await vivim('alice', 'records', 'list', '--app', 'A program', '--kind', 'search')).toContain('where Gustav');
    expect(await vivim('alice', 'records', 'list', '--app', 'Nobody')).toContain('No record of that.');
    expect(await vivim('alice', 'records', 'show', items[0]?.id ?? '')).toMatch(/Given\n\s+message\s+m_\S+\s+Bread/);
    expect(await vivim('bob', 'records', 'list', '--kind', 'search')).not.toContain('Gustav');
    const foreign = await runCommand(['records', 'show', items[0]?.id ?? ''], surroundings('bob'));
    expect(foreign.code).not.toBe(0);
    expect(await vivim('alice', 'records', 'clear')).toContain('Removed: 1.');
  });

  it('with --read-only is offered and may call nothing that changes anything', async () => {
    const { client, call } = await newProgram('alice', { args: ['--read-only'] });
    const names = (await client.listTools()).tools.map(({ name }) => name).sort();
    expect(names).toEqual(['get_context', 'get_profile', 'list_topics', 'read_conversation', 'search']);
    for (const name of ['remember', 'unheard_of']) {
      const refused = await call(name, { text: 'The user likes wine.' });
      expect([refused.isError, JSON.stringify(refused.content)]).toEqual([true, expect.stringContaining('only reads')]);
    }
    expect((await call('search', { query: 'wine' })).structuredContent).toMatchObject({ hits: [], memories: [] });
  });

  it('waits for a server that starts again, with what it was asked meanwhile', async () => {
    const { call, strange } = await newProgram('alice');
    await call('save_conversation', bread);
    const { dataDir } = server;
    await server.stop({ keep: true });
    const found = call('search', { query: 'Gustav' });
    server = await start(dataDir);
    expect(JSON.stringify((await found).structuredContent)).toContain('Gustav');
    expect(strange).toEqual([]);
  });

  it('says nothing on its output but the protocol, whatever it is sent', async () => {
    const stdin = [
      '{',
      '[]',
      '{"jsonrpc":"2.0","method":"notifications/initialized"}',
      '{"jsonrpc":"2.0","id":"a","method":"ping"}',
      '{"id":3,"method":"ping"}',
      '',
    ].join('\n');
    const { code, stdout } = await runProcess(['mcp'], { ...surroundings('alice'), stdin });
    const said = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; error?: { code: number } });
    expect(code).toBe(0);
    expect(said.map(({ id, error }) => `${id} ${error?.code ?? 'ok'}`).sort()).toEqual([
      'a ok',
      'null -32600',
      'null -32700',
    ]);
  });
});

describe('a token its owner made', () => {
  it('opens the same door as far as its scopes go, and no other person’s', async () => {
    const token = async (profile: string, scope: string) => {
      const args = ['tokens', 'create', '--scope', scope, '--days', '1', '--json'];
      const run = await runCommand(args, surroundings(profile));
      return (JSON.parse(run.stdout) as { token: string }).token;
    };
    const connect = async (bearer: string) => {
      const client = new Client({ name: 'A client', version: '1' }, { versionNegotiation: { mode: 'auto' } });
      const requestInit = { headers: { authorization: `Bearer ${bearer}` } };
      await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit }));
      onTestFinished(() => client.close());
      return client;
    };
    const [alice, bob] = [await token('alice', 'memory:read'), await token('bob', 'memory:write')];
    const hers = await (await connect(alice)).callTool({ name: 'search', arguments: { query: 'Gustav' } });
    expect(JSON.stringify(hers.structuredContent)).toContain('Gustav');
    await expect((await connect(alice)).callTool({ name: 'remember', arguments: { text: 'x' } })).rejects.toThrow();
    const his = await connect(bob);
    await expect(his.callTool({ name: 'search', arguments: { query: 'Gustav' } })).rejects.toThrow();
    expect((await his.callTool({ name: 'remember', arguments: { text: 'Bob likes tea.' } })).isError).not.toBe(true);
    const { call } = await newProgram('alice', { env: { VIVIM_TOKEN: alice } });
    expect(JSON.stringify((await call('search', { query: 'Gustav' })).structuredContent)).toContain('Gustav');
    const refused = await call('remember', { text: 'The user likes wine.' });
    expect(JSON.stringify(refused.content)).toContain('insufficient_scope');
    // Over the API too it is on record what a token was given.
    const headers = { authorization: `Bearer ${alice}` };
    expect((await fetch(`${server.url}/v1/search?q=fridge`, { headers })).status).toBe(200);
    const list = await runCommand(['records', 'list', '--kind', 'search', '--json'], surroundings('alice'));
    const { items } = JSON.parse(list.stdout) as { items: object[] };
    expect(items[0]).toMatchObject({ way: 'api', words: 'fridge', application: null });
  });
});
