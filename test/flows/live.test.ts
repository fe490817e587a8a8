/**
 * Live capture, whole: a real service in a process of its own, the services' own clients pointed at a real server, two people
 * with keys of their own. What is said arrives as it was said, is kept, and stays apart; a key is nowhere it should not be.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import { UpstreamList } from '@vivim/contract/live';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBelow, findIn } from '../isolation/canaries/scan.ts';
import { runCommand } from '../kit/command.ts';
import { type ModelService, startModelService } from '../kit/model-service.ts';
import { masterBehind } from '../kit/operator.ts';
import { type Person, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { dumpOf } from '../kit/witness.ts';

const keyOf = { alice: 'sk-Zq8canaryALICE4451wq', bob: 'sk-Yw3canaryBOB9920xkeq' } as const;
const fixtures = [
  {
    match: { userMessage: 'sow tomatoes' },
    response: { content: 'In March, under glass.', reasoning: 'Frost ends in May.' },
  },
  { match: { userMessage: 'and beans' }, response: { content: 'In May, outside.' } },
  {
    match: { userMessage: 'weather', hasToolResult: false },
    response: { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Lisbon"}' }] },
  },
  { match: { userMessage: 'weather', hasToolResult: true }, response: { content: 'It is sunny in Lisbon.' } },
  {
    match: { userMessage: 'too fast' },
    response: { error: { message: 'Slow down, please.', type: 'rate_limit_error' }, status: 429, retryAfter: 7 },
  },
  {
    match: { userMessage: 'long story' },
    response: { content: 'Once upon a time there was a very long story. '.repeat(40) },
    latency: 40,
    chunkSize: 12,
  },
  ...['between us', 'Said by both', 'byte for byte'].map((userMessage) => ({
    match: { userMessage },
    response: { content: 'I see.' },
  })),
];

interface Client {
  readonly person: Person;
  readonly token: string;
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
}

let service: ModelService;
let server: TestServer;
let alice: Client;
let bob: Client;

async function newClient(
  key: string,
  scopes: ('proxy:use' | 'proxy:record')[] = ['proxy:use', 'proxy:record'],
): Promise<Client> {
  const person = await signUp(server.url);
  await person.client.putUpstream({
    params: { name: 'main' },
    body: { kind: 'openai', baseUrl: `${service.url}/v1/`, key },
  });
  await person.client.putUpstream({
    params: { name: 'claude' },
    body: { kind: 'anthropic', baseUrl: service.url, key },
  });
  return { person, ...(await clientsOf(person, scopes)) };
}

async function clientsOf(person: Person, scopes: ('proxy:use' | 'proxy:record')[]) {
  const { token } = await person.client.createToken({ body: { scopes, days: 1 } });
  return {
    token,
    openai: new OpenAI({ baseURL: `${server.url}/v1`, apiKey: token, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: server.url, apiKey: token, maxRetries: 0 }),
  };
}

beforeAll(async () => {
  service = await startModelService(fixtures, Object.values(keyOf));
  server = await startTestServer({ env: { VIVIM_UPSTREAM_PRIVATE: service.host, VIVIM_MODELS: 'off' } });
  [alice, bob] = await Promise.all([newClient(keyOf.alice), newClient(keyOf.bob)]);
}, 90_000);
afterAll(async () => {
  await server?.stop();
  await service?.stop();
});

const tally = async ({ person }: Client) => (await person.client.listUpstreams({})).live;
const conversations = async ({ person }: Client) => (await person.client.listConversations({})).items;
/** Kept in the background, when the reply is out. */
async function kept<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It was not kept.');
}
/** The messages of the conversation of a title, once there are so many. */
const messagesOf = (client: Client, title: string, count: number) =>
  kept(async () => {
    const found = (await conversations(client)).find((one) => one.title === title && one.messageCount >= count);
    if (found === undefined) return undefined;
    return (
      await client.person.client.listMessages({ params: { id: found.id }, query: { branches: 'all', hidden: 'true' } })
    ).items;
  });
const shown = (messages: Awaited<ReturnType<typeof messagesOf>>) =>
  messages.map(({ role, parts }) => [
    role,
    ...parts.map(({ kind, text, toolName }) => `${kind}${toolName === null ? '' : ` ${toolName}`}: ${text}`),
  ]);

