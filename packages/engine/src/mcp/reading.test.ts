/** Finding by words and by titles, and reading around what was found: pages that fit a window, long messages in pieces. */
import type { Client } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { all, connectMcp, newMcpHome } from '../../../../test/kit/mcp-home.ts';

interface Page {
  readonly messages: readonly {
    readonly messageId: string;
    readonly text: string;
    readonly cutAt: number | null;
    readonly characters: number;
  }[];
  readonly nextCursor: string | null;
}

async function newPerson() {
  const client = await connectMcp(newMcpHome(), all);
  return { client, save: save.bind(null, client), read: read.bind(null, client) };
}

async function save(client: Client, title: string, lines: readonly string[]): Promise<string> {
  const messages = lines.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content }));
  const kept = await client.callTool({ name: 'save_conversation', arguments: { title, messages } });
  const { conversationId, url } = kept.structuredContent as { conversationId: string; url: string };
  expect(url).toBe(`https://vivim.example/conversations/${conversationId}`);
  return conversationId;
}

async function read(client: Client, args: Record<string, unknown>) {
  const answer = await client.callTool({ name: 'read_conversation', arguments: args });
  const [first] = answer.content as readonly { readonly text: string }[];
  return { page: answer.structuredContent as unknown as Page, text: first?.text ?? '', isError: answer.isError };
}

/** A message that says which it is, and so many letters. */
const line = (n: number, length = 60): string =>
  `Message ${n}. ${'the shed and its roof '.repeat(1_000)}`.slice(0, length);

describe('search', () => {
  it('says conversations by their titles, and what nothing says', async () => {
    const { client, save } = await newPerson();
    const zinc = await save('Zinc or slate', ['Which roof lasts longer on the shed?', 'The lighter one.']);
    await save('Garden', ['My greenhouse leaks.', 'Seal it.']);
    const search = async (query: string) => {
      const { structuredContent, content } = await client.callTool({ name: 'search', arguments: { query } });
      const [{ text } = { text: '' }] = content as readonly { readonly text: string }[];
      return {
        found: structuredContent as unknown as {
          readonly hits: readonly { readonly text: string; readonly truncated: boolean }[];
          readonly titles: readonly object[];
          readonly missing: readonly string[];
        },
        text,
      };
    };
    const byTitle = await search('zinc');
    expect(byTitle.found.titles).toEqual([
      {
        conversationId: zinc,
        title: 'Zinc or slate',
        at: null,
        url: `https://vivim.example/conversations/${zinc}`,
      },
    ]);
    expect(byTitle.text).toContain(
      `A conversation called so: “Zinc or slate”, undated, https://vivim.example/conversations/${zinc}`,
    );
    const half = await search('greenhouse tomatoes');
    expect(half.found.missing).toEqual(['tomatoes']);
    expect(half.text).toContain('Nothing says: tomatoes.');
    expect(half.found.hits[0]).toMatchObject({ truncated: false, text: expect.stringMatching(/^My greenhouse/) });
    const code = `\`\`\`python\ndef water_orchids():\n${'    open_valve(seconds=30)\n'.repeat(80)}\`\`\``;
    await save('Valves', ['How do I water the orchids?', `So:\n\n${code}`]);
    const [long] = (await search('water_orchids')).found.hits.filter(({ text }) => text.includes('open_valve'));
    expect([long?.truncated, long?.text.length]).toEqual([true, 1_200]);
    const bob = await connectMcp(newMcpHome(), all);
    const theirs = await bob.callTool({ name: 'search', arguments: { query: 'zinc' } });
    expect(theirs.structuredContent).toMatchObject({ hits: [], titles: [], missing: [] });
  });

  it('does not call a word missing that a memory holds', async () => {
    const { client, save } = await newPerson();
    await save('Garden', ['My greenhouse leaks.', 'Seal it.']);
    await client.callTool({ name: 'remember', arguments: { text: 'The user grows tomatoes in a greenhouse.' } });
    const found = await client.callTool({ name: 'search', arguments: { query: 'greenhouse tomatoes' } });
    expect(found.structuredContent).toMatchObject({ missing: [], memories: [{ kind: 'fact' }] });
  });
});

