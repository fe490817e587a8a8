import { expect, it } from 'vitest';
import { contentOf } from './content-blocks.ts';

const said = (...blocks: unknown[]) => {
  const { parts, unknown } = contentOf(blocks);
  return [...parts.map(({ kind, text, toolName }) => [kind, toolName, text].filter(Boolean).join(' ')), ...unknown];
};

it.each([
  [
    'the AI SDK and Chatbox',
    [
      { type: 'step-start' },
      { type: 'tool-call', toolCallId: 'c', toolName: 'find', args: { q: 'heron' }, state: 'result', result: 'reeds' },
      { type: 'tool-result', toolCallId: 'c', toolName: 'find', output: { type: 'text', value: 'nests' } },
      { type: 'tool-invocation', toolInvocation: { toolCallId: 'd', toolName: 'count', args: {}, result: { n: 2 } } },
      { type: 'tool-getWeather', toolCallId: 'e', input: { at: 'Łódź' }, output: 'rain' },
    ],
    [
      'tool_call find {"q":"heron"}',
      'tool_result find reeds',
      'tool_result find nests',
      'tool_call count {}',
      'tool_result count {"n":2}',
      'tool_call getWeather {"at":"Łódź"}',
      'tool_result getWeather rain',
    ],
  ],
  [
    'opencode',
    [
      {
        type: 'tool',
        tool: 'read',
        callID: 'c',
        state: { status: 'completed', input: { path: 'a' }, output: 'let a' },
      },
      { type: 'step-finish', cost: 1 },
    ],
    ['tool_call read {"path":"a"}', 'tool_result read let a'],
  ],
  [
    'Goose',
    [
      {
        type: 'toolRequest',
        id: 'c',
        toolCall: { status: 'success', value: { name: 'ls', arguments: { path: '.' } } },
      },
      { type: 'toolResponse', id: 'c', toolResult: { status: 'success', value: [{ type: 'text', text: 'src' }] } },
      { type: 'toolResponse', id: 'd', toolResult: { status: 'error', error: 'no' } },
    ],
    ['tool_call ls {"path":"."}', 'tool_result src', 'error no'],
  ],
  [
    'Amp',
    [
      { type: 'tool_use', id: 'c', name: 'Bash', input: { cmd: 'ls' } },
      { type: 'tool_result', toolUseID: 'c', run: { status: 'done', result: 'src' } },
    ],
    ['tool_call Bash {"cmd":"ls"}', 'tool_result src'],
  ],
  [
    'Kimi',
    [
      { id: '1', thinking: { content: 'Hm' } },
      { id: '2', search: { queries: ['heron'] } },
      { text: { content: 'Hi' } },
    ],
    ['reasoning Hm', 'tool_call search {"queries":["heron"]}', 'text Hi'],
  ],
  [
    'Qwen',
    [
      { phase: 'thinking_summary', content: '', extra: { summary_thought: { content: ['One', 'Two'] } } },
      {
        phase: 'web_search',
        content: '',
        extra: { web_search_info: [{ url: 'https://example.org', title: 'Herons' }] },
      },
      { phase: 'answer', content: 'They wade.', status: 'finished' },
    ],
    ['reasoning One\n\nTwo', 'source', 'text They wade.'],
  ],
  ['what nobody knows', [{ type: 'novelty', x: 1 }], ['raw', 'novelty']],
])('blocks of %s', (_, blocks, expected) => {
  expect(said(...blocks)).toEqual(expected);
});

it('thoughts as a list of texts, and what was found with its addresses', () => {
  expect(said({ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] })).toEqual(['reasoning Hm']);
  const results = [{ url: 'https://example.org/a', title: 'A', content: 'x' }, { link: 'javascript:1' }];
  expect(contentOf([{ type: 'citation', response: { results: { results } } }]).parts).toEqual([
    {
      kind: 'source',
      text: null,
      citations: [{ start: null, end: null, url: 'https://example.org/a', title: 'A', snippet: 'x' }],
    },
  ]);
});
