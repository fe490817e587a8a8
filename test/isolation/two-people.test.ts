/** Two people on one server: whatever Alice has, Bob is told the same as of something that never was. */

import type { SearchResult } from '@vivim/contract/search';
import { tokenizerNames } from '@vivim/contract/tokenizers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { aliceExport, bobExport } from '../kit/exports.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

describe.each(['dedicated', 'pooled'])('%s engines', (mode) => {
  let server: TestServer;
  let alice: Person;
  let bob: Person;
  /** Every id the API ever showed Alice, by the path it is read at. */
  let paths: string[];

  beforeAll(async () => {
    server = await startTestServer({ env: { VIVIM_ENGINE: mode } });
    [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
    const [run] = await Promise.all([importFile(alice, 'a.json', aliceExport), importFile(bob, 'b.json', bobExport)]);
    await Promise.all([quiet(alice, { embedding: false }), quiet(bob, { embedding: false })]);
    // Standing bundles are made after all that: nobody waits for them.
    const bundled = async () => (await alice.client.listBundles({})).items.length > 0;
    await vi.waitUntil(bundled, { timeout: 60_000, interval: 100 });
    paths = await everyPathOf(alice, run.id);
  }, 120_000);

  afterAll(() => server?.stop());

  async function everyPathOf(person: Person, importId: string): Promise<string[]> {
    const { client } = person;
    const conversations = (await client.listConversations({})).items.map((c) => c.id);
    const messages = (await Promise.all(conversations.map((id) => client.listMessages({ params: { id } })))).flatMap(
      (p) => p.items.map((m) => m.id),
    );
    const acus = (await Promise.all(messages.map((id) => client.listMessageAcus({ params: { id } })))).flatMap((p) =>
      p.items.map((a) => a.id),
    );
    const [topics, entities, bundles] = await Promise.all([
      client.listTopics({}),
      client.listEntities({}),
      client.listBundles({}),
    ]);
    return [
      ...conversations.flatMap((id) => [`/v1/conversations/${id}`, `/v1/conversations/${id}/messages`]),
      ...messages.flatMap((id) => [`/v1/messages/${id}`, `/v1/messages/${id}/acus`]),
      ...acus.map((id) => `/v1/acus/${id}`),
      ...topics.items.map((t) => `/v1/topics/${t.id}`),
      ...entities.items.map((e) => `/v1/entities/${e.id}`),
      ...bundles.items.map((b) => `/v1/bundles/${b.id}`),
      `/v1/imports/${importId}`,
      `/v1/imports/${importId}/issues`,
    ];
  }

  /** Status, the headers that could tell, and the bytes. */
  async function answerOf(person: Person, path: string, init: RequestInit = {}) {
    const url = `${server.url}${path}`;
    const response = await fetch(url, {
      ...init,
      headers: { ...init.headers, ...(await person.authorize(init.method ?? 'GET', url)) },
    });
    const told = [...response.headers].filter(([name]) => !['date', 'vivim-trace-id'].includes(name)).sort();
    return { status: response.status, headers: told, body: await response.text() };
  }

  /** An id nobody has, of the same shape. */
  const unknown = (path: string): string =>
    path
      .replace(/[a-z2-7]{32}/, 'a'.repeat(32))
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '01935870-0000-7000-8000-000000000000');

  describe("Alice's ids in Bob's hands", () => {
    it('there are some of every kind', () => {
      for (const noun of ['conversations', 'messages', 'acus', 'topics', 'entities', 'bundles', 'imports']) {
        expect(
          paths.some((path) => path.startsWith(`/v1/${noun}/`)),
          noun,
        ).toBe(true);
      }
    });

    it('answer not_found with the bytes of an unknown id, one by one', async () => {
      for (const path of paths) {
        const foreign = await answerOf(bob, path);
        expect(foreign.status, path).toBe(404);
        expect(JSON.parse(foreign.body)).toMatchObject({ code: 'not_found' });
        expect(foreign, path).toEqual(await answerOf(bob, unknown(path)));
        expect((await answerOf(alice, path)).status, path).toBe(200);
      }
    });

    it('cannot be cancelled, and nothing of Alice changes', async () => {
      const before = await alice.client.getSpace({});
      const importPath = paths.find((path) => /^\/v1\/imports\/[^/]+$/.test(path));
      expect((await answerOf(bob, `${importPath}/cancel`, { method: 'POST' })).status).toBe(404);
      expect((await alice.client.getSpace({})).version).toBe(before.version);
    });

    it('put into a context request bring nothing of hers', async () => {
      const conversationId = paths[0]?.split('/')[3] ?? '';
      const answer = await answerOf(bob, '/v1/context', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'tomatoes', conversationId }),
      });
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([404, 'not_found']);
      expect(answer.body).not.toMatch(/marzano|lisbon|berlengas/i);
    });
  });

  describe('the same question', () => {
    it.each(['San Marzano tomatoes', 'borrow checker', 'what did I decide'])(
      '%s finds only what is mine',
      async (q) => {
        const [hers, his] = await Promise.all([
          alice.client.search({ query: { q } }),
          bob.client.search({ query: { q } }),
        ]);
        // The words of a question are its asker's own; everything else is found.
        const found = ({ terms: _, nowhere: __, unheld: ___, spelt, ...rest }: SearchResult) =>
          JSON.stringify([rest, spelt.map(({ as }) => as)]);
        expect(found(his)).not.toMatch(/marzano|lisbon|berlengas/i);
        expect(found(hers)).not.toMatch(/borrow checker|split_at_mut/i);
      },
    );

    it('gets a bundle of my own words', async () => {
      const ask = (person: Person) =>
        person.client.createContext({ body: { query: 'What did I plan?', budget: 2_000 } });
      const [hers, his] = await Promise.all([ask(alice), ask(bob)]);
      expect(his.text).not.toMatch(/marzano|lisbon|berlengas/i);
      expect(hers.text).not.toMatch(/borrow|split_at_mut/i);
    });

    it.each(tokenizerNames)('gets it counted by %s, whose tables are behind the wall too', async (tokenizer) => {
      const body = { query: 'What did I plan?', budget: 1_000, tokenizer };
      const [hers, his] = await Promise.all([alice.client.createContext({ body }), bob.client.createContext({ body })]);
      expect([hers.tokens, his.tokens].every((tokens) => tokens > 0 && tokens <= 1_000)).toBe(true);
    });
  });

  describe('who asks is known from the session alone', () => {
    it.each([
      ['query', '/v1/conversations?userId=', {}],
      ['query', '/v1/search?q=x&did=', {}],
      ['query', '/v1/topics?tenant_id=', {}],
    ])('a user in the %s of %s is refused', async (_, path) => {
      const answer = await answerOf(bob, `${path}${alice.userId}`);
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, 'user_id_not_allowed']);
    });

    it('a user in the body is refused', async () => {
      const answer = await answerOf(bob, '/v1/context', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: 'x', user_id: alice.userId }),
      });
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, 'user_id_not_allowed']);
    });

    it('a DID or a user in a header proves nothing', async () => {
      const response = await fetch(`${server.url}/v1/me`, {
        headers: { 'x-did': alice.did, 'x-user-id': alice.userId },
      });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([401, 'auth_required']);
      const claim = await answerOf(bob, '/v1/me', { headers: { 'x-did': alice.did } });
      expect([claim.status, JSON.parse(claim.body).code]).toEqual([400, 'user_id_not_allowed']);
      const me = await answerOf(bob, '/v1/me', { headers: { 'vivim-ticket': 'a.b' } });
      expect(JSON.parse(me.body)).toMatchObject({ userId: bob.userId, dids: [bob.did] });
    });
  });
});