describe('the client of OpenAI', () => {
  it('streams a chat, and what was said is a conversation that grows', async () => {
    const ask = [{ role: 'user' as const, content: 'When do I sow tomatoes?' }];
    const stream = await alice.openai.chat.completions.create({ model: 'gpt-4o', messages: ask, stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe('In March, under glass.');
    const more = [
      ...ask,
      { role: 'assistant' as const, content: text },
      { role: 'user' as const, content: 'and beans?' },
    ];
    const whole = await alice.openai.chat.completions.create({ model: 'gpt-4o', messages: more });
    expect(whole.choices[0]?.message.content).toBe('In May, outside.');
    const messages = await messagesOf(alice, 'When do I sow tomatoes?', 4);
    expect(shown(messages)).toEqual([
      ['user', 'text: When do I sow tomatoes?'],
      ['assistant', 'reasoning: Frost ends in May.', 'text: In March, under glass.'],
      ['user', 'text: and beans?'],
      ['assistant', 'text: In May, outside.'],
    ]);
    expect(messages.map(({ model, authorKind }) => [authorKind, model])).toEqual([
      ['human', null],
      ['model', 'gpt-4o'],
      ['human', null],
      ['model', 'gpt-4o'],
    ]);
  });

  it('gets the bytes the service sent', async () => {
    const body = JSON.stringify({
      model: 'gpt-4o',
      stream: true,
      messages: [{ role: 'user', content: 'byte for byte' }],
    });
    const init = (key: string) => ({
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    });
    const [through, direct] = await Promise.all([
      fetch(`${server.url}/v1/chat/completions`, init(alice.token)),
      fetch(`${service.url}/v1/chat/completions`, init(keyOf.alice)),
    ]);
    const same = (text: string) => text.replace(/"id":"[^"]+"/g, '').replace(/"created":\d+/g, '');
    expect([through.status, direct.status]).toEqual([200, 200]);
    expect(through.headers.get('content-type')).toBe(direct.headers.get('content-type'));
    expect(through.headers.get('x-request-id')).toMatch(/^req-/);
    expect(through.headers.get('x-vivim-record')).toBe('on');
    expect(same(await through.text())).toBe(same(await direct.text()));
  });

  it('streams responses, and goes on with one the service holds', async () => {
    const stream = await alice.openai.responses.create({
      model: 'gpt-4o',
      input: 'Responses: when do I sow tomatoes?',
      stream: true,
    });
    let id = '';
    let text = '';
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') text += event.delta;
      if (event.type === 'response.completed') id = event.response.id;
    }
    expect(text).toBe('In March, under glass.');
    await messagesOf(alice, 'Responses: when do I sow tomatoes?', 2);
    const next = await alice.openai.responses.create({
      model: 'gpt-4o',
      input: 'and beans?',
      previous_response_id: id,
    });
    expect(next.output_text).toBe('In May, outside.');
    const messages = await messagesOf(alice, 'Responses: when do I sow tomatoes?', 4);
    expect(shown(messages)).toEqual([
      ['user', 'text: Responses: when do I sow tomatoes?'],
      ['assistant', 'reasoning: Frost ends in May.', 'text: In March, under glass.'],
      ['user', 'text: and beans?'],
      ['assistant', 'text: In May, outside.'],
    ]);
  });

  it('calls tools', async () => {
    const tools = [{ type: 'function' as const, function: { name: 'get_weather', parameters: { type: 'object' } } }];
    const ask = [{ role: 'user' as const, content: 'What is the weather?' }];
    const stream = alice.openai.chat.completions.stream({ model: 'gpt-4o', messages: ask, tools });
    const call = await stream.finalMessage();
    const [tool] = call.tool_calls ?? [];
    const answers = { role: 'tool' as const, tool_call_id: tool?.id ?? '', content: '{"sky":"sunny"}' };
    await alice.openai.chat.completions.create({ model: 'gpt-4o', messages: [...ask, call, answers], tools });
    expect(shown(await messagesOf(alice, 'What is the weather?', 4))).toEqual([
      ['user', 'text: What is the weather?'],
      ['assistant', 'tool_call get_weather: {"city":"Lisbon"}'],
      ['tool', 'tool_result get_weather: {"sky":"sunny"}'],
      ['assistant', 'text: It is sunny in Lisbon.'],
    ]);
  });

  it('lists models and makes embeddings, of which nothing is kept', async () => {
    const before = await conversations(alice);
    expect((await alice.openai.models.list()).data.length).toBeGreaterThan(0);
    const made = await alice.openai.embeddings.create({
      model: 'text-embedding-3-small',
      input: 'tomatoes',
      encoding_format: 'float',
    });
    expect(made.data[0]?.embedding.length).toBeGreaterThan(0);
    expect(await conversations(alice)).toEqual(before);
  });
});

describe('the client of Anthropic', () => {
  it('streams a message with its thinking, and the conversation grows', async () => {
    const ask = [{ role: 'user' as const, content: 'Claude, when do I sow tomatoes?' }];
    const common = { model: 'claude-x', max_tokens: 100, system: 'You are a gardener.' };
    const first = await bob.anthropic.messages.stream({ ...common, messages: ask }).finalMessage();
    const history = [
      ...ask,
      { role: 'assistant' as const, content: first.content },
      { role: 'user' as const, content: 'and beans?' },
    ];
    await bob.anthropic.messages.create({ ...common, messages: history });
    expect(shown(await messagesOf(bob, 'Claude, when do I sow tomatoes?', 5))).toEqual([
      ['system', 'text: You are a gardener.'],
      ['user', 'text: Claude, when do I sow tomatoes?'],
      ['assistant', 'reasoning: Frost ends in May.', 'text: In March, under glass.'],
      ['user', 'text: and beans?'],
      ['assistant', 'text: In May, outside.'],
    ]);
  });

  it('uses tools', async () => {
    const tools = [{ name: 'get_weather', input_schema: { type: 'object' as const } }];
    const ask = [{ role: 'user' as const, content: 'Claude, the weather?' }];
    const call = await bob.anthropic.messages
      .stream({ model: 'claude-x', max_tokens: 100, messages: ask, tools })
      .finalMessage();
    const use = call.content.find((block) => block.type === 'tool_use');
    const result = { type: 'tool_result' as const, tool_use_id: use?.id ?? '', content: 'sunny' };
    const history = [
      ...ask,
      { role: 'assistant' as const, content: call.content },
      { role: 'user' as const, content: [result] },
    ];
    await bob.anthropic.messages.create({ model: 'claude-x', max_tokens: 100, messages: history, tools });
    const messages = await messagesOf(bob, 'Claude, the weather?', 4);
    expect(shown(messages).slice(1, 3)).toEqual([
      ['assistant', 'tool_call get_weather: {"city":"Lisbon"}'],
      ['tool', 'tool_result get_weather: sunny'],
    ]);
    expect(messages.map(({ authorKind }) => authorKind)).toEqual(['human', 'model', 'tool', 'model']);
  });
});

describe('what goes wrong', () => {
  it('at the service is handed on as it is, and kept as what it was', async () => {
    const ask = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'You are too fast' }] };
    const error = await alice.openai.chat.completions.create(ask).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    expect(error).toMatchObject({ status: 429, message: expect.stringContaining('Slow down, please.') });
    expect((error as InstanceType<typeof OpenAI.APIError>).headers?.get('retry-after')).toBe('7');
    const messages = await messagesOf(alice, 'You are too fast', 2);
    expect(shown(messages)[1]).toEqual(['assistant', 'error: Slow down, please.']);
    expect(messages[1]).toMatchObject({ status: 'error', authorKind: 'runtime' });
  });

  it('at the reader ends at the service too, and is kept as far as it came', async () => {
    const ask = {
      model: 'gpt-4o',
      messages: [{ role: 'user' as const, content: 'Tell me a long story' }],
      stream: true as const,
    };
    const stream = await alice.openai.chat.completions.create(ask);
    let text = '';
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      if (text.length > 30) break;
    }
    stream.controller.abort();
    const messages = await messagesOf(alice, 'Tell me a long story', 2);
    const [part] = messages[1]?.parts ?? [];
    expect(part?.text?.startsWith(text.slice(0, 24))).toBe(true);
    expect(part?.text?.length).toBeLessThan(1_000);
    expect(messages[1]?.status).toBe('partial');
    expect((await tally(alice)).partial).toBe(1);
  });

  it('with us is said in the words of the interface', async () => {
    const nobody = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'not-a-token', maxRetries: 0 });
    await expect(nobody.models.list()).rejects.toMatchObject({ status: 401, code: 'token_invalid' });
    const stranger = new Anthropic({ baseURL: server.url, apiKey: 'not-a-token', maxRetries: 0 });
    const ask = { model: 'm', max_tokens: 1, messages: [{ role: 'user' as const, content: 'x' }] };
    await expect(stranger.messages.create(ask)).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
    const { token } = await alice.person.client.createToken({ body: { scopes: ['memory:read'], days: 1 } });
    const reader = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: token, maxRetries: 0 });
    await expect(reader.models.list()).rejects.toMatchObject({ status: 403, code: 'insufficient_scope' });
    await expect(alice.openai.models.list({ headers: { 'x-vivim-upstream': 'nowhere' } })).rejects.toMatchObject({
      status: 404,
      code: 'upstream_unknown',
    });
  });
});

