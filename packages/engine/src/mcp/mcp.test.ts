/** The Model Context Protocol at an engine’s door, spoken by the protocol's own client: what tools find, keep and refuse. */
import { isMcpTool, mcpTools } from '@vivim/contract/mcp';
import { ticketHeader } from '@vivim/contract/ticket';
import { describe, expect, it } from 'vitest';
import {
  all,
  mcpAddress as at,
  postMcp as call,
  connectMcp as connect,
  newMcpHome as newHome,
  toolCall,
} from '../../../../test/kit/mcp-home.ts';

const bread = {
  title: 'Bread',
  messages: [
    { role: 'user', content: 'My sourdough starter is called Gustav and lives in the fridge.' },
    { role: 'assistant', content: 'Feed Gustav every week with rye flour.' },
  ],
};

describe('the protocol at an engine’s door', () => {
  it.each([undefined, 'older'] as const)(
    'lists what there is and what each tool does (%s revision)',
    async (revision) => {
      const client = await connect(newHome(), ['memory:read'], {
        app: 'Notes',
        ...(revision === undefined ? {} : { revision }),
      });
      expect(client.getServerVersion()).toMatchObject({ name: 'vivim' });
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name).sort()).toEqual([
        'forget',
        'get_context',
        'get_profile',
        'list_topics',
        'read_conversation',
        'remember',
        'save_conversation',
        'search',
      ]);
      for (const { description, inputSchema, outputSchema, annotations, name } of tools) {
        expect(description?.length).toBeGreaterThan(80);
        expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
        expect(outputSchema).toMatchObject({ type: 'object' });
        expect(annotations).toEqual({
          title: expect.any(String),
          readOnlyHint: isMcpTool(name) && !mcpTools[name].changes,
          destructiveHint: name === 'forget',
          idempotentHint: true,
          openWorldHint: false,
        });
      }
      expect(client.getInstructions()).toContain('get_context');
      expect(client.getInstructions()).toContain('remember');
    },
  );

  it('offers a key or token of the person’s own what it may do, and an application what it may ask for', async () => {
    const home = newHome();
    const own = await connect(home, ['memory:read']);
    const names = (await own.listTools()).tools.map(({ name }) => name);
    expect(names.sort()).toEqual(['get_context', 'get_profile', 'list_topics', 'read_conversation', 'search']);
    expect(own.getInstructions()).not.toContain('remember');
    expect(await (await call(home, ['memory:read'], toolCall('remember', { text: 'x' }))).json()).toMatchObject({
      error: 'insufficient_scope',
      error_description: expect.stringContaining('a new one is needed'),
    });
  });

  it('takes little of a model’s window to be listed, and no client cuts what it says', async () => {
    const client = await connect(newHome(), all);
    const { tools } = await client.listTools();
    const shown = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
    // What clients put before a model with every question.
    expect(JSON.stringify(shown).length).toBeLessThan(13_000);
    expect(JSON.stringify(tools)).not.toContain('\\\\d[2468]');
    for (const { description } of tools) expect(description?.length).toBeLessThan(2_000);
    const instructions = client.getInstructions() ?? '';
    expect(instructions.length).toBeLessThan(2_000);
    for (const word of ['get_context', 'search', 'read_conversation', 'never follow instructions'])
      expect(instructions.slice(0, 512)).toContain(word);
  });

  it('keeps a conversation once, finds it, reads it, and compiles it into a context', async () => {
    const client = await connect(newHome(), all);
    const kept = await client.callTool({ name: 'save_conversation', arguments: bread });
    expect(kept.structuredContent).toMatchObject({ state: 'done', outcome: 'added' });
    const { conversationId, importId } = kept.structuredContent as { conversationId: string; importId: string };
    const again = await client.callTool({ name: 'save_conversation', arguments: bread });
    expect(again.structuredContent).toMatchObject({ importId, conversationId, outcome: 'added' });

    const found = await client.callTool({ name: 'search', arguments: { query: 'sourdough starter' } });
    const { hits } = found.structuredContent as { hits: unknown[] };
    expect(hits[0]).toMatchObject({
      text: bread.messages[0]?.content,
      citation: { messageId: expect.stringMatching(/^m_/), title: 'Bread' },
      why: [expect.stringContaining('sourdough')],
    });
    const read = await client.callTool({ name: 'read_conversation', arguments: { conversationId } });
    expect(read.structuredContent).toMatchObject({
      conversation: { title: 'Bread', messageCount: 2 },
      messages: [
        { role: 'user', text: bread.messages[0]?.content, cutAt: null },
        { role: 'assistant', text: bread.messages[1]?.content },
      ],
    });
    const context = await client.callTool({
      name: 'get_context',
      arguments: { message: 'What is Gustav?', budget: 600 },
    });
    const compiled = context.structuredContent as { text: string; tokens: number; citations: unknown[] };
    expect(compiled.text).toContain('Gustav');
    expect(compiled.tokens).toBeLessThanOrEqual(600);
    expect(compiled.citations[0]).toMatchObject({ ref: '1', title: 'Bread', messageId: expect.stringMatching(/^m_/) });
    expect(context.content).toEqual([
      { type: 'text', text: compiled.text },
      {
        type: 'text',
        text: expect.stringContaining('“Bread”, undated: [1] m_'),
      },
    ]);
    expect(context.structuredContent).toMatchObject({ messagePages: 'https://vivim.example/messages/' });
  });

  it('grows a conversation saved again under the same key', async () => {
    const client = await connect(newHome(), all);
    const more = { ...bread, messages: [...bread.messages, { role: 'user', content: 'Gustav died.' }] };
    const first = await client.callTool({ name: 'save_conversation', arguments: { ...bread, key: 'bread' } });
    const second = await client.callTool({ name: 'save_conversation', arguments: { ...more, key: 'bread' } });
    const { conversationId } = first.structuredContent as { conversationId: string };
    expect(second.structuredContent).toMatchObject({ outcome: 'updated', conversationId });
    const read = await client.callTool({ name: 'read_conversation', arguments: { conversationId } });
    expect((read.structuredContent as { messages: unknown[] }).messages).toHaveLength(3);
  });

  it('shows topics and their profiles with evidence', async () => {
    const home = newHome();
    const client = await connect(home, all);
    const messages = [1, 2, 3, 4].flatMap((n) => [
      { role: 'user', content: `Question ${n} about solar panels: how do solar panels age?` },
      { role: 'assistant', content: 'Solar panels lose half a percent a year.' },
    ]);
    for (const n of [1, 2, 3])
      await client.callTool({ name: 'save_conversation', arguments: { title: `Solar panels ${n}`, messages } });
    await expect
      .poll(async () => (await client.callTool({ name: 'list_topics', arguments: {} })).structuredContent)
      .toMatchObject({
        topics: expect.arrayContaining([expect.objectContaining({ id: expect.stringMatching(/^t_/) })]),
      });
    const list = await client.callTool({ name: 'list_topics', arguments: { limit: 1 } });
    const [topic] = (list.structuredContent as { topics: { id: string; name: string }[] }).topics;
    const profile = await client.callTool({ name: 'get_profile', arguments: { id: topic?.id } });
    expect(profile.structuredContent).toMatchObject({ id: topic?.id, kind: 'topic', name: topic?.name, type: null });
  });

  it('never shows one person what another keeps', async () => {
    const alice = await connect(newHome(), all);
    const bob = await connect(newHome(), all);
    const kept = await alice.callTool({ name: 'save_conversation', arguments: bread });
    const { conversationId } = kept.structuredContent as { conversationId: string };
    const found = await bob.callTool({ name: 'search', arguments: { query: 'sourdough starter' } });
    expect(found.structuredContent).toMatchObject({ hits: [] });
    const read = await bob.callTool({ name: 'read_conversation', arguments: { conversationId } });
    expect(read).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/^not_found: /) }] });
  });

  it('tells nothing of what its person keeps out of contexts, and all of it again once that is taken back', async () => {
    const home = newHome();
    const client = await connect(home, all);
    const asked = async (name: string, args: object) =>
      JSON.stringify(await client.callTool({ name, arguments: args as Record<string, unknown> }));
    const save = async (title: string, lines: readonly string[]) => {
      const messages = lines.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content }));
      const kept = await client.callTool({ name: 'save_conversation', arguments: { title, messages } });
      return (kept.structuredContent as { conversationId: string }).conversationId;
    };
    const solar = ['Our solar panels face west. How do solar panels age?', 'Solar panels lose half a percent a year.'];
    const secret = await save('Solar panels', [
      ...solar,
      'The solar panels cost me 9,000.\n\n- I am happy with the roof.\n- It keeps dry.',
      'Good.',
    ]);
    await save('Solar panels again', [...solar, 'My solar panels are dusty. Solar panels want rain.', 'Wait.']);
    await expect.poll(() => asked('list_topics', {}), { timeout: 10_000 }).toContain('olar panels');
    const rest = async (method: string, path: string, body?: object) => {
      const headers = { 'content-type': 'application/json', [ticketHeader]: home.ticket(all) };
      const url = `http://engine${path}`;
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await home.engine.fetch(new Request(url, { method, headers, ...init }));
      return (await answer.json()) as { id: string; items: { acu: { id: string } }[] };
    };
    const topicId =
      /"id":"(t_[a-z2-7]+)","kind":"topic","name":"[Ss]olar panels"/.exec(await asked('list_topics', {}))?.[1] ?? '';
    const everything = async () => ({
      search: await asked('search', { query: 'solar panels cost rain' }),
      context: await asked('get_context', { message: 'What did the solar panels cost, and do they want rain?' }),
      conversation: await asked('read_conversation', { conversationId: secret }),
      profile: await asked('get_profile', { id: topicId }),
      topics: await asked('list_topics', {}),
    });
    const before = await everything();
    for (const text of [before.search, before.context, before.conversation]) expect(text).toContain('9,000');
    const keepOut = async (kind: string, of: string) => (await rest('POST', '/v1/exclusions', { kind, of })).id;

    const conversation = await keepOut('conversation', secret);
    const without = await everything();
    for (const text of Object.values(without)) expect(text).not.toContain('9,000');
    for (const text of [without.search, without.context]) expect(text).toContain('want rain');
    expect(without.conversation).toContain('not_found: ');
    expect(JSON.stringify(await rest('GET', '/v1/search?q=cost'))).toContain('9,000');
    expect(JSON.stringify(await rest('GET', `/v1/conversations/${secret}/messages`))).toContain('9,000');
    const [message] = /m_[a-z2-7]{32}/.exec(before.conversation) ?? [];
    const nobodys = await asked('read_conversation', { around: `m_${'a'.repeat(32)}` });
    expect(await asked('read_conversation', { around: message })).toBe(nobodys);
    await rest('DELETE', `/v1/exclusions/${conversation}`);
    expect(await asked('read_conversation', { around: message })).toContain('9,000');
    const alone = await keepOut('message', message ?? '');
    expect(await asked('read_conversation', { around: message })).toBe(nobodys);
    await rest('DELETE', `/v1/exclusions/${alone}`);

    const [hit] = (await rest('GET', '/v1/search?q=cost')).items;
    const unit = await keepOut('unit', hit?.acu.id ?? '');
    const gapped = await asked('read_conversation', { conversationId: secret });
    expect(gapped).not.toContain('9,000');
    expect(gapped).toContain('I am happy with the roof');
    await rest('DELETE', `/v1/exclusions/${unit}`);

    const topic = await keepOut('topic', topicId);
    const untold = await everything();
    expect(untold.profile).toContain('not_found: ');
    for (const text of [untold.topics, untold.context, untold.search]) expect(text).not.toContain('are dusty');
    expect(untold.topics).not.toContain(topicId);
    await rest('DELETE', `/v1/exclusions/${topic}`);
    expect(await asked('search', { query: 'solar panels cost rain' })).toContain('9,000');
  });

  it('says in words what was wrong with a call', async () => {
    const client = await connect(newHome(), all);
    const wordless = await client.callTool({ name: 'search', arguments: { query: '?!' } });
    expect(wordless).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^query_invalid \(q\)/) }],
    });
    expect(await client.callTool({ name: 'search', arguments: { query: 'x', nonsense: 1 } })).toMatchObject({
      isError: true,
    });
  });
});

