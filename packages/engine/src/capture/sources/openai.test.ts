import { describe, expect, it } from 'vitest';
import { conversationsOf, jsonLinesOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';

const say = (role: string, content: unknown, rest: object = {}) => ({ role, content, ...rest });

describe('OpenAI messages', () => {
  it('are a conversation a line, with calls of tools and what they answered', async () => {
    const file = jsonLinesOf(
      { messages: [say('system', 'Be terse.'), say('user', 'Hi'), say('assistant', 'Hello.', { weight: 1 })] },
      {
        messages: [
          say('user', [
            { type: 'text', text: 'What is it?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
          ]),
          say('assistant', null, {
            tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"x":1}' } }],
          }),
          say('tool', '{"ok":true}', { tool_call_id: 'c1' }),
          say('assistant', 'A cat.'),
        ],
      },
    );
    const [one, two] = await conversationsOf(file, 'openai');
    expect(shortly(one)).toEqual([
      ['system', 'runtime', 'text: Be terse.'],
      ['user', 'human', 'text: Hi'],
      ['assistant', 'model', 'text: Hello.'],
    ]);
    expect(shortly(two)).toEqual([
      ['user', 'human', 'text: What is it?', 'image: null'],
      ['assistant', 'model', 'tool_call: {"x":1}'],
      ['tool', 'tool', 'tool_result: {"ok":true}'],
      ['assistant', 'model', 'text: A cat.'],
    ]);
    expect(two?.messages[0]?.parts[1]?.attachment).toMatchObject({ mime: 'image/png', size: 9, status: 'skipped' });
    expect(two?.messages[2]?.parts[0]).toMatchObject({ toolName: 'look', toolCallId: 'c1' });
  });

  it('that begin alike are told apart, and a line that stands twice is two conversations', async () => {
    const line = { messages: [say('user', 'Hi'), say('assistant', 'Hello.')] };
    const longer = { messages: [...line.messages, say('user', 'Bye')] };
    const found = await conversationsOf(jsonLinesOf(line, longer, line), 'openai');
    expect(new Set(found.map(({ key }) => key)).size).toBe(3);
    expect(found[2]?.key).toBe(`${found[0]?.key}#2`);
  });

  it('come from requests and answers too', async () => {
    const request = { model: 'm', messages: [say('user', 'Hi')] };
    const response = { id: 'r', model: 'm-1', created: 1700000000, choices: [{ message: say('assistant', 'Hello.') }] };
    const [logged] = await conversationsOf(JSON.stringify([{ request, response }]), 'openai');
    expect(logged).toMatchObject({ defaultModel: 'm-1', created: { ms: 1_700_000_000_000 } });
    expect(shortly(logged)).toHaveLength(2);
    const [batch] = await conversationsOf(
      jsonLinesOf({ custom_id: 'b', body: request }, { custom_id: 'c', body: request }),
      'openai',
    );
    expect(batch).toMatchObject({ externalId: 'b', defaultModel: 'm' });
  });

  it('leave a line out that is no JSON, and the format that is like them alone', async () => {
    const line = { messages: [say('user', 'Hi')] };
    const file = await readFile(`${jsonLinesOf(line, line)}\n{"messages": [`);
    expect(file.readings.map(({ outcome }) => outcome)).toEqual(['conversation', 'conversation', 'skipped']);
    expect((await readFile(JSON.stringify({ conversations: [line] }))).source).toBe('generic');
  });
});
