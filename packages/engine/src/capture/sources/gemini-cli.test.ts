import { expect, it } from 'vitest';
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
