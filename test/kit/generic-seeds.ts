/** Small sound files of programs nobody wrote a reader for, of agents' databases and of backups. To be spoiled by a fuzzer. */
import { jsonLinesOf } from './source-files.ts';
import { databaseOf } from './sqlite-files.ts';

const at = '2026-01-02T03:04:05.000Z';
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const lines = (...rows: readonly unknown[]): Buffer => Buffer.from(jsonLinesOf(...rows));
const text = (words: string) => [{ type: 'text', text: words }];
const block = (id: string, type: string, rest: object) => ({ id, messageId: 'm', type, ...rest });

/** Of a program that has a reader, and is here for what it shares with these. */
export const opencodeSeeds: readonly Buffer[] = [
  databaseOf(
    `CREATE TABLE session (id TEXT PRIMARY KEY, title TEXT, time_created INTEGER, time_updated INTEGER);
       CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, data TEXT);
       CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, time_created INTEGER, data TEXT);`,
    {
      session: [{ id: 's', title: 'T', time_created: 1, time_updated: 2 }],
      message: [
        { id: 'm', session_id: 's', time_created: 1, data: '{"role":"user"}' },
        { id: 'n', session_id: 's', time_created: 2, data: '{"role":"assistant","modelID":"x"}' },
      ],
      part: [
        { id: 'p', message_id: 'm', time_created: 1, data: '{"type":"text","text":"Hi"}' },
        {
          id: 'q',
          message_id: 'n',
          time_created: 2,
          data: '{"type":"tool","tool":"f","state":{"input":{},"output":"x"}}',
        },
      ],
    },
  ),
];

export const genericSeeds: readonly Buffer[] = [
  databaseOf(
    `CREATE TABLE sessions (id TEXT PRIMARY KEY, parent_session_id TEXT, title TEXT, updated_at INTEGER, created_at INTEGER);
       CREATE TABLE messages (id TEXT PRIMARY KEY, session_id TEXT, role TEXT, parts TEXT, model TEXT, created_at INTEGER);`,
    {
      sessions: [{ id: 's', title: 'T', created_at: 1, updated_at: 2 }],
      messages: [
        { id: 'm', session_id: 's', role: 'user', parts: '[{"type":"text","data":{"text":"Hi"}}]', created_at: 1 },
        {
          id: 'a',
          session_id: 's',
          role: 'assistant',
          parts:
            '[{"type":"reasoning","data":{"thinking":"Hm"}},{"type":"tool_call","data":{"id":"c","name":"ls","input":"{}"}}]',
          created_at: 1,
        },
      ],
    },
  ),
  databaseOf('CREATE TABLE conversations (key TEXT PRIMARY KEY, value TEXT);', {
    conversations: [
      {
        key: '/a',
        value:
          '{"conversation_id":"q","history":[[{"content":{"Prompt":{"prompt":"Hi"}}},{"Response":{"message_id":"m","content":"Yo"}}]]}',
      },
    ],
  }),
  json({
    conversation_id: 'q',
    history: [
      {
        user: { content: { Prompt: { prompt: 'Hi' } }, timestamp: at },
        assistant: { ToolUse: { message_id: 'm', content: 'x', tool_uses: [{ id: 'c', name: 'f', args: {} }] } },
      },
      {
        user: { content: { ToolUseResults: { tool_use_results: [{ tool_use_id: 'c', content: [{ Text: 'y' }] }] } } },
        assistant: { Response: { message_id: 'n', content: 'Yo' } },
      },
    ],
  }),
  databaseOf(
    'CREATE TABLE ai_queries (id INTEGER PRIMARY KEY, exchange_id TEXT, conversation_id TEXT, start_ts TEXT, input TEXT, working_directory TEXT);',
    {
      ai_queries: [
        { id: 1, exchange_id: 'e', conversation_id: 'w', start_ts: at, input: '[{"Query":{"text":"Hi there"}}]' },
      ],
    },
  ),
  lines(
    { working_dir: '/a', description: 'T', message_count: 2 },
    { id: 'm', role: 'user', created: 1, content: text('Hi') },
    {
      role: 'assistant',
      created: 2,
      content: [
        { type: 'toolRequest', id: 'c', toolCall: { status: 'success', value: { name: 'ls', arguments: {} } } },
        { type: 'thinking', thinking: 'Hm' },
      ],
    },
    {
      role: 'user',
      created: 3,
      content: [{ type: 'toolResponse', id: 'c', toolResult: { status: 'success', value: text('a') } }],
    },
  ),
  databaseOf(
    `CREATE TABLE sessions (id TEXT PRIMARY KEY, name TEXT, description TEXT, created_at TIMESTAMP, updated_at TIMESTAMP);
       CREATE TABLE messages (id INTEGER PRIMARY KEY, message_id TEXT, session_id TEXT, role TEXT, content_json TEXT, created_timestamp INTEGER);`,
    {
      sessions: [{ id: 's', name: 'T', created_at: '2026-01-02 03:04:05' }],
      messages: [
        { id: 1, session_id: 's', role: 'user', content_json: '[{"type":"text","text":"Hi"}]', created_timestamp: 1 },
      ],
    },
  ),
  json([
    {
      role: 'user',
      content: [
        { type: 'tool_result', toolUseID: 'c', run: { result: 'x' } },
        { type: 'text', text: 'Hi' },
      ],
    },
    {
      role: 'assistant',
      parts: [{ type: 'tool', tool: 'f', callID: 'c', state: { input: {}, output: 'x' } }],
      reasoning: 'Hm',
    },
  ]),
  json({
    localStorage: { 'persist:x': '{"assistants":"{\\"topics\\":[{\\"id\\":\\"t\\",\\"name\\":\\"T\\"}]}"}' },
    indexedDB: {
      topics: [
        {
          id: 't',
          messages: [
            { id: 'u', role: 'user', blocks: ['1'] },
            { id: 'm', role: 'assistant', blocks: ['2', '3'] },
          ],
        },
      ],
      message_blocks: [
        block('1', 'main_text', { content: 'Hi' }),
        block('2', 'thinking', { content: 'Hm' }),
        block('3', 'main_text', { content: 'Yo' }),
      ],
    },
  }),
  json({
    session: {
      id: 's',
      name: 'T',
      messages: [
        { id: '1', role: 'user', contentParts: text('Hi') },
        { id: '2', role: 'assistant', contentParts: text('Yo') },
      ],
      messageForksHash: { 1: { lists: [{ messages: [{ id: '0', role: 'assistant', contentParts: text('Ho') }] }] } },
      threads: [
        {
          id: 't',
          name: 'U',
          messages: [
            { id: '8', role: 'user', content: 'Hi' },
            { id: '9', role: 'assistant', content: 'Yo' },
          ],
        },
      ],
    },
  }),
  json({
    version: 'orpg.3.0',
    title: 'T',
    characters: { c: { model: 'm' } },
    messages: {
      b: { type: 'assistant', characterId: 'c', createdAt: at, items: [{ id: 'j' }] },
      a: { type: 'user', createdAt: at, items: [{ id: 'i' }] },
    },
    items: {
      i: { data: { type: 'message', content: [{ type: 'input_text', text: 'Hi' }] } },
      j: { data: { type: 'message', content: [{ type: 'output_text', text: 'Yo' }] } },
    },
  }),
  json([
    {
      _id: { $oid: 'x' },
      title: 'T',
      messages: [
        { id: 'r', from: 'user', content: 'Hi', ancestors: [] },
        { id: 'a', from: 'assistant', content: 'Yo', ancestors: ['r'] },
      ],
    },
  ]),
];
