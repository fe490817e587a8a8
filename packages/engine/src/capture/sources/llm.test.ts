import { describe, expect, it } from 'vitest';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';
import { databaseOf } from '../../../../../test/kit/sqlite-files.ts';

const older = `
  CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);
  CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, response TEXT, conversation_id TEXT, datetime_utc TEXT);
  CREATE TABLE tool_calls (id INTEGER PRIMARY KEY, response_id TEXT, name TEXT, arguments TEXT, tool_call_id TEXT);
  CREATE TABLE tool_results (id INTEGER PRIMARY KEY, response_id TEXT, name TEXT, output TEXT, tool_call_id TEXT);
  CREATE TABLE attachments (id TEXT PRIMARY KEY, type TEXT, path TEXT, url TEXT, content BLOB);
  CREATE TABLE prompt_attachments (response_id TEXT, attachment_id TEXT, "order" INTEGER);
  CREATE TABLE fragments (id INTEGER PRIMARY KEY, hash TEXT, content TEXT, source TEXT);
  CREATE TABLE prompt_fragments (response_id TEXT, fragment_id INTEGER, "order" INTEGER);`;

const response = (id: string, conversation_id: string | null, rest: object = {}) => ({
  id,
  model: 'gpt-x',
  prompt: `prompt ${id}`,
  response: `response ${id}`,
  conversation_id,
  datetime_utc: '2026-02-01T10:00:00.123456+00:00',
  ...rest,
});

describe('the log of llm', () => {
  it('is a conversation of prompts and responses, with what stands in tables beside them', async () => {
    const file = databaseOf(older, {
      conversations: [{ id: 'c1', name: 'Names', model: 'gpt-x' }],
      responses: [
        response('r1', 'c1', { system: 'Be fun' }),
        response('r2', null),
        response('r3', 'c1', { prompt: '', response: 'Done' }),
      ],
      tool_calls: [{ response_id: 'r1', name: 'f', arguments: '{"a":1}', tool_call_id: 't' }],
      tool_results: [{ response_id: 'r3', name: 'f', output: 'ok', tool_call_id: 't' }],
      attachments: [{ id: 'a', type: 'image/png', content: Buffer.from('png') }],
      prompt_attachments: [{ response_id: 'r1', attachment_id: 'a', order: 0 }],
      fragments: [{ id: 7, content: 'A page', source: 'https://example.org' }],
      prompt_fragments: [{ response_id: 'r1', fragment_id: 7, order: 0 }],
    });
    const found = await conversationsOf(file, 'llm');
    expect(found.map(({ externalId, title, defaultModel }) => [externalId, title, defaultModel])).toEqual([
      ['c1', 'Names', 'gpt-x'],
      ['r2', null, 'gpt-x'],
    ]);
    expect(shortly(found[0])).toEqual([
      ['user', 'human', 'context: Be fun', 'source: A page', 'text: prompt r1', 'image: null'],
      ['assistant', 'model', 'text: response r1', 'tool_call: {"a":1}'],
      ['user', 'tool', 'tool_result: ok'],
      ['assistant', 'model', 'text: Done'],
    ]);
    expect(found[0]?.messages[0]?.parts[3]?.attachment).toMatchObject({ mime: 'image/png', status: 'skipped' });
    expect(found[0]?.created.ms).toBe(Date.parse('2026-02-01T10:00:00.123Z'));
  });

  it('is read from threads where it has them', async () => {
    const file = databaseOf(
      `CREATE TABLE threads (id TEXT PRIMARY KEY, name TEXT, tip_message_hash TEXT, forked_from TEXT, datetime_utc TEXT);
       CREATE TABLE turns (id TEXT PRIMARY KEY, thread_id TEXT, tip_message_hash TEXT, model TEXT, datetime_utc TEXT);
       CREATE TABLE messages (hash TEXT PRIMARY KEY, parent_hash TEXT, role TEXT);
       CREATE TABLE parts (id INTEGER PRIMARY KEY, message_hash TEXT, position INTEGER, type TEXT, tool_name TEXT, text TEXT, payload TEXT);`,
      {
        threads: [{ id: 't', name: 'T', tip_message_hash: 'h3', datetime_utc: '2026-02-01T10:00:00Z' }],
        turns: [
          { id: 'x', thread_id: 't', tip_message_hash: 'h2', model: 'm', datetime_utc: '2026-02-01T10:00:00Z' },
          { id: 'y', thread_id: 't', tip_message_hash: 'h3', model: 'm', datetime_utc: '2026-02-01T10:01:00Z' },
        ],
        messages: [
          { hash: 'h1', parent_hash: null, role: 'user' },
          { hash: 'h2', parent_hash: 'h1', role: 'assistant' },
          { hash: 'h3', parent_hash: 'h1', role: 'assistant' },
        ],
        parts: [
          { message_hash: 'h1', position: 0, type: 'text', text: 'Hi' },
          { message_hash: 'h2', position: 0, type: 'text', text: 'One' },
          { message_hash: 'h3', position: 1, type: 'text', text: 'Two' },
          { message_hash: 'h3', position: 0, type: 'reasoning', text: 'Hm' },
          { message_hash: 'h3', position: 2, type: 'strange', text: 'x' },
        ],
      },
    );
    const [found] = await conversationsOf(file, 'llm');
    expect(shortly(found)).toEqual([
      ['user', 'human', 'text: Hi'],
      ['assistant', 'model', 'text: One'],
      ['assistant', 'model', 'reasoning: Hm', 'text: Two', 'raw: type: strange\ntext: x'],
    ]);
    expect(found?.messages.map(({ onActivePath }) => onActivePath)).toEqual([true, false, true]);
  });
});

