import { describe, expect, it } from 'vitest';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';

const chat = (messages: object, rest: object = {}) => ({
  id: 'chat-1',
  user_id: 'u',
  title: 'A chat',
  chat: { models: ['llama'], history: { currentId: 'a2', messages }, ...rest },
  created_at: 1700000000,
  updated_at: 1700000010,
  archived: true,
  folder_id: 'f',
  meta: { tags: ['work'] },
});
const said = (id: string, parentId: string | null, role: string, content: unknown, rest: object = {}) => ({
  [id]: { id, parentId, childrenIds: [], role, content, timestamp: 1700000000, ...rest },
});

describe('Open WebUI', () => {
  it('is a tree with the branch that is shown', async () => {
    const record = chat({
      ...said('u', null, 'user', 'Hi', {
        files: [{ type: 'file', id: 'f1', name: 'a.pdf', file: { meta: { size: 9 } } }],
      }),
      ...said('a1', 'u', 'assistant', 'One', { model: 'llama' }),
      ...said('a2', 'u', 'assistant', 'Two', {
        sources: [{ source: { name: 'Docs', url: 'https://example.org' }, document: ['words'], metadata: [{}] }],
      }),
      ...said('a3', 'u', 'assistant', 'Three'),
    });
    const [found] = await conversationsOf(JSON.stringify([record]), 'openwebui');
    expect(found?.messages.map(({ key, onActivePath }) => [key, onActivePath])).toEqual([
      ['u', true],
      ['a1', false],
      ['a2', true],
      ['a3', false],
    ]);
    expect(found).toMatchObject({
      externalId: 'chat-1',
      projectId: 'f',
      defaultModel: 'llama',
      flags: { is_archived: true, tags: ['work'] },
      created: { ms: 1_700_000_000_000 },
      branchPoints: 1,
    });
    expect(found?.messages[0]?.parts[1]?.attachment).toMatchObject({ name: 'a.pdf', size: 9 });
    expect(found?.messages[2]?.parts[0]?.citations).toMatchObject([{ title: 'Docs', url: 'https://example.org' }]);
  });

  it('takes what a model did from its output, and from the text where there is none', async () => {
    const output = [
      { type: 'reasoning', content: [{ type: 'output_text', text: 'Hm' }] },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'ok' }] },
      { type: 'message', content: [{ type: 'output_text', text: 'Yes' }] },
    ];
    const text =
      '<details type="reasoning" done="true"><summary>Thought</summary>&gt; Hm</details>\nFirst\n<details type="tool_calls" id="c" name="f" arguments="{&quot;a&quot;:1}" result="ok"><summary>x</summary></details>Then <details>mine</details>';
    const record = chat({
      ...said('u', null, 'user', 'Hi'),
      ...said('a1', 'u', 'assistant', '<details type="reasoning">again</details>Yes', { output }),
      ...said('a2', 'a1', 'assistant', text),
    });
    const [found] = await conversationsOf(JSON.stringify([record]), 'openwebui');
    expect(shortly(found).slice(1)).toEqual([
      ['assistant', 'model', 'reasoning: Hm', 'tool_call: {}', 'tool_result: ok', 'text: Yes'],
      [
        'assistant',
        'model',
        'reasoning: Hm',
        'text: First',
        'tool_call: {"a":1}',
        'tool_result: ok',
        'text: Then <details>mine</details>',
      ],
    ]);
  });

  it('is a single chat too, with no id and no tree', async () => {
    const bare = { id: '', title: 'T', history: { currentId: 'a', messages: { ...said('a', null, 'user', 'Hi') } } };
    expect((await readFile(JSON.stringify(bare))).readings).toMatchObject([
      { outcome: 'conversation', conversation: { externalId: null, key: expect.stringMatching(/^#/) } },
    ]);
    const list = {
      ...chat({}),
      chat: {
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: 'Yo' },
        ],
      },
    };
    const [flat] = await conversationsOf(JSON.stringify([list]), 'openwebui');
    expect(flat?.messages.map(({ onActivePath }) => onActivePath)).toEqual([true, true]);
  });

  it('does not take long over tags that are never closed', async () => {
    const record = chat({
      ...said(
        'u',
        null,
        'user',
        `${'<details type="x" '.repeat(40_000)}</details>${'<details type="reasoning" '.repeat(40_000)}`,
      ),
    });
    expect((await conversationsOf(JSON.stringify([record]), 'openwebui'))[0]?.messages).toHaveLength(1);
  });
});

it('Open WebUI: a list of messages counts where the history beside it is empty', async () => {
  const messages = [
    { role: 'user', content: 'Herons?' },
    { role: 'assistant', content: 'They wade.' },
  ];
  const [found] = await conversationsOf(JSON.stringify([chat({}, { messages })]), 'openwebui');
  expect(shortly(found).map((turn) => turn[2])).toEqual(['text: Herons?', 'text: They wade.']);
});

it('Open WebUI: what was set for a chat, what several answers became and what a program printed come in', async () => {
  const printed =
    '<details type="code_interpreter" done="true" output="&quot;2&quot;">\n<summary>Analyzed</summary>\nprint(2)\n</details>\nTwo.';
  const running = '<details type="code_interpreter" done="false">\n<summary>Analyzing</summary>\nprint(3)\n</details>';
  const messages = {
    ...said('u', null, 'user', 'Add'),
    ...said('a1', 'u', 'assistant', printed, { merged: { status: true, content: 'Both say two.' } }),
    ...said('a2', 'u', 'assistant', running),
  };
  const [found] = await conversationsOf(
    JSON.stringify([chat(messages, { params: { system: 'Be brief.' } })]),
    'openwebui',
  );
  expect(shortly(found)).toEqual([
    ['user', 'human', 'context: Be brief.', 'text: Add'],
    ['assistant', 'model', 'tool_call: print(2)', 'tool_result: "2"', 'text: Two.', 'text: Both say two.'],
    ['assistant', 'model', 'tool_call: print(3)'],
  ]);
});
