/** What can be read by address, what is offered while one is typed, and prompts from recipes: each person's own, in both revisions. */
import type { Client } from '@modelcontextprotocol/client';
import type { Scope } from '@vivim/contract/identity';
import { ticketHeader } from '@vivim/contract/ticket';
import { describe, expect, it } from 'vitest';
import { all, connectMcp, type McpHome, newMcpHome, postMcp } from '../../../../test/kit/mcp-home.ts';

/** A person who spoke of solar panels with Emma, three times. */
async function newPerson() {
  const home = newMcpHome();
  const client = await connectMcp(home);
  const messages = [1, 2, 3, 4].flatMap((n) => [
    { role: 'user', content: `Question ${n} about solar panels: how do solar panels age? Emma Novak asked too.` },
    {
      role: 'assistant',
      content: 'Solar panels age by half a percent a year. Emma Novak has decided that her solar panels age well.',
    },
  ]);
  for (const n of [1, 2, 3])
    await client.callTool({ name: 'save_conversation', arguments: { title: `Solar panels ${n}`, messages } });
  const known = () => textOf(client, 'vivim://topics/solar%20panels%20age').catch(() => '');
  await expect.poll(known, { timeout: 15_000 }).toMatch(/of 3 conversations[\s\S]*, m_/);
  return { home, client };
}

async function resources(client: Client) {
  const found: { uri: string; title?: string | undefined }[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listResources(cursor === undefined ? {} : { cursor });
    found.push(...page.resources);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

const textOf = async (client: Client, uri: string) => {
  const { contents } = await client.readResource({ uri });
  return contents.map((content) => ('text' in content ? content.text : '')).join('');
};

const complete = async (client: Client, uri: string, value: string) =>
  (await client.complete({ ref: { type: 'ref/resource', uri }, argument: { name: 'id', value } })).completion.values;

const putRecipe = (home: McpHome, name: string) =>
  home.engine.fetch(
    new Request(`http://engine/v1/recipes/${name}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', [ticketHeader]: home.ticket(all) },
      body: JSON.stringify({ description: 'For the roof', settings: { format: 'json', budget: 700 } }),
    }),
  );

describe('resources', () => {
  it('are listed with cursors, read by id and by name, and completed', async () => {
    const { client, home } = await newPerson();
    const listed = await resources(client);
    expect(new Set(listed.map(({ uri }) => uri)).size).toBe(listed.length);
    const uri = listed.find(({ title }) => title === 'solar panels age')?.uri ?? '';
    expect(uri).toMatch(/^vivim:\/\/topics\/t_/);
    const profile = await textOf(client, uri);
    expect(profile).toMatch(/^# solar panels age\n\ntopic t_/);
    expect(profile).toMatch(/, m_[a-z2-7]+\)[\s\S]*https:\/\/vivim\.example\/messages\//);
    expect(await textOf(client, 'vivim://topics/Solar%20Panels%20Age')).toBe(profile);
    expect((await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'vivim://topics/{id}',
      'vivim://entities/{id}',
      'vivim://bundles/{id}',
    ]);
    expect(await complete(client, 'vivim://topics/{id}', 'OLAR pan')).toContain('solar panels age');
    expect(await complete(client, 'vivim://topics/{id}', uri.slice(15, 20))).toContain(uri.slice(15));
    expect(await complete(client, 'vivim://entities/{id}', 'novak')).toContain('Emma Novak');
    expect(await textOf(client, 'vivim://entities/emma%20novak')).toContain('# Emma Novak');
    const older = await connectMcp(home, ['memory:read'], { revision: 'older' });
    expect(await textOf(older, uri)).toBe(profile);
    const bundle = listed.find((one) => one.uri.startsWith('vivim://bundles/'))?.uri;
    if (bundle === undefined) throw new Error('no bundle stands');
    expect((await textOf(client, bundle)).length).toBeGreaterThan(0);
    expect(await complete(client, 'vivim://bundles/{id}', '')).toContain(bundle.slice(16));
    const { topics } = (await client.callTool({ name: 'list_topics', arguments: { kind: 'entity', name: 'emma' } }))
      .structuredContent as { topics: { name: string; id: string }[] };
    expect(topics.map(({ name }) => name)).toContain('Emma Novak');
  });

  it('come a page at a time to a client that asks so', async () => {
    const { client, home } = await newPerson();
    const uris: string[] = [];
    let pages = 0;
    for (let cursor: string | undefined; pages === 0 || cursor !== undefined; pages += 1) {
      const params = cursor === undefined ? {} : { cursor };
      const answer = await postMcp(home, all, { jsonrpc: '2.0', id: 1, method: 'resources/list', params });
      const [, data = '{}'] = /^data: (.*)$/m.exec(await answer.text()) ?? [];
      const { result } = JSON.parse(data) as { result: { resources: { uri: string }[]; nextCursor?: string } };
      uris.push(...result.resources.map(({ uri }) => uri));
      cursor = result.nextCursor;
    }
    expect(pages).toBeGreaterThan(2);
    expect(uris).toEqual((await resources(client)).map(({ uri }) => uri));
  });

  it('of one person are to another what nobody has', async () => {
    const { client } = await newPerson();
    const bob = await connectMcp(newMcpHome());
    const refusal = async (uri: string) =>
      bob.readResource({ uri }).then(
        () => 'read',
        (error: Error & { code?: number }) => `${error.code} ${error.message.replaceAll(uri, '')}`,
      );
    const missing = await refusal(`vivim://topics/t_${'a'.repeat(32)}`);
    expect(missing).toMatch(/^-32/);
    for (const { uri } of await resources(client)) expect(await refusal(uri)).toBe(missing);
    for (const uri of [
      'vivim://topics/solar%20panels%20age',
      'vivim://nothing/x',
      'vivim://topics/%E0',
      'file:///etc/passwd',
    ])
      expect(await refusal(uri)).toBe(missing);
    expect(await resources(bob)).toEqual([]);
    expect(await complete(bob, 'vivim://topics/{id}', 'solar')).toEqual([]);
  });

  it('and prompts are not listed to who may not read, and are refused by scope', async () => {
    const home = newMcpHome();
    const writes: readonly Scope[] = ['memory:write'];
    const client = await connectMcp(home, writes);
    expect(await resources(client)).toEqual([]);
    expect((await client.listPrompts()).prompts).toEqual([]);
    for (const [method, params] of [
      ['resources/read', { uri: 'vivim://topics/x' }],
      ['prompts/get', { name: 'balanced', arguments: { message: 'x' } }],
    ] as const) {
      const answer = await postMcp(home, writes, { jsonrpc: '2.0', id: 1, method, params });
      expect([answer.status, await answer.json()]).toMatchObject([403, { scope: 'memory:read memory:write' }]);
    }
  });
});

