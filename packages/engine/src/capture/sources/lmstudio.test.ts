import { expect, it } from 'vitest';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';

it('LM Studio: versions are siblings, and the selected ones are shown', async () => {
  const text = (words: string) => [{ type: 'text', text: words }];
  const user = (words: string) => ({ type: 'singleStep', role: 'user', content: text(words) });
  const file = {
    name: 'A talk',
    createdAt: 1746605587520,
    systemPrompt: 'Be kind.',
    messages: [
      { versions: [user('Hi'), user('Hello')], currentlySelected: 1 },
      {
        versions: [
          {
            type: 'multiStep',
            role: 'assistant',
            senderInfo: { senderName: 'llama' },
            steps: [
              { type: 'contentBlock', style: { type: 'thinking' }, content: text('Hm') },
              {
                type: 'contentBlock',
                content: [{ type: 'toolCallRequest', name: 'f', callId: 1, parameters: { a: 1 } }],
              },
              { type: 'toolStatus', callId: 1 },
              { type: 'contentBlock', content: text('Yes') },
            ],
          },
          { type: 'multiStep', role: 'assistant', steps: [{ type: 'contentBlock', content: text('No') }] },
        ],
        currentlySelected: 0,
      },
      { versions: [user('Bye')], currentlySelected: 7 },
    ],
  };
  const [found] = await conversationsOf(JSON.stringify(file), 'lmstudio');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'context: Be kind.', 'text: Hi'],
    ['user', 'human', 'context: Be kind.', 'text: Hello'],
    ['assistant', 'model', 'reasoning: Hm', 'tool_call: {"a":1}', 'raw: type: toolStatus\ncallId: 1', 'text: Yes'],
    ['user', 'human', 'text: Bye'],
    ['assistant', 'model', 'text: No'],
  ]);
  expect(found?.messages.map(({ onActivePath }) => onActivePath)).toEqual([false, true, true, true, false]);
  expect(found).toMatchObject({ title: 'A talk', defaultModel: 'llama', created: { ms: 1746605587520 } });
});

it('LM Studio: what a tool gave is words where it stands as JSON, and notes stay with the conversation', async () => {
  const content = [
    { type: 'toolCallResult', callId: 1, content: '[{"type":"text","text":"Reeds"}]' },
    { type: 'toolCallResult', callId: 2, content: '[not json' },
  ];
  const versions = [{ type: 'singleStep', role: 'tool', content }];
  const file = { name: 'T', createdAt: 1746605587520, messages: [{ versions }], notes: [{ content: 'Ask again' }] };
  const [found] = await conversationsOf(JSON.stringify(file), 'lmstudio');
  expect(shortly(found)).toEqual([['tool', 'tool', 'tool_result: Reeds', 'tool_result: [not json']]);
  expect(found?.flags).toEqual({ notes: ['Ask again'] });
});

it('LM Studio: the system prompt of a chat stands among its settings', async () => {
  const chat = {
    name: 'Oars',
    createdAt: 1_767_323_045_000,
    systemPrompt: '',
    perChatPredictionConfig: { fields: [{ key: 'llm.prediction.systemPrompt', value: 'Be brief.' }] },
    messages: [
      {
        versions: [{ type: 'singleStep', role: 'user', content: [{ type: 'text', text: 'Which wood?' }] }],
        currentlySelected: 0,
      },
    ],
  };
  const [found] = await conversationsOf(JSON.stringify(chat), 'lmstudio');
  expect(found?.messages[0]?.parts.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'context: Be brief.',
    'text: Which wood?',
  ]);
});

it('LM Studio: what was typed and never sent is kept as a draft', async () => {
  const file = {
    name: 'T',
    createdAt: 1,
    clientInput: 'Not yet',
    messages: [{ versions: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], currentlySelected: 0 }],
  };
  const [found] = await conversationsOf(JSON.stringify(file), 'lmstudio');
  expect(found?.flags).toEqual({ drafts: ['Not yet'] });
});
