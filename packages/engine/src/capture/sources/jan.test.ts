import { expect, it } from 'vitest';
import { fileOf } from '../../../../../test/kit/capture.ts';
import { conversationsOf, jsonLinesOf, shortly } from '../../../../../test/kit/source-files.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import { planExport } from '../export-plan.ts';

const row = (id: string, role: string, content: unknown, rest: object = {}) => ({
  id,
  object: 'thread.message',
  thread_id: 't',
  role,
  content,
  created: 1700000000001,
  status: 'ready',
  ...rest,
});
const lines = jsonLinesOf(
  row('1', 'user', [{ type: 'text', text: { value: 'Hello' } }]),
  row(
    '2',
    'assistant',
    [
      { type: 'text', text: { value: 'Hi' } },
      { type: 'tool_call', tool_call_id: 'c', tool_name: 'search', input: { q: 1 }, output: { n: [1] } },
      { type: 'new', x: 1 },
    ],
    { model: 'jan-1', created: 1700000002 },
  ),
);

it('Jan: the messages of a thread, times in seconds or milliseconds', async () => {
  const [found] = await conversationsOf(lines, 'jan');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: Hello'],
    ['assistant', 'model', 'text: Hi', 'tool_call: {"q":1}', 'tool_result: {"n":[1]}', 'raw: type: new\nx: 1'],
  ]);
  expect(found?.messages.map(({ created }) => created.ms)).toEqual([1700000000001, 1700000002000]);
  expect(found).toMatchObject({ externalId: 't', defaultModel: 'jan-1' });
});

it('Jan: the title comes from the file beside it', async () => {
  const thread = { id: 't', object: 'thread', title: 'My thread', created: 1700000000000, assistants: [] };
  const plan = await planExport(
    fileOf(
      zipOf([
        { name: 'threads/t/thread.json', bytes: JSON.stringify(thread) },
        { name: 'threads/t/messages.jsonl', bytes: lines },
      ]),
    ),
    'jan.zip',
    null,
  );
  expect(plan.context.titles).toEqual(new Map([['t', 'My thread']]));
  expect(plan.streams.map(({ path }) => path)).toEqual(['threads/t/messages.jsonl']);
  expect(plan.notes).toEqual([]);
});

it('Jan: thoughts among the parts, and calls that stand beside the message', async () => {
  const call = {
    id: 'c',
    tool: { function: { name: 'look', arguments: '{"at":"reeds"}' } },
    response: { content: [{ type: 'text', text: 'A heron' }] },
  };
  const rows = [
    { role: 'user', content: [{ type: 'text', text: { value: 'Where?' } }] },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: { value: 'Hm' } },
        { type: 'text', text: { value: 'There.' } },
      ],
      metadata: { tool_calls: [call] },
    },
  ].map((row, ix) => ({ id: `m${ix}`, object: 'thread.message', thread_id: 't', created_at: 1767323045, ...row }));
  const [found] = await conversationsOf(jsonLinesOf(...rows), 'jan');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: Where?'],
    ['assistant', 'model', 'reasoning: Hm', 'text: There.', 'tool_call: {"at":"reeds"}', 'tool_result: A heron'],
  ]);
});
