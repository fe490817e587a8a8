import { describe, expect, it } from 'vitest';
import { conversationsOf, jsonLinesOf, shortly } from '../../../../../test/kit/source-files.ts';

const head = {
  sessionId: 's',
  projectHash: 'p',
  startTime: '2026-04-17T18:09:18.567Z',
  lastUpdated: '2026-04-17T18:12:52Z',
};
const messages = [
  {
    id: 'u',
    timestamp: '2026-04-17T18:10:00Z',
    type: 'user',
    content: [{ text: 'List' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }],
  },
  {
    id: 'g',
    timestamp: '2026-04-17T18:10:02Z',
    type: 'gemini',
    content: 'Here',
    model: 'gemini-x',
    thoughts: [{ subject: 'Plan', description: 'Look first' }],
    toolCalls: [
      {
        id: 'c',
        name: 'ls',
        args: { path: '.' },
        status: 'success',
        result: [{ functionResponse: { response: { output: 'src' } } }],
      },
      { id: 'd', name: 'run', args: {}, status: 'error', resultDisplay: 'no' },
    ],
  },
  { id: 'i', timestamp: '2026-04-17T18:10:03Z', type: 'info', content: 'Request cancelled.' },
];
const expected = [
  ['user', 'human', 'text: List', 'image: null'],
  [
    'assistant',
    'model',
    'reasoning: Plan\n\nLook first',
    'text: Here',
    'tool_call: {"path":"."}',
    'tool_result: src',
    'tool_call: {}',
    'error: no',
  ],
  ['system', 'runtime', 'text: Request cancelled.'],
];

it('Gemini CLI: a session with thoughts, tools and what the program said', async () => {
  const [found] = await conversationsOf(JSON.stringify({ ...head, messages }, null, 2), 'gemini-cli');
  expect(shortly(found)).toEqual(expected);
  expect(found).toMatchObject({
    externalId: 's',
    projectId: 'p',
    defaultModel: 'gemini-x',
    created: { raw: head.startTime },
  });
});

it('Gemini CLI: the same as lines, where a row that comes again replaces the one before', async () => {
  const [u, g, i] = messages;
  const [found] = await conversationsOf(jsonLinesOf(head, u, { ...g, content: 'H' }, g, i), 'gemini-cli');
  expect(shortly(found)).toEqual(expected);
});

it('Gemini CLI: rows that set, and what the program put in front', async () => {
  const [found] = await conversationsOf(
    jsonLinesOf(
      { kind: 'main', sessionId: 's', startTime: '2026-07-01T10:00:00Z' },
      { id: 'x', type: 'user', content: '<session_context>setup</session_context>' },
      { id: 'u', type: 'user', content: 'Hi' },
      { $set: { summary: 'A talk', messages: [{ id: 'g', type: 'gemini', content: 'Hello' }] } },
    ),
    'gemini-cli',
  );
  expect(found?.messages.map(({ authorKind, hiddenReason }) => [authorKind, hiddenReason])).toEqual([
    ['context', 'context'],
    ['human', null],
    ['model', null],
  ]);
  expect(found?.title).toBe('A talk');
});

describe('Gemini CLI: going back', () => {
  const user = (id: string) => ({ id, type: 'user', content: id });
  const model = (id: string) => ({ id, type: 'gemini', content: [{ text: 'Hm', thought: true }, { text: id }] });
  const lines = [head, user('u1'), model('g1'), user('u2'), model('g2'), { $rewindTo: 'u2' }];
  const path = async (...rows: unknown[]) => {
    const [found] = await conversationsOf(jsonLinesOf(...rows), 'gemini-cli');
    return found?.messages.map(({ key, parentKey, onActivePath }) => [key, parentKey, onActivePath]);
  };

  it('leaves what was gone back behind as a branch', async () => {
    expect(await path(...lines, user('u3'), model('g3'))).toEqual([
      ['u1', null, true],
      ['g1', 'u1', true],
      ['u2', 'g1', false],
      ['g2', 'u2', false],
      ['u3', 'g1', true],
      ['g3', 'u3', true],
    ]);
  });

  it('ends where it went back to, where nothing followed', async () => {
    expect((await path(...lines))?.map(([key, , shown]) => [key, shown])).toEqual([
      ['u1', true],
      ['g1', true],
      ['u2', false],
      ['g2', false],
    ]);
  });

  it('tells thoughts among the parts from words', async () => {
    const [found] = await conversationsOf(jsonLinesOf(...lines), 'gemini-cli');
    expect(shortly(found)[1]).toEqual(['assistant', 'model', 'reasoning: Hm', 'text: g1']);
  });
});

