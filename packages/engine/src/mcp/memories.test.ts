/** What an application keeps about a person and lets go of: it says who wrote it, guesses at nothing, and can be taken back. */
import { ticketHeader } from '@vivim/contract/ticket';
import { describe, expect, it, vi } from 'vitest';
import { all, connectMcp, type McpHome, newMcpHome } from '../../../../test/kit/mcp-home.ts';

interface Kept {
  readonly memory: { readonly id: string; readonly label: string; readonly state: string } | null;
  readonly outcome?: string;
  readonly candidates?: readonly { readonly id: string }[];
}

const rest = async (home: McpHome, method: string, path: string, body?: object) => {
  const headers = { 'content-type': 'application/json', [ticketHeader]: home.ticket(all) };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await home.engine.fetch(new Request(`http://engine${path}`, init));
  return {
    status: answer.status,
    body: (await answer.json()) as Record<string, unknown> & { items: { id: string }[] },
  };
};

async function newPerson(app?: string) {
  const home = newMcpHome();
  const client = await connectMcp(home, all, app === undefined ? {} : { app });
  const call = async (name: string, args: object) => {
    const answer = await client.callTool({ name, arguments: args as Record<string, unknown> });
    return { ...answer, kept: answer.structuredContent as unknown as Kept, text: JSON.stringify(answer.content) };
  };
  return { home, call, rest: rest.bind(null, home) };
}

const peanuts = 'The user is allergic to peanuts.';

describe('what an application is told to remember', () => {
  it('stands among the memories of its person with the name of the application, once', async () => {
    const { call, rest } = await newPerson('Notes');
    const { kept } = await call('remember', { text: peanuts, kind: 'fact' });
    expect(kept.memory).toMatchObject({ state: 'active', label: expect.stringMatching(/^Said to Notes, \d{4}-/) });
    expect((await call('remember', { text: peanuts })).kept.memory?.id).toBe(kept.memory?.id);
    const { body } = await rest('GET', '/v1/memories');
    expect(body.items).toMatchObject([{ id: kept.memory?.id, text: peanuts, origin: 'stated' }]);
    const context = await call('get_context', { message: 'What may I cook with peanuts?' });
    expect(context.text).toContain('allergic to peanuts');
    expect(context.structuredContent).toMatchObject({
      citations: [{ memory: expect.stringMatching(/^Said to Notes/), memoryId: kept.memory?.id }],
    });
    const found = await call('search', { query: 'peanuts' });
    expect(found.structuredContent).toMatchObject({ memories: [{ id: kept.memory?.id, text: peanuts }] });
  });

  it('goes by the name a client says where its session has none, made harmless', async () => {
    const { home, call } = await newPerson();
    expect((await call('remember', { text: peanuts })).kept.memory?.label).toMatch(/^Said to test, /);
    const message = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name: 'remember',
        arguments: { text: 'The user likes mangoes.' },
        _meta: { 'vivim/client': `Bread\u202e\n\n${'x'.repeat(200)}` },
      },
    };
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      [ticketHeader]: home.ticket(all),
    };
    const answer = await home.engine.fetch(
      new Request('http://engine/mcp', { method: 'POST', headers, body: JSON.stringify(message) }),
    );
    expect(await answer.text()).toContain(`Said to Bread ${'x'.repeat(94)}, `);
  });

  it('takes the place of what held before, and hides what looks like a key', async () => {
    const { call, rest } = await newPerson('Notes');
    const before = await call('remember', { text: 'The user lives in Porto.' });
    const { kept } = await call('remember', { text: 'The user lives in Lisbon.', replaces: [before.kept.memory?.id] });
    const old = await rest('GET', `/v1/memories/${before.kept.memory?.id}`);
    expect(old.body).toMatchObject({ state: 'superseded' });
    expect((await rest('GET', `/v1/memories/${kept.memory?.id}`)).body).toMatchObject({
      supersedes: before.kept.memory?.id,
    });
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const masked = await call('remember', { text: `The token of the user is ${secret}.` });
    expect(masked.text).not.toContain(secret);
  });
});

