/** Batch files, their results, logs and training sets of both interfaces: found wherever their messages stand. */
import { describe, expect, it } from 'vitest';
import { conversationsOf, jsonLinesOf, shortly } from '../../../../../test/kit/source-files.ts';

const user = { role: 'user', content: 'Herons?' };
const assistant = { role: 'assistant', content: 'They wade.' };
const [asked, answered] = [
  ['user', 'human', 'text: Herons?'],
  ['assistant', 'model', 'text: They wade.'],
];
const system = ['system', 'runtime', 'text: Be brief.'];

describe('a line', () => {
  it.each([
    [
      'of an Anthropic batch',
      { custom_id: 'r', params: { model: 'm', system: 'Be brief.', messages: [user, assistant] } },
      [system, asked, answered],
    ],
    [
      'of the results of one',
      {
        custom_id: 'r',
        result: {
          type: 'succeeded',
          message: { ...assistant, type: 'message', content: [{ type: 'text', text: 'They wade.' }] },
        },
      },
      [answered],
    ],
    [
      'of a result that failed',
      { custom_id: 'r', result: { type: 'errored', error: { type: 'error', error: { message: 'Too long.' } } } },
      [['assistant', 'model', 'error: Too long.']],
    ],
    [
      'of a request for a response',
      { custom_id: 'r', url: '/v1/responses', body: { model: 'm', instructions: 'Be brief.', input: 'Herons?' } },
      [system, asked],
    ],
    [
      'of what such a request gave',
      {
        custom_id: 'r',
        response: {
          body: {
            object: 'response',
            output: [
              { type: 'reasoning', summary: [] },
              { type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' },
              { type: 'function_call_output', call_id: 'c', output: 'reeds' },
              { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'They wade.' }] },
            ],
          },
        },
      },
      [['assistant', 'model', 'tool_call: {}'], ['tool', 'tool', 'tool_result: reeds'], answered],
    ],
    ['of a prompt and its completion', { prompt: 'Herons?', completion: 'They wade.' }, [asked, answered]],
    [
      'of an instruction and its output',
      { instruction: 'Herons?', input: '', output: 'They wade.', history: [['Hi', 'Hello']] },
      [['user', 'human', 'text: Hi'], ['assistant', 'model', 'text: Hello'], asked, answered],
    ],
  ])('%s is a conversation', async (_, line, expected) => {
    const [found, ...others] = await conversationsOf(jsonLinesOf(line, { ...line, custom_id: 's' }), 'openai');
    expect(shortly(found)).toEqual(expected);
    expect(others).toHaveLength(1);
  });

  it.each([
    [
      'of OpenAI',
      {
        input: { messages: [user] },
        preferred_output: [assistant],
        non_preferred_output: [{ ...assistant, content: 'No.' }],
      },
    ],
    ['with chosen and rejected', { prompt: [user], chosen: [assistant], rejected: [{ ...assistant, content: 'No.' }] }],
  ])('of a set of preferences %s keeps the answer that was passed over as a branch', async (_, line) => {
    const [found] = await conversationsOf(jsonLinesOf(line, line), 'openai');
    expect(found?.messages.map(({ parts, onActivePath }) => [parts[0]?.text, onActivePath])).toEqual([
      ['Herons?', true],
      ['No.', false],
      ['They wade.', true],
    ]);
    expect(found?.branchPoints).toBe(1);
  });
});