describe('what is not to be kept', () => {
  it('is not, where the request, the token or the upstream says so', async () => {
    const before = await tally(bob);
    const ask = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'between us' }] };
    const quiet = await clientsOf(bob.person, ['proxy:use']);
    const said = async (client: OpenAI, options = {}) =>
      (await client.chat.completions.create(ask, options).withResponse()).response.headers.get('x-vivim-record');
    expect(await said(bob.openai, { headers: { 'x-vivim-record': 'off' } })).toBe('off');
    expect(await said(quiet.openai)).toBe('off');
    await bob.person.client.putUpstream({
      params: { name: 'main' },
      body: { kind: 'openai', baseUrl: `${service.url}/v1`, record: false },
    });
    expect(await said(bob.openai)).toBe('off');
    await bob.person.client.putUpstream({
      params: { name: 'main' },
      body: { kind: 'openai', baseUrl: `${service.url}/v1`, record: true },
    });
    expect(await said(bob.openai)).toBe('on');
    await messagesOf(bob, 'between us', 2);
    expect((await tally(bob)).recorded).toBe(before.recorded + 1);
  });
});

describe('two people', () => {
  it('have upstreams and threads of their own, though they say the same', async () => {
    const ask = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Said by both' }] };
    await alice.openai.chat.completions.create(ask);
    await messagesOf(alice, 'Said by both', 2);
    expect((await conversations(bob)).map(({ title }) => title)).not.toContain('Said by both');
    await bob.openai.chat.completions.create(ask);
    await messagesOf(bob, 'Said by both', 2);
    expect((await conversations(alice)).filter(({ title }) => title === 'Said by both')).toHaveLength(1);
    await alice.person.client.deleteUpstream({ params: { name: 'claude' } });
    await expect(alice.anthropic.models.list()).rejects.toMatchObject({ status: 404 });
    expect((await bob.anthropic.models.list()).data.length).toBeGreaterThan(0);
  });

  it('see the end of their own key and no more', async () => {
    const { items } = await bob.person.client.listUpstreams({});
    expect(items.map(({ name, keyEnding, isDefault }) => [name, keyEnding, isDefault])).toEqual([
      ['claude', 'xkeq', true],
      ['main', 'xkeq', true],
    ]);
    expect(await bob.person.client.testUpstream({ params: { name: 'main' } })).toMatchObject({ ok: true, status: 200 });
    await bob.person.client.putUpstream({
      params: { name: 'wrong' },
      body: { kind: 'openai', baseUrl: `${service.url}/v1`, key: 'sk-wrong' },
    });
    expect(await bob.person.client.testUpstream({ params: { name: 'wrong' } })).toMatchObject({
      ok: false,
      status: 401,
    });
  });

  it('are told at once that an address is not allowed, and what they set stays as it was', async () => {
    for (const baseUrl of ['http://127.0.0.1:9/v1', 'https://10.0.0.7/v1', 'http://api.example.com/v1']) {
      const set = bob.person.client.putUpstream({
        params: { name: 'main' },
        body: { kind: 'openai', baseUrl, key: 'k' },
      });
      await expect(set).rejects.toMatchObject({
        code: 'upstream_not_allowed',
        message: expect.stringContaining(`VIVIM_UPSTREAM_PRIVATE=${new URL(baseUrl).hostname}`),
      });
    }
    expect((await bob.person.client.listUpstreams({})).items.find(({ name }) => name === 'main')).toMatchObject({
      baseUrl: `${service.url}/v1`,
      keyEnding: 'xkeq',
    });
    expect((await alice.person.client.listUpstreams({})).items.map(({ name }) => name)).toEqual(['main']);
  });

  it('have to give the key again where the address changes', async () => {
    const elsewhere = { kind: 'openai' as const, baseUrl: 'https://api.example.com/v1' };
    const moved = await bob.person.client.putUpstream({ params: { name: 'wrong' }, body: elsewhere });
    expect(moved.keyEnding).toBeNull();
  });
});