describe('prompts', () => {
  it('are the recipes, the person’s own among them, each compiled for a message', async () => {
    const { client, home } = await newPerson();
    await putRecipe(home, 'roof');
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(expect.arrayContaining(['balanced', 'concise', 'roof']));
    expect(prompts.find(({ name }) => name === 'roof')).toMatchObject({
      description: 'For the roof. Your own recipe.',
      arguments: [
        { name: 'message', required: true },
        { name: 'budget', required: false },
      ],
    });
    const { messages } = await client.getPrompt({
      name: 'roof',
      arguments: { message: 'How do solar panels age?' },
    });
    const [{ content } = { content: null }] = messages;
    expect(content).toMatchObject({ type: 'text', text: expect.stringContaining('half a percent') });
    await expect(client.getPrompt({ name: 'nobody', arguments: { message: 'x' } })).rejects.toThrow('no prompt');
    await expect(client.getPrompt({ name: 'roof', arguments: {} })).rejects.toThrow('message');
    const bob = await connectMcp(newMcpHome());
    expect((await bob.listPrompts()).prompts.map(({ name }) => name)).not.toContain('roof');
    const offered = await client.complete({
      ref: { type: 'ref/prompt', name: 'roof' },
      argument: { name: 'budget', value: '4' },
    });
    expect(offered.completion.values).toEqual(['4000']);
  });
});
