/** A history is the same history however a client sends it back, and another one where a word of it is another. */
import type { LiveDialect } from '@vivim/contract/live';
import { describe, expect, it } from 'vitest';
import { beginning, hashesOf } from './turn-hash.ts';
import { namesOfCalls } from './turn-parts.ts';
import { wireRequest } from './wire-turns.ts';

const hashes = (dialect: LiveDialect, body: Record<string, unknown>): string[] => {
  const { turns } = wireRequest(dialect, body);
  return hashesOf(dialect, turns, namesOfCalls(turns), beginning);
};
const chat = (...messages: unknown[]) => hashes('chat', { messages });
const claude = (...messages: unknown[]) => hashes('messages', { messages });
const responses = (...input: unknown[]) => hashes('responses', { input });
const call = (id: string, given: string) => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id, type: 'function', function: { name: 'f', arguments: given } }],
});
const image = (data: string) => ({
  role: 'user',
  content: [
    { type: 'text', text: 'see' },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } },
  ],
});

describe('the hash of a history', () => {
  it.each([
    [
      'a string, or a list of one text',
      chat({ role: 'user', content: 'a' }),
      chat({ role: 'user', content: [{ type: 'text', text: 'a' }] }),
    ],
    ['spaces around it', chat({ role: 'user', content: 'a' }), chat({ role: 'user', content: ' a\n' })],
    [
      'ids of calls, order and spaces of arguments',
      chat(call('1', '{"a":1,"b":2}')),
      chat(call('2', '{ "b": 2, "a": 1 }')),
    ],
    [
      'what ran at the provider, sent back or not',
      responses(
        { role: 'user', content: 'a' },
        { type: 'web_search_call', id: 'w', action: { type: 'search', query: 'q' } },
        { role: 'assistant', content: 'b' },
      ),
      responses({ role: 'user', content: 'a' }, { role: 'assistant', content: 'b' }),
    ],
    ['no content, or an empty one', chat(call('1', '{}')), chat({ ...call('1', '{}'), content: '' })],
    [
      'reasoning that is sent back or not',
      chat({ role: 'assistant', content: 'a', reasoning_content: 'hm' }),
      chat({ role: 'assistant', content: 'a' }),
    ],
    [
      'thinking that is sent back or not',
      claude({
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm' },
          { type: 'text', text: 'a' },
        ],
      }),
      claude({ role: 'assistant', content: 'a' }),
    ],
    [
      'marks for a cache',
      claude({
        role: 'user',
        content: [{ type: 'image', source: { type: 'base64', data: 'AA' }, cache_control: { type: 'ephemeral' } }],
      }),
      claude({ role: 'user', content: [{ type: 'image', source: { type: 'base64', data: 'AA' } }] }),
    ],
    [
      'the system prompt',
      chat({ role: 'system', content: 'x' }, { role: 'user', content: 'a' }),
      chat({ role: 'developer', content: 'y' }, { role: 'user', content: 'a' }),
    ],
    [
      'the interface',
      chat({ role: 'user', content: 'a' }, { role: 'assistant', content: 'b' }),
      responses(
        { role: 'user', content: 'a' },
        { type: 'reasoning', summary: [] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'b' }] },
      ),
    ],
  ])('is the same with %s', (_, one, other) => {
    expect(one.length).toBeGreaterThan(0);
    expect(one).toEqual(other);
  });

  it.each([
    ['a word', chat({ role: 'user', content: 'a' }), chat({ role: 'user', content: 'b' })],
    ['who said it', chat({ role: 'user', content: 'a' }), chat({ role: 'assistant', content: 'a' })],
    ['a picture', chat(image('AAAA')), chat(image('BBBB'))],
    ['what a tool was called with', chat(call('1', '{"a":1}')), chat(call('1', '{"a":2}'))],
    [
      'what was said before',
      chat({ role: 'user', content: 'a' }, { role: 'assistant', content: 'c' }).slice(1),
      chat({ role: 'user', content: 'b' }, { role: 'assistant', content: 'c' }).slice(1),
    ],
  ])('is another with another: %s', (_, one, other) => {
    expect(one).not.toEqual(other);
  });
});