describe('reading', () => {
  it('begins a little before the message it is asked for, and goes on from there', async () => {
    const { save, read } = await newPerson();
    const conversationId = await save(
      'Long',
      Array.from({ length: 40 }, (_, i) => line(i)),
    );
    const whole = await read({ conversationId, limit: 50 });
    const ids = whole.page.messages.map(({ messageId }) => messageId);
    expect([ids.length, whole.page.nextCursor]).toEqual([40, null]);
    const around = await read({ around: ids[25], limit: 8 });
    expect(around.page.messages.map(({ messageId }) => messageId)).toEqual(ids.slice(22, 30));
    const on = await read({ conversationId, cursor: around.page.nextCursor, limit: 50 });
    expect(on.page.messages.map(({ messageId }) => messageId)).toEqual(ids.slice(30));
    const first = await read({ around: ids[0], limit: 4 });
    expect(first.page.messages[0]?.messageId).toBe(ids[0]);
  });

  it('gives no page more than a window takes, and loses nothing', async () => {
    const { save, read } = await newPerson();
    const lines = Array.from({ length: 12 }, (_, i) => line(i, 5_000));
    const conversationId = await save('Heavy', lines);
    const texts: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const { page, text } = await read({ conversationId, ...(cursor === undefined ? {} : { cursor }) });
      expect(text.length).toBeLessThan(26_000);
      texts.push(...page.messages.map((message) => message.text));
      cursor = page.nextCursor;
    }
    expect(texts).toEqual(lines);
  });

  it('reads a long message in pieces', async () => {
    const { save, read } = await newPerson();
    const book = line(1, 20_000);
    const conversationId = await save('Book', ['Here it is.', book, 'Read it?', 'Yes.']);
    const { page } = await read({ conversationId });
    const long = page.messages[1];
    expect(long).toMatchObject({ cutAt: 8_000, characters: 20_000 });
    let [text, offset] = ['', 0 as number | null];
    while (offset !== null) {
      const piece = await read({ around: long?.messageId, offset });
      const [told] = piece.page.messages.filter(({ messageId }) => messageId === long?.messageId);
      if (offset > 0) expect(piece.page.messages[0]?.messageId).toBe(long?.messageId);
      text += told?.text ?? '';
      offset = told?.cutAt ?? null;
    }
    expect(text).toBe(book);
    const beside = await read({ around: page.messages[0]?.messageId });
    expect(beside.page.messages[1]).toMatchObject({ cutAt: 3_000 });
    expect(beside.text).toContain(`read on with around ${long?.messageId} and offset 3000`);
  });

  it('takes one place to begin at, and of this person alone', async () => {
    const { save, read } = await newPerson();
    const conversationId = await save('One', ['First.', 'Second.']);
    const around = (await read({ conversationId })).page.messages[0]?.messageId;
    const refused = async (args: Record<string, unknown>) => (await read(args)).text;
    expect(await refused({})).toMatch(/^request_invalid \(around\): Give around or conversationId/);
    expect(await refused({ around, conversationId })).toMatch(/^request_invalid \(around\): Give either/);
    expect(await refused({ conversationId, offset: 5 })).toMatch(/^request_invalid \(offset\): It goes with around/);
    const bob = await newPerson();
    const [theirs, nobodys] = [await bob.read({ around }), await bob.read({ around: `m_${'a'.repeat(32)}` })];
    expect([theirs.isError, theirs.text]).toEqual([true, nobodys.text]);
    const [whole, none] = [
      await bob.read({ conversationId }),
      await bob.read({ conversationId: `c_${'a'.repeat(32)}` }),
    ];
    expect([whole.isError, whole.text]).toEqual([true, none.text]);
  });
});
