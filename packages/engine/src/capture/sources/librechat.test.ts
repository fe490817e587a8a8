import { describe, expect, it } from 'vitest';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';

const root = '00000000-0000-0000-0000-000000000000';
const message = (messageId: string, parentMessageId: string, user: boolean, text: string, rest: object = {}) => ({
  messageId,
  parentMessageId,
  isCreatedByUser: user,
  sender: user ? 'User' : 'GPT',
  text,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...rest,
});

describe('LibreChat', () => {
  it('is a tree, whether its messages are nested or not', async () => {
    const a = message('a', root, true, 'Hi');
    const b = message('b', 'a', false, 'One', { model: 'm' });
    const c = message('c', 'a', false, 'Two');
    const head = {
      conversationId: 'conv',
      title: 'T',
      exportAt: '16:33:32',
      endpoint: 'openAI',
      options: { model: 'm' },
    };
    const nested = { ...head, recursive: true, messagesTree: [{ ...a, children: [{ ...b, children: [] }, c] }] };
    const flat = { ...head, messages: [a, b, c] };
    for (const file of [nested, flat]) {
      const [found] = await conversationsOf(JSON.stringify(file), 'librechat');
      expect(found?.messages.map(({ key, parentKey, onActivePath }) => [key, parentKey, onActivePath])).toEqual([
        ['a', null, true],
        ['b', 'a', false],
        ['c', 'a', true],
      ]);
      expect(found).toMatchObject({
        externalId: 'conv',
        defaultModel: 'm',
        created: { raw: '2026-01-01T00:00:00.000Z' },
      });
    }
  });

  it('reads blocks, tools, files and what was searched', async () => {
    const answer = message('b', 'a', false, '', {
      content: [
        { type: 'think', think: 'Hm' },
        { type: 'tool_call', tool_call: { id: 'c', name: 'f', args: '{"a":1}', output: 'ok' } },
        { type: 'text', text: { value: 'Yes' } },
        { type: 'agent_update', agent_update: {} },
      ],
      attachments: [{ web_search: { organic: [{ link: 'https://example.org', title: 'E' }] } }],
    });
    const asked = message('a', root, true, 'Hi', {
      files: [{ file_id: 'f1', filename: 'a.png', type: 'image/png', bytes: 3 }],
    });
    const [found] = await conversationsOf(
      JSON.stringify({ conversationId: 'c', messages: [asked, answer] }),
      'librechat',
    );
    expect(shortly(found)).toEqual([
      ['user', 'human', 'text: Hi', 'image: null'],
      ['assistant', 'model', 'reasoning: Hm', 'tool_call: {"a":1}', 'tool_result: ok', 'text: Yes'],
    ]);
    expect(found?.messages[1]?.parts[3]?.citations).toMatchObject([{ url: 'https://example.org' }]);
  });

  it('comes in however deep it is nested', async () => {
    let tree: object = message('m2000', 'm1999', true, 'last');
    for (let ix = 1999; ix >= 0; ix -= 1)
      tree = { ...message(`m${ix}`, ix === 0 ? root : `m${ix - 1}`, ix % 2 === 0, `line ${ix}`), children: [tree] };
    const [found] = await conversationsOf(
      JSON.stringify({ conversationId: 'deep', messagesTree: [tree] }),
      'librechat',
    );
    expect(found?.messages).toHaveLength(2001);
    expect(found?.messages.every(({ onActivePath }) => onActivePath)).toBe(true);
  });
});

it('LibreChat: where another agent took over, and what was summed up', async () => {
  const root = '00000000-0000-0000-0000-000000000000';
  const content = [
    { type: 'agent_update', agent_update: { agentId: 'a' } },
    { type: 'summary', text: 'Before: herons.' },
    { type: 'text', text: 'They wade.' },
  ];
  const messages = [message('u', root, true, 'Herons?'), message('a', 'u', false, '', { content })];
  const [found] = await conversationsOf(JSON.stringify({ conversationId: 'c', messages }), 'librechat');
  expect(shortly(found)[1]).toEqual(['assistant', 'model', 'context: Before: herons.', 'text: They wade.']);
});

it('LibreChat: words that were marked to reply to them stand in front of the reply', async () => {
  const message = {
    messageId: 'a',
    parentMessageId: null,
    sender: 'User',
    isCreatedByUser: true,
    text: 'Why?',
    quotes: ['It is blue'],
  };
  const [found] = await conversationsOf(
    JSON.stringify({ conversationId: 'c', title: 'T', messages: [message] }),
    'librechat',
  );
  expect(found?.messages[0]?.parts.map(({ kind, text }) => [kind, text])).toEqual([
    ['context', 'It is blue'],
    ['text', 'Why?'],
  ]);
});