describe('Gemini CLI: what it keeps beside its sessions', () => {
  const text = (role: string, words: string) => ({ role, parts: [{ text: words }] });
  const saved = [
    text('user', 'This is the Gemini CLI. We are setting up the context for our chat.\nToday is Monday.'),
    text('model', 'Got it. Thanks for the context!'),
    text('user', 'List it'),
    { role: 'model', parts: [{ text: 'Hm', thought: true }, { functionCall: { name: 'ls', args: { path: '.' } } }] },
    { role: 'user', parts: [{ functionResponse: { name: 'ls', response: { output: 'src' } } }] },
    text('model', 'There is src.'),
  ];
  const expectedSaved = [
    ['user', 'context', 'text: This is the Gemini CLI. We are setting up the context for our chat.\nToday is Monday.'],
    ['assistant', 'model', 'text: Got it. Thanks for the context!'],
    ['user', 'human', 'text: List it'],
    ['assistant', 'model', 'reasoning: Hm', 'tool_call: {"path":"."}'],
    ['user', 'tool', 'tool_result: src'],
    ['assistant', 'model', 'text: There is src.'],
  ];

  it.each([
    ['the bare list', saved],
    ['beside the account', { history: saved, authType: 'oauth-personal' }],
    [
      'of a tool',
      { history: [{ type: 'user', text: 'List it' }], clientHistory: saved, toolCall: { name: 'ls', args: {} } },
    ],
  ])('a saved chat, %s', async (_, value) => {
    for (const json of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      const [found] = await conversationsOf(json, 'gemini-cli');
      expect(shortly(found)).toEqual(expectedSaved);
      expect(found?.messages.map(({ hidden }) => hidden)).toEqual([true, true, false, false, false, false]);
    }
  });

  it('a chat saved again is the same conversation, another with the same setup is not', async () => {
    const keyOf = async (list: unknown[]) => (await conversationsOf(JSON.stringify(list), 'gemini-cli'))[0]?.key;
    const first = await keyOf(saved);
    expect(await keyOf([...saved, text('user', 'Thanks')])).toBe(first);
    expect(await keyOf([...saved.slice(0, 2), text('user', 'Something else')])).not.toBe(first);
  });

  const prompt = (sessionId: string, messageId: number, message: string) => ({
    sessionId,
    messageId,
    type: 'user',
    message,
    timestamp: `2025-07-01T10:00:0${messageId}.000Z`,
  });

  it('a history of prompts is a conversation for each session, without answers', async () => {
    const rows = [
      prompt('s', 0, 'Why?'),
      prompt('t', 0, 'Other'),
      prompt('s', 1, '/quit'),
      prompt('s', 2, '/etc/hosts is odd'),
    ];
    for (const file of [JSON.stringify(rows, null, 2), jsonLinesOf(...rows)]) {
      const found = await conversationsOf(file, 'gemini-cli');
      expect(found.map(({ externalId, flags }) => [externalId, flags])).toEqual([
        ['s/prompts', { kind: 'prompts' }],
        ['t/prompts', { kind: 'prompts' }],
      ]);
      expect(shortly(found[0])).toEqual([
        ['user', 'human', 'text: Why?'],
        ['user', 'runtime', 'text: /quit'],
        ['user', 'human', 'text: /etc/hosts is odd'],
      ]);
      expect(found[0]?.created.ms).toBe(Date.parse('2025-07-01T10:00:00Z'));
    }
  });
});
