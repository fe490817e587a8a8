/** What an AI asks for and is given is on record for its person: who, when, what, and ids of what it got; never its words. */
import { Asked, AskedSummary, AskerTotals } from '@vivim/contract/asked';
import type { Scope } from '@vivim/contract/identity';
import { page } from '@vivim/contract/page';
import { uuidv7 } from '@vivim/contract/random';
import { listed } from '@vivim/contract/routes/route';
import { ticketHeader } from '@vivim/contract/ticket';
import { describe, expect, it } from 'vitest';
import { all, connectMcp, type McpHome, newMcpHome } from '../../../../test/kit/mcp-home.ts';

const person: readonly Scope[] = [...all, 'account:manage'];
const bread = {
  title: 'Bread and Gustav',
  messages: [
    { role: 'user', content: 'My sourdough starter is called Gustav and lives in the fridge.' },
    { role: 'assistant', content: 'Feed Gustav every week with rye flour.' },
  ],
};

/** Asks the API as somebody. By default with a key of the person's own. */
async function ask(
  home: McpHome,
  path: string,
  as: { app?: string; pat?: true; sid?: string; scopes?: readonly Scope[]; method?: string; body?: object } = {},
) {
  const { app, scopes = person, method = 'GET', body, ...more } = as;
  const headers = {
    'content-type': 'application/json',
    [ticketHeader]: home.ticket(scopes, app, { sid: uuidv7(), ...more }),
  };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await home.engine.fetch(new Request(`http://engine${path}`, init));
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

const records = async (home: McpHome, query = '') =>
  page(AskedSummary).parse((await ask(home, `/v1/asked${query}`)).json);
const recordOf = async (home: McpHome, id: string | undefined) =>
  Asked.parse((await ask(home, `/v1/asked/${id}`)).json);

async function newPerson(app?: string, scopes: readonly Scope[] = all) {
  const home = newMcpHome();
  const client = await connectMcp(home, scopes, app === undefined ? {} : { app });
  const call = async (name: string, args: object) => {
    const answer = await client.callTool({ name, arguments: args as Record<string, unknown> });
    expect(answer.isError ?? false).toBe(false);
    return answer.structuredContent as Record<string, never> & { conversationId: string };
  };
  return { home, client, call };
}

describe('what an AI asked for', () => {
  it('is on record in order with what it was given by id, and nobody else has it', async () => {
    const { home, call } = await newPerson('Notes');
    const other = await newPerson('Notes');
    const { conversationId } = await call('save_conversation', bread);
    await call('search', { query: 'sourdough starter' });
    await call('read_conversation', { conversationId });
    await call('get_context', { message: 'How do I feed Gustav?' });
    const { items } = await records(home);
    expect(items.map(({ kind }) => kind).sort()).toEqual(['context', 'conversation', 'save', 'search']);
    for (const one of items) expect(one).toMatchObject({ application: 'Notes', way: 'mcp', sessionId: home.sid });
    const of = (kind: string) => items.find((one) => one.kind === kind);
    expect(of('search')).toMatchObject({ words: 'sourdough starter', tokens: null });
    expect(of('context')).toMatchObject({ words: 'How do I feed Gustav?', tokens: expect.any(Number) });
    expect(of('conversation')).toMatchObject({ words: null, count: 2 });
    const read = await recordOf(home, of('conversation')?.id);
    expect(read.given?.[0]).toEqual({
      id: conversationId,
      kind: 'conversation',
      name: bread.title,
      conversationId: null,
      gone: false,
    });
    expect(read.given?.slice(1)).toMatchObject([
      { kind: 'message', name: bread.title, conversationId },
      { kind: 'message', name: bread.title, conversationId },
    ]);
    expect((await recordOf(home, of('context')?.id)).kind).toBe('context');
    expect((await records(other.home)).items).toEqual([]);
    expect((await ask(other.home, `/v1/asked/${of('search')?.id}`)).status).toBe(404);
  });

  it('holds no word of what was given, kept or let go, and masks a secret that was looked for', async () => {
    const { home, call } = await newPerson('Notes');
    const { memory } = (await call('remember', { text: 'The user is allergic to peanuts.' })) as unknown as {
      memory: { id: string };
    };
    await call('forget', { quote: 'The user is allergic to peanuts.' });
    await call('forget', { id: memory.id, erase: true });
    await call('search', { query: `the key ghp_${'a1B2'.repeat(9)} of mine` });
    const { items } = await records(home);
    expect(items.map(({ kind }) => kind).sort()).toEqual(['forget', 'forget', 'remember', 'search']);
    const whole = await Promise.all(items.map(({ id }) => recordOf(home, id)));
    // Erased for good: no record names it any more, and those that did say that something was remembered and forgotten.
    for (const { kind, given } of whole) if (kind !== 'search') expect(given).toEqual([]);
    expect(JSON.stringify(whole)).not.toContain('peanuts');
    expect(JSON.stringify(whole)).not.toContain('a1B2a1B2');
  });

  it('tells of profiles, lists and resources, by the names that were asked for', async () => {
    const { home, client, call } = await newPerson('Notes', ['memory:read']);
    const write = await connectMcp(home, all, { app: 'Writer', sid: uuidv7() });
    await write.callTool({ name: 'save_conversation', arguments: bread });
    const { topics } = (await call('list_topics', { kind: 'entity', name: 'Gus' })) as unknown as { topics: object[] };
    await client.listResources();
    const { items } = await records(home, `?application=Notes`);
    expect(items.every(({ kind }) => kind === 'subjects')).toBe(true);
    expect(items.map(({ words }) => words).sort()).toEqual(['Gus', null]);
    expect(items.find(({ words }) => words === 'Gus')?.count).toBe(topics.length);
    expect((await records(home, '?application=Writer')).items).toMatchObject([{ kind: 'save' }]);
    const askers = listed(AskerTotals).parse((await ask(home, '/v1/askers')).json).items;
    expect(askers.map(({ application, count }) => [application, count]).sort()).toEqual([
      ['Notes', 2],
      ['Writer', 1],
    ]);
  });

  it('is told of one conversation: who was given it, a message or a line of it; not who wrote it, not of another', async () => {
    const { home, call } = await newPerson('Notes');
    const other = await newPerson('Notes');
    const { conversationId } = await call('save_conversation', bread);
    const roof = { title: 'Roof', messages: [{ role: 'user', content: 'The qzroof is slate.' }] };
    const second = await call('save_conversation', roof);
    const askersOf = async (of: McpHome, id: string, as = {}) =>
      listed(AskerTotals)
        .parse((await ask(of, `/v1/askers?conversation=${id}`, as)).json)
        .items.map(({ application, count }) => [application, count]);
    // Saving it is writing: nothing of it was given.
    expect(await askersOf(home, conversationId)).toEqual([]);
    await call('read_conversation', { conversationId });
    await call('search', { query: 'qzroof' });
    const { text } = (await call('get_context', { message: 'How do I feed Gustav?', budget: 900 })) as unknown as {
      text: string;
    };
    expect(text).toContain('Gustav');
    await ask(home, '/v1/context', { method: 'POST', body: { query: 'How do I feed Gustav?', budget: 900 } });
    const { items } = await records(home, `?conversation=${conversationId}`);
    expect(items.map(({ kind }) => kind)).toEqual(['context', 'context', 'conversation']);
    expect((await records(home, `?conversation=${second.conversationId}&kind=search`)).items).toHaveLength(1);
    // The second context is of the person's own key.
    const found = await askersOf(home, conversationId);
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        ['Notes', 2],
        [null, 1],
      ]),
    );
    const writer = { app: 'Writer', scopes: all };
    expect(await askersOf(home, conversationId, writer)).toEqual([]);
    expect((await ask(home, `/v1/asked?conversation=${conversationId}`, writer)).json).toMatchObject({ items: [] });
    expect(await askersOf(other.home, conversationId)).toEqual([]);
    expect((await ask(home, '/v1/askers?conversation=nope')).status).toBe(400);
  });

  it('goes on page by page, by kind, by way and by time, and refuses a cursor that is none', async () => {
    const { home, call } = await newPerson('Notes');
    await call('save_conversation', bread);
    for (const query of ['Gustav', 'rye flour', 'fridge']) await call('search', { query });
    const first = await records(home, '?limit=3');
    const next = await records(home, `?limit=3&cursor=${first.nextCursor}`);
    expect([first.items.length, next.items.length, next.nextCursor]).toEqual([3, 1, null]);
    expect(new Set([...first.items, ...next.items].map(({ id }) => id)).size).toBe(4);
    const [{ at } = { at: '' }] = first.items;
    const found = async (query: string) => (await records(home, query)).items.length;
    expect(await found('?kind=search')).toBe(3);
    expect(await found('?kind=profile')).toBe(0);
    expect(await found('?way=api')).toBe(0);
    expect(await found(`?to=2020-01-01T00:00:00Z`)).toBe(0);
    expect(await found(`?from=2020-01-01T00:00:00Z&to=2999-01-01T00:00:00Z`)).toBe(4);
    expect(Date.parse(at)).toBeGreaterThan(0);
    for (const cursor of ['nonsense', Buffer.from('[1]').toString('base64url')])
      expect((await ask(home, `/v1/asked?cursor=${cursor}`)).json).toMatchObject({ code: 'cursor_invalid' });
    expect((await ask(home, '/v1/asked?kind=nothing')).status).toBe(400);
  });

  it('is written for applications and tokens over the API too, and never for what the person does', async () => {
    const { home, call } = await newPerson('Notes');
    const { conversationId } = await call('save_conversation', bread);
    await ask(home, '/v1/asked', { method: 'DELETE' });
    expect((await ask(home, '/v1/search?q=Gustav')).status).toBe(200);
    await ask(home, `/v1/conversations/${conversationId}/messages`);
    expect((await records(home)).items).toEqual([]);
    await ask(home, '/v1/search?q=Gustav', { app: 'Dashboard', scopes: ['memory:read'] });
    await ask(home, `/v1/conversations/${conversationId}/messages`, { pat: true, scopes: ['memory:read'] });
    await ask(home, '/v1/space', { pat: true });
    const { items } = await records(home);
    expect(items.map(({ kind, way, application }) => [kind, way, application]).sort()).toEqual([
      ['conversation', 'api', null],
      ['search', 'api', 'Dashboard'],
    ]);
    expect(items.every(({ characters }) => (characters ?? 0) > 50)).toBe(true);
  });

  it('tells an application of its own session alone, and lets nobody who was let in take records away', async () => {
    const { home, call } = await newPerson('Notes');
    await call('save_conversation', bread);
    const sid = uuidv7();
    const dashboard = { app: 'Dashboard', sid, scopes: all };
    await ask(home, '/v1/search?q=Gustav', dashboard);
    const seen = page(AskedSummary).parse((await ask(home, '/v1/asked', dashboard)).json);
    expect(seen.items.map(({ application }) => application)).toEqual(['Dashboard']);
    const whose = page(AskedSummary).parse((await ask(home, `/v1/asked?sessionId=${home.sid}`, dashboard)).json);
    expect(whose.items).toEqual([]);
    const [foreign] = (await records(home, '?application=Notes')).items;
    expect((await ask(home, `/v1/asked/${foreign?.id}`, dashboard)).status).toBe(404);
    await call('get_context', { message: 'How do I feed Gustav?' });
    const [context] = (await records(home, '?kind=context')).items;
    expect((await ask(home, `/v1/assemblies/${context?.id}`)).status).toBe(200);
    expect((await ask(home, `/v1/assemblies/${context?.id}`, dashboard)).status).toBe(404);
    expect((await ask(home, '/v1/assemblies', dashboard)).json).toMatchObject({ items: [] });
    expect((await ask(home, `/v1/asked/${context?.id}`, { method: 'DELETE' })).json).toEqual({ cleared: 1 });
    for (const path of ['/v1/asked', `/v1/asked/${seen.items[0]?.id}`])
      expect((await ask(home, path, { ...dashboard, method: 'DELETE' })).json).toMatchObject({
        code: 'insufficient_scope',
      });
    expect((await ask(home, `/v1/asked/${foreign?.id}`, { method: 'DELETE' })).json).toEqual({ cleared: 1 });
    expect((await ask(home, `/v1/asked/${foreign?.id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await ask(home, '/v1/asked', { method: 'DELETE' })).json).toEqual({ cleared: 1 });
    expect((await records(home)).items).toEqual([]);
  });

  it('is said of a message that was found and read', async () => {
    const { home, call } = await newPerson('Notes');
    const { conversationId } = await call('save_conversation', bread);
    await call('read_conversation', { conversationId });
    const { messages } = (await call('read_conversation', { conversationId })) as unknown as {
      messages: { messageId: string }[];
    };
    const use = await ask(home, `/v1/messages/${messages[0]?.messageId}/uses`);
    expect(use.json).toMatchObject({
      told: [
        { kind: 'conversation', application: 'Notes', way: 'mcp' },
        { kind: 'conversation', application: 'Notes' },
      ],
    });
    const foreign = await ask(home, `/v1/messages/${messages[0]?.messageId}/uses`, { app: 'Other', scopes: all });
    expect(foreign.json).toMatchObject({ told: [] });
  });

  it('says nothing of what failed, and is not there twice for a verb that came twice', async () => {
    const { home, client } = await newPerson('Notes');
    const missing = await client.callTool({
      name: 'read_conversation',
      arguments: { conversationId: `c_${'a'.repeat(32)}` },
    });
    expect(missing.isError).toBe(true);
    expect((await records(home)).items).toEqual([]);
  });
});