describe('the command line', () => {
  let config: string;
  const vivim = (args: readonly string[], stdin = '') =>
    runCommand(args, { profile: 'carol', config, stdin, server: server.url });
  beforeAll(async () => {
    config = mkdtempSync(join(tmpdir(), 'vivim-cli-live-'));
    expect((await vivim(['identity', 'create'])).code).toBe(0);
  });
  afterAll(() => rmSync(config, { recursive: true, force: true }));

  it('sets a service up with a key from standard input, tries it, changes it, and forgets it', async () => {
    const key = keyOf.alice;
    const added = await vivim(['upstreams', 'add', 'main', '--url', `${service.url}/v1`], `${key}\n`);
    expect([added.code, added.stdout]).toEqual([0, expect.stringContaining(`key …${key.slice(-4)}`)]);
    expect(added.stderr).toContain(`${server.url}/v1`);
    const tried = await vivim(['upstreams', 'test', 'main']);
    expect([tried.code, tried.stdout]).toEqual([0, expect.stringMatching(/^main answers, with \d+ models\.$/m)]);
    const changed = await vivim(['upstreams', 'change', 'main', '--record', 'off', '--default']);
    expect([changed.code, changed.stdout]).toEqual([0, expect.stringMatching(/key …\w{4} +not kept +default/)]);
    const listed = await vivim(['upstreams', 'list']);
    expect(listed.stdout).toContain('0 exchanges kept, 0 of them broken off.');
    const asJson = UpstreamList.parse(JSON.parse((await vivim(['upstreams', 'list', '--json'])).stdout));
    expect(asJson.items).toMatchObject([{ name: 'main', record: false, isDefault: true }]);
    for (const run of [added, tried, changed, listed]) expect(run.stdout + run.stderr).not.toContain(key);
    expect((await vivim(['upstreams', 'add', 'none'])).code).toBe(2);
    const refused = await vivim(['upstreams', 'add', 'private', '--url', 'http://127.0.0.1:9/v1', '--no-key']);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('VIVIM_UPSTREAM_PRIVATE=127.0.0.1:9');
    expect((await vivim(['upstreams', 'list'])).stdout).not.toContain('private');
    expect((await vivim(['upstreams', 'change', 'nowhere', '--record', 'on'])).code).toBe(4);
    expect((await vivim(['upstreams', 'remove', 'main'])).code).toBe(0);
    expect((await vivim(['upstreams', 'test', 'main'])).code).toBe(4);
  });
});

describe('a key', () => {
  it('leaves in no export that did not ask for it', async () => {
    const bytes = async (query: object) =>
      Buffer.from(await (await bob.person.client.exportSpace({ query })).arrayBuffer());
    for (const format of ['sqlite', 'json', 'markdown'] as const)
      expect(findIn(format, await bytes({ format }), keyOf.bob)).toEqual([]);
    expect(findIn('sqlite', await bytes({ format: 'sqlite', upstreamKeys: 'true' }), keyOf.bob)).not.toEqual([]);
    expect(findIn('json', await bytes({ format: 'json', upstreamKeys: 'true' }), keyOf.bob)).not.toEqual([]);
  });

  it('is in no file, no line that was printed and no row of master', async () => {
    const master = await masterBehind(server.dataDir);
    const dump = Buffer.from(await dumpOf(master));
    await master.close();
    for (const key of Object.values(keyOf)) {
      expect(findBelow([server.dataDir], key).findings).toEqual([]);
      expect(findIn('output', Buffer.from(server.output()), key)).toEqual([]);
      expect(findIn('master', dump, key)).toEqual([]);
    }
    expect(server.output()).not.toContain('sow tomatoes');
  });
});