describe('what an application is told to forget', () => {
  it('is set aside where its person can bring it back, and told to no AI meanwhile', async () => {
    const { call, rest } = await newPerson('Notes');
    const { kept } = await call('remember', { text: peanuts });
    const forgotten = await call('forget', { quote: peanuts.toUpperCase() });
    expect(forgotten.kept).toMatchObject({ outcome: 'set_aside', memory: { id: kept.memory?.id, state: 'archived' } });
    expect((await call('get_context', { message: 'May I eat peanuts?' })).text).not.toContain('allergic');
    expect((await call('search', { query: 'peanuts' })).text).not.toContain('allergic');
    for (let n = 0; n < 2; n += 1)
      expect((await call('forget', { id: kept.memory?.id })).kept).toMatchObject({
        outcome: 'already_forgotten',
        memory: null,
      });
    // Whoever guesses at words does not learn what was put away.
    const again = await call('forget', { quote: peanuts });
    expect(again.kept).toMatchObject({ outcome: 'nothing_to_forget', memory: null, candidates: [] });
    expect(again.text).toBe((await call('forget', { quote: 'The user walks on Mars.' })).text);
    await rest('PATCH', `/v1/memories/${kept.memory?.id}`, { state: 'active' });
    expect((await call('get_context', { message: 'May I eat peanuts?' })).text).toContain('allergic');
  });

  it('is erased for good only when that is asked for', async () => {
    const { call, rest } = await newPerson('Notes');
    const { kept } = await call('remember', { text: peanuts });
    const erased = await call('forget', { id: kept.memory?.id, erase: true });
    expect(erased.kept).toMatchObject({ outcome: 'erased', memory: { id: kept.memory?.id } });
    expect((await rest('GET', `/v1/memories/${kept.memory?.id}`)).status).toBe(404);
    const again = await call('forget', { id: kept.memory?.id, erase: true });
    expect(again.kept).toMatchObject({ outcome: 'already_forgotten', memory: null });
    expect((await call('forget', { quote: peanuts, erase: true })).kept.outcome).toBe('nothing_to_forget');
    expect((await rest('GET', '/v1/space/erasures')).body.items).toHaveLength(1);
  });

  it('is neither set aside nor erased by an AI that is not told of it', async () => {
    const { call, rest } = await newPerson('Notes');
    const { kept } = await call('remember', { text: 'The user rows with Emma Novak on Mondays.' });
    for (const when of ['Today', 'Yesterday', 'On Friday']) {
      const messages = [{ role: 'user', content: `${when} I met Emma Novak. Emma Novak has decided to row too.` }];
      await call('save_conversation', { title: `Rowing ${when}`, messages });
    }
    const emma = await vi.waitFor(async () => {
      const { body } = await rest('GET', '/v1/entities?called=EMMA%20NOVÁK');
      expect(body.items).toHaveLength(1);
      return body.items[0]?.id;
    }, 20_000);
    await rest('POST', '/v1/exclusions', { kind: 'entity', of: emma });
    for (const erase of [false, true])
      expect((await call('forget', { id: kept.memory?.id, erase })).text).toContain('not_found: ');
    expect((await rest('GET', `/v1/memories/${kept.memory?.id}`)).body).toMatchObject({ state: 'active' });
  });

  it('comes back as candidates instead of a guess', async () => {
    const { call, rest } = await newPerson('Notes');
    for (const text of ['The user likes green tea.', 'The user likes black tea.']) await call('remember', { text });
    const likes = await call('forget', { quote: 'The user likes' });
    expect(likes.kept).toMatchObject({ outcome: 'ambiguous', memory: null });
    expect(likes.kept.candidates).toHaveLength(2);
    for (const { id } of likes.kept.candidates ?? []) expect(likes.text).toContain(id);
    const near = await call('forget', { quote: 'black tea is liked' });
    expect(near.kept.candidates?.length).toBeGreaterThan(0);
    expect((await rest('GET', '/v1/memories')).body.items).toHaveLength(2);
    for (const args of [{}, { id: likes.kept.candidates?.[0]?.id, quote: 'The user likes' }])
      expect((await call('forget', args)).text).toContain('request_invalid (id): Give either id or quote.');
  });

  it('is found by its exact words however many memories hold them', async () => {
    const { call, rest } = await newPerson('Notes');
    const { kept } = await call('remember', { text: 'Green tea' });
    for (let n = 0; n < 21; n += 1) await call('remember', { text: `Green tea, leaf ${n}` });
    const forgotten = await call('forget', { quote: 'green tea' });
    expect(forgotten.kept).toMatchObject({ outcome: 'set_aside', memory: { id: kept.memory?.id } });
    expect((await rest('GET', '/v1/memories?limit=50')).body.items).toHaveLength(21);
  });

  it('is never another’s: their id is answered as one that nobody has', async () => {
    const [alice, bob] = [await newPerson('Notes'), await newPerson('Notes')];
    const { kept } = await alice.call('remember', { text: peanuts });
    const nobodys = `k_${'a'.repeat(32)}`;
    for (const [name, args] of [
      ['forget', (id: unknown) => ({ id })],
      ['forget', (id: unknown) => ({ id, erase: true })],
      ['remember', (id: unknown) => ({ text: 'Bob likes bread.', replaces: [id] })],
    ] as const) {
      const theirs = await bob.call(name, args(kept.memory?.id));
      expect(theirs.isError).toBe(true);
      expect(theirs.text).toBe((await bob.call(name, args(nobodys))).text);
    }
    expect((await bob.call('forget', { quote: peanuts })).kept.outcome).toBe('nothing_to_forget');
    expect((await alice.rest('GET', '/v1/memories')).body.items).toHaveLength(1);
    expect((await bob.rest('GET', '/v1/memories')).body.items).toHaveLength(0);
  });

  it('is not named among what a context left out where its person keeps it out', async () => {
    const { call, rest } = await newPerson('Notes');
    const messages = [{ role: 'user', content: 'I keep bees on the roof of the shed.' }];
    const saved = await call('save_conversation', { title: 'Bees', messages });
    const { conversationId } = saved.structuredContent as { conversationId: string };
    const { body: said } = await rest('GET', `/v1/conversations/${conversationId}/messages`);
    const { body: units } = await rest('GET', `/v1/messages/${said.items[0]?.id}/acus`);
    const of = units.items[0]?.id as string;
    await rest('POST', '/v1/pins', { kind: 'unit', of });
    const asked = { message: 'Where are the bees?' };
    const words = 'bees on the roof of the shed';
    expect(JSON.stringify((await call('get_context', asked)).structuredContent)).toContain(words);
    await rest('POST', '/v1/exclusions', { kind: 'unit', of });
    expect((await rest('POST', '/v1/context', { query: asked.message })).body.omitted).toContainEqual(
      expect.objectContaining({ acuId: of, pinned: true }),
    );
    const without = JSON.stringify((await call('get_context', asked)).structuredContent);
    for (const text of [of, words, 'excluded']) expect(without).not.toContain(text);
  });

  it('cannot be found by its words where its person keeps its subject out of contexts', async () => {
    const { call, rest } = await newPerson('Notes');
    const { kept } = await call('remember', { text: 'The user keeps bees.' });
    const messages = [{ role: 'user', content: 'I keep bees on the roof.' }];
    const saved = await call('save_conversation', { title: 'Bees', messages });
    const { conversationId } = saved.structuredContent as { conversationId: string };
    // Something is kept out: what stands on nothing is still told.
    await rest('POST', '/v1/exclusions', { kind: 'conversation', of: conversationId });
    expect((await call('search', { query: 'bees' })).text).toContain(kept.memory?.id);
    expect((await call('forget', { id: kept.memory?.id })).kept.outcome).toBe('set_aside');
  });
});