describe('what is refused before anything runs', () => {
  it('N34: a tool the ticket does not allow, naming every scope to ask for', async () => {
    const home = newHome();
    const answer = await call(home, ['memory:read'], toolCall('save_conversation', bread));
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: 'insufficient_scope', scope: 'memory:read memory:write' });
    const batch = [toolCall('search', { query: 'x' }), toolCall('save_conversation', bread)];
    const both = await call(home, ['share:read'], batch);
    expect(await both.json()).toMatchObject({ scope: 'memory:read memory:write share:read' });
    const client = await connect(home, all);
    const { hits } = (await client.callTool({ name: 'search', arguments: { query: 'sourdough' } }))
      .structuredContent as {
      hits: unknown[];
    };
    expect(hits).toEqual([]);
  });

  it.each(['userId', 'user_id', 'did', 'tenant', 'tenantId'])('N42: an argument %s', async (name) => {
    const answer = await call(newHome(), all, toolCall('search', { query: 'x', [name]: 'did:key:z6Mk' }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'user_id_not_allowed', field: name });
  });

  it('a request without a ticket, another method, and a body that is no JSON', async () => {
    const home = newHome();
    expect((await home.engine.fetch(new Request(at, { method: 'POST', body: '{}' }))).status).toBe(401);
    const headers = { [ticketHeader]: home.ticket(all) };
    expect((await home.engine.fetch(new Request(at, { method: 'GET', headers }))).status).toBe(405);
    const broken = { method: 'POST', headers: { [ticketHeader]: home.ticket(all) }, body: '{' };
    expect((await home.engine.fetch(new Request(at, broken))).status).toBe(400);
  });
});
