/**
 * Vectors made by a service of a person's own, whole: a real service in a process of its own, a real server, two people. Nothing
 * leaves before it is agreed to, nothing after it is withdrawn; what left is told; who is asked can be changed without a gap.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findBelow } from '../isolation/canaries/scan.ts';
import { runCommand } from '../kit/command.ts';
import { type EmbeddingServiceProcess, startEmbeddingService } from '../kit/embedding-service.ts';
import { dialogue } from '../kit/exports.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const key = 'sk-Emb3canaryKEY7719xq';
let service: EmbeddingServiceProcess;
let server: TestServer;
let alice: Person;
let bob: Person;

const chats = (who: string) =>
  JSON.stringify(
    [0, 1, 2].map((i) =>
      dialogue(`${who}-${i}`, `${who} ${i}`, [
        `${who} asks where ferry number ${i} goes`,
        `It goes to Berlenga, answered to ${who}.`,
      ]),
    ),
  );
const params = { name: 'mine' };
const address = (kind: 'openai' | 'ollama' = 'openai') => ({
  kind,
  baseUrl: kind === 'openai' ? `${service.url}/v1` : service.url,
  model: 'letters',
});
const put = (person: Person, more: object = {}) =>
  person.client.putModelService({ params, body: { ...address(), key, ...more } });
const agree = (person: Person, kind: 'openai' | 'ollama' = 'openai') =>
  person.client.agreeToModelService({ params, body: { purpose: 'embed', ...address(kind) } });
const withdraw = (person: Person) => person.client.withdrawFromModelService({ params, query: { purpose: 'embed' } });
const use = (person: Person, name: string | null) => person.client.chooseEmbedder({ body: { service: name } });
const choice = async (person: Person) => (await person.client.listModelServices({})).embedder;
const calls = async (person: Person) => (await person.client.listModelCalls({})).items;
const textsSeen = async () => (await service.seen()).flatMap(({ texts }) => texts);

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come to it.');
}
const answers = (person: Person, name: string | null) =>
  eventually(async () => {
    const { answering, chosen } = await choice(person);
    return answering === name && chosen === name;
  });

beforeAll(async () => {
  service = await startEmbeddingService(40, key);
  // No built-in embedder: what has vectors has them from the service.
  server = await startTestServer({ env: { VIVIM_UPSTREAM_PRIVATE: service.host, VIVIM_MODELS: 'off' } });
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
  for (const [who, person] of [
    ['alice', alice],
    ['bob', bob],
  ] as const) {
    const run = await importFile(person, 'chats.json', chats(who));
    expect(run.state).toBe('done');
    await quiet(person, { embedding: false });
  }
}, 90_000);
afterAll(async () => {
  await server?.stop();
  await service?.stop();
});

describe('before it is agreed to', () => {
  it('sends words of its own to test a service, learns the size of its vectors, and nothing of the person', async () => {
    await put(alice);
    expect(await alice.client.testModelService({ params })).toEqual({
      ok: true,
      dimensions: 40,
      chatForm: null,
      detail: null,
    });
    expect(await textsSeen()).toEqual(['apple', 'boat', 'river']);
    await expect(use(alice, 'mine')).rejects.toMatchObject({ code: 'model_not_allowed' });
    expect(await calls(alice)).toEqual([]);
  });

  it('is not agreed to where the address is another than was shown', async () => {
    const other = { ...address(), model: 'another' };
    await expect(
      alice.client.agreeToModelService({ params, body: { purpose: 'embed', ...other } }),
    ).rejects.toMatchObject({ code: 'version_conflict' });
    expect((await alice.client.listModelServices({})).items[0]?.agreedAt.embed).toBeNull();
  });

  it('refuses an address the operator does not allow', async () => {
    await expect(put(alice, { baseUrl: 'http://127.0.0.1:1/v1' })).rejects.toMatchObject({
      code: 'upstream_not_allowed',
    });
  });
});

describe('once it is agreed to', () => {
  it('embeds in the background, answers by meaning, and tells what left without a word of it', async () => {
    await agree(alice);
    await use(alice, 'mine');
    await answers(alice, 'mine');
    await quiet(alice);
    const found = await alice.client.search({ query: { q: 'ferry to Berlenga' } });
    expect(found.items.length).toBeGreaterThan(0);
    const log = await calls(alice);
    expect(log.length).toBeGreaterThan(0);
    expect(
      log.every(({ host, outcome, purpose }) => host === service.host && outcome === 'answered' && purpose === 'embed'),
    ).toBe(true);
    expect(log.reduce((sum, { texts }) => sum + texts, 0)).toBeGreaterThanOrEqual(7);
    expect(JSON.stringify(log)).not.toContain('Berlenga');
    const [shown] = (await alice.client.listModelServices({})).items;
    expect(shown?.thisMonth.tokens).toBe(log.reduce((sum, { tokens }) => sum + tokens, 0));
  });

  it('has nothing of the other person', async () => {
    expect((await textsSeen()).some((text) => text.includes('bob'))).toBe(false);
    expect((await bob.client.listModelServices({})).items).toEqual([]);
    expect(await calls(bob)).toEqual([]);
    await expect(use(bob, 'mine')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows the key nowhere: not in answers, not on disk, not in the log', async () => {
    expect(JSON.stringify(await alice.client.listModelServices({}))).not.toContain(key);
    expect(server.output()).not.toContain(key);
    expect(server.output()).not.toContain(service.host);
    const copy = await alice.client.exportSpace({ query: { format: 'sqlite' } });
    expect(Buffer.from(await copy.arrayBuffer()).includes(key)).toBe(false);
    expect(findBelow([server.dataDir], key).findings).toEqual([]);
  });

  it('sends nothing once it is withdrawn, and the built-in embedder is chosen', async () => {
    await withdraw(alice);
    const before = (await service.seen()).length;
    expect(await choice(alice)).toMatchObject({ answering: null, chosen: null });
    await importFile(alice, 'more.json', chats('alice-later'));
    await quiet(alice, { embedding: false });
    await alice.client.search({ query: { q: 'where does alice-later go' } });
    expect((await service.seen()).length).toBe(before);
  });

  it('finds the vectors again that are still there, and has only what is new made', async () => {
    const before = (await textsSeen()).length;
    await agree(alice);
    await use(alice, 'mine');
    await answers(alice, 'mine');
    await quiet(alice);
    const sent = (await textsSeen()).slice(before);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.every((text) => text.includes('alice-later'))).toBe(true);
  });

  it('forgets what was agreed to with the service, and with another model', async () => {
    await put(alice, { model: 'another' });
    expect((await alice.client.listModelServices({})).items[0]).toMatchObject({
      agreedAt: { embed: null, memories: null },
      dimensions: null,
    });
    await put(alice);
    expect((await alice.client.listModelServices({})).items[0]?.agreedAt.embed).toBeNull();
    await alice.client.deleteModelService({ params });
    expect((await alice.client.listModelServices({})).items).toEqual([]);
  });
});

describe('a service that fails', () => {
  it.each([
    ['busy', 'rate_limited'],
    ['error', 'upstream_unavailable'],
    ['gone', 'upstream_unavailable'],
    ['fewer', 'model_answer_invalid'],
    ['nan', 'model_answer_invalid'],
    ['dimensions', 'model_answer_invalid'],
    ['huge', 'model_answer_invalid'],
  ] as const)(
    '%s: it is told as %s, nothing is stored, and it goes on when it is back',
    async (fault, code) => {
      await service.misbehave('none');
      const person = await signUp(server.url);
      await importFile(person, 'chats.json', chats(`carol-${fault}`));
      await quiet(person, { embedding: false });
      await person.client.putModelService({ params, body: { ...address('ollama'), key } });
      expect((await person.client.testModelService({ params })).ok).toBe(true);
      await agree(person, 'ollama');
      await service.misbehave(fault);
      await use(person, 'mine');
      await eventually(async () => (await calls(person)).some(({ outcome }) => outcome === code));
      expect(await choice(person)).toMatchObject({ answering: null, chosen: 'mine', waiting: 3 });
      expect((await person.client.getSpace({})).pending.reembedding).toBe(3);
      // Words answer meanwhile.
      expect((await person.client.search({ query: { q: 'ferry' } })).items.length).toBeGreaterThan(0);
      await service.misbehave('none');
      await answers(person, 'mine');
    },
    60_000,
  );

  it('stops at the tokens of a month, and says so', async () => {
    const person = await signUp(server.url);
    await importFile(person, 'chats.json', chats('dora'));
    await quiet(person, { embedding: false });
    await put(person, { monthlyTokens: 5 });
    await person.client.testModelService({ params });
    await agree(person);
    await use(person, 'mine');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await textsSeen()).some((text) => text.includes('dora'))).toBe(false);
    expect(await choice(person)).toMatchObject({ answering: null, chosen: 'mine', waiting: 3 });
  });
});

describe('the command line', () => {
  it('sets a service up, agrees, uses it, shows what left, and takes it back', async () => {
    await service.misbehave('none');
    const config = mkdtempSync(join(tmpdir(), 'vivim-cli-models-'));
    onTestFinished(() => rmSync(config, { recursive: true, force: true }));
    const vivim = (args: readonly string[], stdin = '') =>
      runCommand(args, { profile: 'erin', config, stdin, server: server.url });
    expect((await vivim(['identity', 'create'])).code).toBe(0);
    const added = await vivim(
      ['models', 'add', 'mine', '--url', `${service.url}/v1`, '--model', 'letters'],
      `${key}\n`,
    );
    expect([added.code, added.stdout]).toEqual([0, expect.stringContaining('not agreed to')]);
    expect(added.stdout + added.stderr).not.toContain(key);
    expect((await vivim(['models', 'use', 'mine'])).code).not.toBe(0);
    expect((await vivim(['models', 'test', 'mine'])).stdout).toContain('40 numbers');
    expect((await vivim(['models', 'consent', 'mine'])).stdout).toContain(service.url);
    expect((await vivim(['models', 'use', 'mine'])).stdout).toContain('made by mine');
    expect((await vivim(['models', 'use', 'mine', '--built-in'])).code).toBe(2);
    expect((await vivim(['models', 'list'])).stdout).toContain('agreed to on');
    expect((await vivim(['models', 'log'])).stdout).toContain('Nothing has left.');
    expect((await vivim(['models', 'consent', 'mine', '--withdraw'])).stdout).toContain('Nothing goes to mine');
    expect((await vivim(['models', 'remove', 'mine'])).code).toBe(0);
    expect((await vivim(['models', 'consent', 'mine'])).code).toBe(4);
  }, 90_000);
});
