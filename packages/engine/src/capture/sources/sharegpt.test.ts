import { describe, expect, it } from 'vitest';
import { conversationsOf, jsonLinesOf, shortly } from '../../../../../test/kit/source-files.ts';

const one = {
  id: 'x',
  system: 'Be kind.',
  conversations: [
    { from: 'human', value: 'Weather?' },
    { from: 'function_call', value: '{"name":"weather"}' },
    { from: 'observation', value: 'Rain' },
    { from: 'gpt', value: 'It rains.' },
  ],
};

describe('ShareGPT', () => {
  it.each([
    ['a list', JSON.stringify([one])],
    ['lines', jsonLinesOf(one, { ...one, id: 'y' })],
    ['a single object', JSON.stringify(one, null, 1)],
  ])('is read from %s', async (_, file) => {
    const [found] = await conversationsOf(file, 'sharegpt');
    expect(shortly(found)).toEqual([
      ['user', 'human', 'context: Be kind.', 'text: Weather?'],
      ['assistant', 'model', 'tool_call: {"name":"weather"}'],
      ['tool', 'tool', 'tool_result: Rain'],
      ['assistant', 'model', 'text: It rains.'],
    ]);
  });

  it('keeps what is no turn, and the name of a speaker it does not know', async () => {
    const odd = { conversations: [{ from: 'Nora', value: 'Hi' }, { from: 'gpt', value: { a: 1 } }, 7] };
    const [found] = await conversationsOf(JSON.stringify([one, odd]), 'sharegpt').then((all) => all.slice(1));
    expect(found?.messages[0]).toMatchObject({ authorName: 'Nora', role: 'user' });
    expect(found?.messages.slice(1).map(({ parts }) => parts[0]?.json)).toEqual([
      '{"from":"gpt","value":{"a":1}}',
      '7',
    ]);
  });
});
