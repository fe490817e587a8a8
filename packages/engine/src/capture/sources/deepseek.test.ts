import { describe, expect, it } from 'vitest';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';

const node = (parent: string | null, message: unknown) => ({ parent, children: [], message });
const said = (...fragments: object[]) => ({
  files: [],
  model: 'deepseek-chat',
  inserted_at: '2025-04-29T11:59:13+08:00',
  fragments,
});
const file = (mapping: object) =>
  JSON.stringify([{ id: 'c', title: 'T', inserted_at: '2025-04-29T11:59:11+08:00', updated_at: null, mapping }]);

describe('DeepSeek', () => {
  it('knows by its fragments who wrote a message, and is never taken for ChatGPT', async () => {
    const [found] = await conversationsOf(
      file({
        root: node(null, null),
        '1': node('root', { ...said({ type: 'REQUEST', content: 'Q' }), files: [{ id: 'f', file_name: 'a.pdf' }] }),
        '2': node('1', said({ type: 'THINK', content: 'Hm' }, { type: 'RESPONSE', content: 'A' })),
        '3': node(
          '1',
          said(
            { type: 'SEARCH', results: [{ url: 'https://example.org', title: 'E' }] },
            { type: 'RESPONSE', content: 'B' },
          ),
        ),
        '4': node('3', said({ type: 'NEW', content: 'x' })),
      }),
      'deepseek',
    );
    expect(shortly(found)).toEqual([
      ['user', 'human', 'text: Q', 'file: null'],
      ['assistant', 'model', 'reasoning: Hm', 'text: A'],
      ['assistant', 'model', 'text: B'],
      ['assistant', 'model', 'raw: type: NEW\ncontent: x'],
    ]);
    expect(found?.messages[2]?.parts[0]?.citations).toMatchObject([{ url: 'https://example.org', title: 'E' }]);
    expect(found).toMatchObject({ created: { ms: Date.parse('2025-04-29T03:59:11Z') }, branchPoints: 1 });
  });

  it('takes turns in older exports, over nodes that hold nothing', async () => {
    const old = (content: string) => ({ content, reasoning_content: null, search_results: null, inserted_at: null });
    const [found] = await conversationsOf(
      file({
        '1': node('root', old('hi')),
        x: node('1', null),
        '2': node('x', old('Hello!')),
        '3': node('2', old('bye')),
      }),
      'deepseek',
    );
    expect(found?.messages.map(({ role, parentKey }) => [role, parentKey])).toEqual([
      ['user', null],
      ['assistant', '1'],
      ['user', '2'],
    ]);
  });

  it('is read as the site gives it', async () => {
    const message = (message_id: number, parent_id: number | null, role: string, content: string) => ({
      message_id,
      parent_id,
      role,
      content,
      inserted_at: 1745899151,
    });
    const live = {
      data: {
        biz_data: {
          chat_session: { id: 's', title: 'T', current_message_id: 2 },
          chat_messages: [
            message(1, null, 'USER', 'Q'),
            message(2, 1, 'ASSISTANT', 'A'),
            message(3, 1, 'ASSISTANT', 'B'),
          ],
        },
      },
    };
    const [found] = await conversationsOf(JSON.stringify(live), 'deepseek');
    expect(found?.messages.map(({ key, role, onActivePath }) => [key, role, onActivePath])).toEqual([
      ['1', 'user', true],
      ['2', 'assistant', true],
      ['3', 'assistant', false],
    ]);
  });

  it('ends for circles and for long rows of nodes that hold nothing', async () => {
    const mapping = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, ix) => [`n${ix}`, node(`n${ix + 1}`, ix % 2 === 0 ? null : 7)]),
    );
    const circle = { a: node('b', null), b: node('a', null), c: node('a', { content: 'x' }) };
    expect((await conversationsOf(file({ ...mapping, ...circle }), 'deepseek'))[0]?.messages).toHaveLength(30_001);
  });
});

it('DeepSeek: pages it opened are what an answer rests on', async () => {
  const [found] = await conversationsOf(
    file({
      root: node(null, null),
      '1': node('root', said({ type: 'REQUEST', content: 'Herons?' })),
      '2': node(
        '1',
        said(
          { type: 'TOOL_OPEN', content: 'A page', result: { url: 'https://example.org/a', title: 'A' } },
          { type: 'READ_LINK', urls: ['https://example.org/b'] },
          { type: 'RESPONSE', content: 'They wade.' },
        ),
      ),
    }),
    'deepseek',
  );
  expect(shortly(found)[1]).toEqual(['assistant', 'model', 'tool_result: A page', 'text: They wade.']);
  expect(found?.messages[1]?.parts[1]?.citations?.map(({ url }) => url)).toEqual([
    'https://example.org/a',
    'https://example.org/b',
  ]);
});
