/**
 * Memories by a model of a person's own, whole: a real service in a process of its own, a real server, two people. Nothing leaves
 * before it is agreed to for that, nothing after it is taken back; what was found says who found it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findBelow } from '../isolation/canaries/scan.ts';
import { type ChatServiceProcess, startChatService } from '../kit/chat-service.ts';
import { runCommand } from '../kit/command.ts';
import { dialogue } from '../kit/exports.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const key = 'sk-Chat5canaryKEY3391';
let hers: ChatServiceProcess;
let his: ChatServiceProcess;
let server: TestServer;
let alice: Person;
let bob: Person;

const chats = (who: string, ...lines: readonly string[]) =>
  JSON.stringify(lines.map((text, i) => dialogue(`${who}-${i}`, `${who} ${i}`, [text, `Noted, said to ${who}.`])));
const params = { name: 'mine' };
const purpose = 'memories' as const;
const address = (service: ChatServiceProcess, kind: 'openai' | 'ollama' = 'openai') => ({
  kind,
  baseUrl: kind === 'openai' ? `${service.url}/v1` : service.url,
  model: 'reader-1',
});
const proposal = (quote: string) => ({
  says: quote,
  propose: {
    quote,
    text: quote,
    kind: 'fact',
    about: null,
    value: null,
    from: null,
    until: null,
    over: false,
    confidence: 0.9,
  },
});
const state = async (person: Person) => (await person.client.listModelServices({})).memories;
const calls = async (person: Person) => (await person.client.listModelCalls({})).items;
const found = async (person: Person) =>
  (await person.client.listMemories({ query: { origin: 'model' } })).items.map(({ text }) => text).sort();
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come to it.');
}
const rested = (person: Person) => eventually(async () => (await state(person)).waiting === 0);
async function setUp(person: Person, service: ChatServiceProcess, kind: 'openai' | 'ollama' = 'openai', more = {}) {
  await person.client.putModelService({ params, body: { ...address(service, kind), key, ...more } });
  expect(await person.client.testModelService({ params, query: { purpose } })).toMatchObject({ ok: true });
  await person.client.agreeToModelService({ params, body: { purpose, ...address(service, kind) } });
}
const use = (person: Person) => person.client.chooseMemoryModel({ body: { service: 'mine' } });

beforeAll(async () => {
  [hers, his] = await Promise.all([startChatService(key), startChatService(key, 'plain')]);
  server = await startTestServer({
    env: { VIVIM_UPSTREAM_PRIVATE: `${hers.host},${his.host}`, VIVIM_MODELS: 'off' },
  });
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
  await importFile(
    alice,
    'chats.json',
    chats('alice', 'These days I tend three beehives.', 'We own a lighthouse on Sylt.'),
  );
  await importFile(bob, 'chats.json', chats('bob', 'I restore old barometers.'));
  await Promise.all([alice, bob].map((person) => quiet(person, { embedding: false })));
  for (const service of [hers, his])
    await service.script([proposal('I tend three beehives'), proposal('I restore old barometers')]);
}, 90_000);
afterAll(async () => {
  await server?.stop();
  await Promise.all([hers?.stop(), his?.stop()]);
});

describe('a model that looks for memories', () => {
  it('is tried with a question of nobody’s, and is asked nothing before it is agreed to for that', async () => {
    await alice.client.putModelService({ params, body: { ...address(hers), key } });
    await expect(use(alice)).rejects.toMatchObject({ code: 'model_not_allowed' });
    expect(await alice.client.testModelService({ params, query: { purpose } })).toEqual({
      ok: true,
      dimensions: null,
      chatForm: 'schema',
      detail: null,
    });
    await alice.client.agreeToModelService({ params, body: { purpose: 'embed', ...address(hers) } });
    await expect(use(alice)).rejects.toMatchObject({ code: 'model_not_allowed' });
    expect(JSON.stringify(await hers.seen())).not.toContain('beehives');
    expect(await calls(alice)).toEqual([]);
  });

  it('finds them for two people with a service each, and neither has a word of the other', async () => {
    await setUp(alice, hers, 'openai', { price: { input: 2, output: 8 } });
    await setUp(bob, his, 'ollama');
    await Promise.all([use(alice), use(bob)]);
    await Promise.all([rested(alice), rested(bob)]);
    expect([await found(alice), await found(bob)]).toEqual([['I tend three beehives'], ['I restore old barometers']]);
    expect(JSON.stringify(await hers.seen())).not.toContain('barometers');
    expect(JSON.stringify(await his.seen())).not.toContain('beehives');
    const [memory] = (await alice.client.listMemories({ query: { origin: 'model' } })).items;
    expect(memory).toMatchObject({ state: 'active', label: expect.stringContaining('Found by reader-1') });
    const detail = await alice.client.getMemory({ params: { id: memory?.id as NonNullable<typeof memory>['id'] } });
    expect(detail.evidence).toMatchObject([{ from: 'message', quoted: 'I tend three beehives' }]);
    const context = await alice.client.createContext({ body: { query: 'What do I do in spring?' } });
    expect(context.text).toContain('beehives');
  });

  it('is asked for what was said alone, and what left is told without a word of it, with what it cost', async () => {
    const sent = (await hers.seen()).map(({ user }) => user).join('\n');
    expect(sent).toContain('lighthouse');
    expect(sent).not.toContain('Noted, said to');
    const log = await calls(alice);
    expect(log).toMatchObject([{ purpose: 'memories', outcome: 'answered', tokens: 100, host: hers.host }]);
    expect(log[0]?.cost).toBeCloseTo((70 * 2 + 30 * 8) / 1e6);
    expect(JSON.stringify(log)).not.toContain('beehives');
    const [service] = (await alice.client.listModelServices({})).items;
    expect(service?.today).toMatchObject({ requests: 1, tokens: 100 });
    expect(JSON.stringify(await alice.client.listModelServices({}))).not.toContain(key);
    expect(server.output()).not.toContain(key);
    expect(server.output()).not.toContain('beehives');
    expect(findBelow([server.dataDir], key).findings).toEqual([]);
  });

  it('is cut off when it is taken back, what was found stays, and nothing leaves any more', async () => {
    await hers.misbehave('hang');
    const before = await hers.left();
    await importFile(alice, 'more.json', chats('alice-more', 'My aunt carves spoons from plum wood.'));
    await eventually(async () => (await calls(alice))[0]?.outcome === 'sent');
    await eventually(async () => JSON.stringify(await hers.seen()).includes('plum wood'));
    await alice.client.withdrawFromModelService({ params, query: { purpose } });
    await eventually(async () => (await hers.left()) === before + 1);
    await eventually(async () => (await calls(alice))[0]?.outcome === 'model_not_allowed');
    await hers.misbehave('none');
    expect(await state(alice)).toMatchObject({ service: null, waiting: 0 });
    const seen = (await hers.seen()).length;
    await importFile(alice, 'later.json', chats('alice-later', 'I tend three beehives, still.'));
    await quiet(alice, { embedding: false });
    expect((await hers.seen()).length).toBe(seen);
    expect(await found(alice)).toEqual(['I tend three beehives']);
  });
});

describe('a service that fails', () => {
  it.each([
    ['busy', 'rate_limited'],
    ['gone', 'upstream_unavailable'],
    ['huge', 'model_answer_invalid'],
  ] as const)(
    '%s: it is told as %s, and it goes on when it is back',
    async (fault, code) => {
      const person = await signUp(server.url);
      await importFile(person, 'chats.json', chats(`p-${fault}`, 'At home I tend three beehives.'));
      await quiet(person, { embedding: false });
      await setUp(person, hers);
      await hers.misbehave(fault);
      await use(person);
      await eventually(async () => (await calls(person)).some(({ outcome }) => outcome === code));
      expect(await found(person)).toEqual([]);
      await hers.misbehave('none');
      await eventually(async () => (await found(person)).length === 1);
    },
    60_000,
  );

  it('is not asked beyond the tokens of a day or the money of a month', async () => {
    await expect(
      alice.client.putModelService({ params, body: { ...address(hers), monthlyCost: 1, price: null } }),
    ).rejects.toMatchObject({ code: 'request_invalid' });
    for (const limit of [{ dailyTokens: 50 }, { price: { input: 100, output: 100 }, monthlyCost: 0.01 }]) {
      const person = await signUp(server.url);
      await importFile(person, 'chats.json', chats('frugal', 'I tend three beehives, frugally.'));
      await quiet(person, { embedding: false });
      await setUp(person, hers, 'openai', limit);
      await use(person);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(JSON.stringify(await hers.seen())).not.toContain('frugally');
      expect(await state(person)).toMatchObject({ service: 'mine', waiting: 1 });
    }
  });
});

describe('the command line', () => {
  it('sets a model up, agrees, uses it, and takes it back', async () => {
    const config = mkdtempSync(join(tmpdir(), 'vivim-cli-chat-'));
    onTestFinished(() => rmSync(config, { recursive: true, force: true }));
    const vivim = (args: readonly string[], stdin = '') =>
      runCommand(args, { profile: 'erin', config, stdin, server: server.url });
    expect((await vivim(['identity', 'create'])).code).toBe(0);
    const add = ['models', 'add', 'mine', '--url', `${hers.url}/v1`, '--model', 'reader-1', '--daily-tokens', '9000'];
    const added = await vivim([...add, '--price-in', '2', '--price-out', '8', '--monthly-cost', '5'], `${key}\n`);
    expect([added.code, added.stdout]).toEqual([0, expect.stringContaining('cost 0.00 of 5')]);
    const of = ['--for', 'memories'];
    expect((await vivim(['models', 'test', 'mine', ...of])).stdout).toContain('mine answers.');
    expect((await vivim(['models', 'consent', 'mine', ...of])).stdout).toContain('have memories found');
    expect((await vivim(['models', 'use', 'mine', ...of])).stdout).toContain('by rules and mine');
    expect((await vivim(['models', 'list'])).stdout).toContain('memories agreed to on');
    expect((await vivim(['models', 'consent', 'mine', '--withdraw', ...of])).stdout).toContain('for memories any more');
    expect((await vivim(['models', 'list'])).stdout).toContain('by rules alone');
  }, 90_000);
});