describe('the log of llm before it knew conversations', () => {
  const row = (id: number, prompt: string, rest: object = {}) => ({
    id,
    model: 'gpt-3.5-turbo',
    prompt,
    response: `to ${prompt}`,
    ...rest,
  });

  it('is a conversation for each chat, under the names its columns had', async () => {
    const file = databaseOf(
      `CREATE TABLE log (id INTEGER PRIMARY KEY, provider TEXT, system TEXT, prompt TEXT, chat_id INTEGER, response TEXT, model TEXT, timestamp TEXT);`,
      {
        log: [
          row(1, 'a', { system: 'Be brief', timestamp: '2023-05-01 10:00:00.123456' }),
          row(2, 'b', { timestamp: '2023-05-02 10:00:00' }),
          row(3, 'c', { chat_id: 1, timestamp: '2023-05-03 10:00:00' }),
        ],
      },
    );
    const found = await conversationsOf(file, 'llm');
    expect(found.map(({ externalId }) => externalId)).toEqual(['log/1', 'log/2']);
    expect(shortly(found[0])).toEqual([
      ['user', 'human', 'context: Be brief', 'text: a'],
      ['assistant', 'model', 'text: to a'],
      ['user', 'human', 'text: c'],
      ['assistant', 'model', 'text: to c'],
    ]);
    expect(found[0]?.created.ms).toBe(Date.parse('2023-05-01T10:00:00.123Z'));
    expect(found[0]?.defaultModel).toBe('gpt-3.5-turbo');
  });

  it('is read where rows had no ids yet', async () => {
    const file = databaseOf(
      'CREATE TABLE log (provider TEXT, system TEXT, prompt TEXT, chat_id TEXT, response TEXT, model TEXT, timestamp TEXT);',
      {
        log: [
          { prompt: 'a', response: 'A', model: 'm', timestamp: '2023-04-10 10:00:00' },
          { prompt: 'b', response: 'B', model: 'm', chat_id: '1', timestamp: '2023-04-10 10:00:05' },
        ],
      },
    );
    const found = await conversationsOf(file, 'llm');
    expect(found.map(shortly)).toEqual([
      [
        ['user', 'human', 'text: a'],
        ['assistant', 'model', 'text: A'],
        ['user', 'human', 'text: b'],
        ['assistant', 'model', 'text: B'],
      ],
    ]);
  });

  it('comes in beside the conversations that came after, and follows replies', async () => {
    const file = databaseOf(
      `${older} CREATE TABLE logs (id INTEGER PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, response TEXT, chat_id INTEGER, reply_to_id INTEGER, datetime_utc TEXT);
       CREATE TABLE parts (id INTEGER PRIMARY KEY, response_id TEXT, direction TEXT, role TEXT, part_type TEXT, "order" INTEGER, content TEXT);`,
      {
        logs: [row(7, 'old'), row(8, 'on', { reply_to_id: 7 }), row(9, 'further', { reply_to_id: 8 })],
        conversations: [{ id: 'c1', name: 'New', model: 'm' }],
        responses: [response('r1', 'c1')],
        parts: [
          { response_id: 'r1', direction: 'output', role: 'assistant', part_type: 'text', order: 1, content: 'x' },
          {
            response_id: 'r1',
            direction: 'output',
            role: 'assistant',
            part_type: 'reasoning',
            order: 0,
            content: 'Hm',
          },
        ],
      },
    );
    const found = await conversationsOf(file, 'llm');
    expect(found.map(({ externalId, messages }) => [externalId, messages.length])).toEqual([
      ['log/7', 6],
      ['c1', 2],
    ]);
    expect(shortly(found[1])[1]).toEqual(['assistant', 'model', 'reasoning: Hm', 'text: response r1']);
  });
});

it('llm: tools that ran at the provider, and pictures a tool answered with', async () => {
  const file = databaseOf(
    `${older}
    ALTER TABLE tool_results ADD COLUMN exception TEXT;
    CREATE TABLE tool_results_attachments (tool_result_id INTEGER, attachment_id TEXT, "order" INTEGER);
    CREATE TABLE parts (id INTEGER PRIMARY KEY, response_id TEXT, direction TEXT, role TEXT, part_type TEXT, "order" INTEGER,
      content TEXT, content_json TEXT, tool_call_id TEXT, server_executed INTEGER);`,
    {
      conversations: [{ id: 'c1', name: 'Herons', model: 'gpt-x' }],
      responses: [response('r1', 'c1'), response('r2', 'c1', { prompt: '' })],
      tool_results: [{ id: 5, response_id: 'r2', name: 'draw', output: 'drawn', tool_call_id: 't' }],
      attachments: [{ id: 'a', type: 'image/png', content: Buffer.from('png') }],
      tool_results_attachments: [{ tool_result_id: 5, attachment_id: 'a', order: 0 }],
      parts: [
        {
          id: 1,
          response_id: 'r1',
          part_type: 'tool_call',
          order: 0,
          content_json: '{"name":"search","arguments":{"q":"heron"}}',
          tool_call_id: 's',
          server_executed: 1,
        },
        {
          id: 2,
          response_id: 'r1',
          part_type: 'tool_result',
          order: 1,
          content: 'A bird',
          tool_call_id: 's',
          server_executed: 1,
        },
        { id: 3, response_id: 'r1', part_type: 'text', order: 2, content: 'response r1', server_executed: 0 },
      ],
    },
  );
  const [found] = await conversationsOf(file, 'llm');
  expect(shortly(found).map(([, ...rest]) => rest)).toEqual([
    ['human', 'text: prompt r1'],
    ['model', 'tool_call: {"q":"heron"}', 'tool_result: A bird', 'text: response r1'],
    ['tool', 'tool_result: drawn', 'image: null'],
    ['model', 'text: response r2'],
  ]);
});
