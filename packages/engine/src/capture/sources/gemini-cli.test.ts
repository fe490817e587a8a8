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
