/** One small sound file of every source, to be spoiled by a fuzzer. */
import type { Source } from '@vivim/contract/conversation';
import { dialogue } from './exports.ts';
import { jsonLinesOf } from './source-files.ts';
import { databaseOf } from './sqlite-files.ts';

const at = '2026-01-02T03:04:05.000Z';
const text = (words: string) => [{ type: 'text', text: words }];
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const lines = (...rows: readonly unknown[]): Buffer => Buffer.from(jsonLinesOf(...rows));

const code = (type: string, uuid: string, parentUuid: string | null, content: unknown) => ({
  type,
  uuid,
  parentUuid,
  sessionId: 's',
  timestamp: at,
  message: { role: type, model: 'm', content },
});
const item = (payload: object) => ({ timestamp: at, type: 'response_item', payload });
const grok = (id: string, parent: string | null, sender: string) => ({
  response: {
    response_id: id,
    parent_response_id: parent,
    sender,
    message: 'Hi',
    create_time: at,
    steps: [{ text: ['x'] }],
  },
});

/** A record of live capture: each turn answers the one before it. */
const exchange = (dialect: string, turns: readonly object[]) => ({
  vivimExchange: 1,
  dialect,
  thread: 't:0',
  title: 'Hi',
  at: 1_767_323_045_000,
  tookMs: 5,
  updated: 1_767_323_045_005,
  model: 'm',
  names: {},
  flags: { upstream: 'u' },
  turns: turns.map((turn, ix) => ({ key: `t:${ix}`, parent: ix === 0 ? null : `t:${ix - 1}`, ...turn })),
});

export const sourceSeeds: Readonly<Record<Source, Buffer>> = {
  chatgpt: json([dialogue('c', 'T', ['Hi', 'Hello', 'Bye'])]),
  anythingllm: json([{ id: 1, workspace: 'W', prompt: 'Hi', response: '{"text":"Hello"}', sent_at: at }]),
  continue: json({
    sessionId: 's',
    title: 'T',
    history: [{ message: { role: 'user', content: 'Hi' }, contextItems: [] }],
  }),
  opencode: json({
    info: { id: 'ses_1', title: 'T', directory: '/a', time: { created: 1, updated: 2 } },
    messages: [
      { info: { id: 'msg_1', role: 'user', time: { created: 1 } }, parts: [{ id: 'p1', type: 'text', text: 'Hi' }] },
      {
        info: { id: 'msg_2', role: 'assistant', time: { created: 2 }, modelID: 'm' },
        parts: [
          { id: 'p2', type: 'reasoning', text: 'x' },
          {
            id: 'p3',
            type: 'tool',
            tool: 'read',
            callID: 'c',
            state: { status: 'completed', input: { a: 1 }, output: 'y' },
          },
        ],
      },
    ],
  }),
  cline: json([
    {
      role: 'user',
      content: [...text('<task>\nHi\n</task>'), ...text('<environment_details>\nx\n</environment_details>')],
      ts: 1,
    },
    {
      role: 'assistant',
      content: [...text('<thinking>Hm</thinking><read_file>\n<path>a</path>\n</read_file>')],
      ts: 2,
    },
    { role: 'user', content: [...text("[read_file for 'a'] Result:"), ...text('let a')], ts: 3 },
    { role: 'assistant', content: text('<attempt_completion><result>Done</result></attempt_completion>') },
  ]),
  'vscode-copilot': json({
    responderUsername: 'GitHub Copilot',
    requests: [
      { requestId: 'r', message: { text: 'Hi' }, response: [{ value: 'Hello' }], timestamp: 1_767_323_045_000 },
    ],
  }),
  'claude-design': json({
    uuid: 'd',
    title: 'T',
    project: { uuid: 'p', name: 'P' },
    messages: [
      { uuid: 'a', role: 'user', content: { content: 'Hi', timestamp: at } },
      {
        uuid: 'b',
        role: 'assistant',
        content: {
          contentBlocks: [
            ...text('Hello'),
            { type: 'tool_call', toolCall: { id: 't', name: 'n', input: {}, output: 'ok' } },
          ],
          turnChanges: { created: ['index.html'] },
          timestamp: at,
        },
      },
    ],
  }),
  claude: json([
    { uuid: 'c', name: 'T', chat_messages: [{ uuid: 'a', sender: 'human', created_at: at, content: text('Hi') }] },
  ]),
  'claude-code': lines(
    code('user', 'a', null, 'Hi'),
    code('assistant', 'b', 'a', [{ type: 'tool_use', id: 't', name: 'f', input: { x: 1 } }]),
    code('user', 'c', 'b', [{ type: 'tool_result', tool_use_id: 't', content: text('ok') }]),
    { type: 'summary', summary: 'S', leafUuid: 'c' },
  ),
  codex: lines(
    { timestamp: at, type: 'session_meta', payload: { id: 's', cwd: '/', git: { branch: 'b' } } },
    item({ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }),
    item({ type: 'reasoning', summary: [{ text: 'Hm' }] }),
    item({ type: 'function_call', name: 'f', arguments: '{}', call_id: 'c' }),
    item({ type: 'function_call_output', call_id: 'c', output: { content: 'ok' } }),
    item({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes' }] }),
  ),
  'openai-api': lines(
    exchange('chat', [
      { by: 'setting', speaker: 'system', wire: { setting: ['Be kind'], identity: 'i' } },
      { by: 'client', speaker: 'user', wire: { role: 'user', content: text('Hi') }, at: 1_767_323_045_000 },
      { by: 'model', speaker: 'assistant', wire: { role: 'assistant', content: null, tool_calls: [] }, status: 'stop' },
    ]),
    exchange('responses', [
      { by: 'client', speaker: 'user', wire: { items: [{ role: 'user', content: 'Hi' }] } },
      { by: 'fault', speaker: 'assistant', wire: { message: 'No', body: {} }, status: 'error' },
    ]),
  ),
  'anthropic-api': lines(
    exchange('messages', [
      { by: 'client', speaker: 'user', wire: { role: 'user', content: 'Hi' } },
      { by: 'model', speaker: 'assistant', wire: { role: 'assistant', content: text('Hello') }, status: 'end_turn' },
    ]),
  ),
  openai: lines(
    {
      messages: [
        { role: 'user', content: text('Hi') },
        { role: 'assistant', content: null, tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{}' } }] },
      ],
    },
    {
      messages: [
        { role: 'tool', tool_call_id: 'c', content: 'ok' },
        { role: 'user', content: 'Hi', weight: 1 },
      ],
    },
  ),
  sharegpt: json([
    {
      id: 'x',
      system: 'S',
      conversations: [
        { from: 'human', value: 'Hi' },
        { from: 'gpt', value: 'Yo' },
      ],
    },
  ]),
  markdown: Buffer.from(
    '---\ntitle: T\n---\n# T\n\n## User\n\nHi\n\n## Assistant\n\n```js\n## User\n```\n\n## User\n\nBye\n',
  ),
  gemini: json([
    {
      header: 'Gemini Apps',
      title: 'Prompted Hi',
      titleUrl: 'https://gemini.google.com/app/0123456789',
      time: at,
      products: ['Gemini Apps'],
      safeHtmlItem: [{ html: '<p>A <b>b</b></p><pre>x</pre>' }],
      attachedFiles: ['a.png'],
      subtitles: [{ name: '- a', url: 'a.png' }],
    },
  ]),
  aistudio: json({
    runSettings: { model: 'models/m' },
    systemInstruction: { text: 'S' },
    chunkedPrompt: {
      chunks: [
        { role: 'user', text: 'Hi', driveImage: { id: 'd' } },
        { role: 'model', parts: [{ text: 'Yo' }] },
      ],
    },
  }),
  openwebui: json([
    {
      id: 'c',
      title: 'T',
      chat: {
        models: ['m'],
        history: {
          currentId: 'b',
          messages: {
            a: {
              id: 'a',
              parentId: null,
              role: 'user',
              content: 'Hi',
              timestamp: 1700000000,
              files: [{ type: 'file', name: 'f' }],
            },
            b: {
              id: 'b',
              parentId: 'a',
              role: 'assistant',
              content: '<details type="reasoning"><summary>s</summary>r</details>Yo',
            },
          },
        },
      },
    },
  ]),
  librechat: json({
    conversationId: 'c',
    title: 'T',
    messagesTree: [
      {
        messageId: 'a',
        parentMessageId: null,
        isCreatedByUser: true,
        text: 'Hi',
        createdAt: at,
        children: [{ messageId: 'b', sender: 'GPT', content: [{ type: 'think', think: 'Hm' }], children: [] }],
      },
    ],
  }),
  grok: json({
    conversations: [
      {
        conversation: { conversation_id: 'c', title: 'T', leaf_response_id: 'b' },
        responses: [grok('a', null, 'human'), grok('b', 'a', 'assistant')],
      },
    ],
  }),
  deepseek: json([
    {
      id: 'c',
      title: 'T',
      inserted_at: at,
      mapping: {
        root: { parent: null, message: null },
        '1': {
          parent: 'root',
          message: { inserted_at: at, files: [{ file_name: 'f' }], fragments: [{ type: 'REQUEST', content: 'Hi' }] },
        },
        '2': {
          parent: '1',
          message: {
            fragments: [
              { type: 'SEARCH', results: [{ url: 'u' }] },
              { type: 'RESPONSE', content: 'Yo' },
            ],
          },
        },
      },
    },
  ]),
  'gemini-cli': json({
    sessionId: 's',
    projectHash: 'p',
    startTime: at,
    messages: [
      { id: 'a', type: 'user', timestamp: at, content: [{ text: 'Hi' }] },
      {
        id: 'b',
        type: 'gemini',
        content: 'Yo',
        thoughts: [{ subject: 'S' }],
        toolCalls: [{ name: 'f', args: {}, result: [{ functionResponse: { response: { output: 'x' } } }] }],
      },
    ],
  }),
  lmstudio: json({
    name: 'T',
    createdAt: 1746605587520,
    messages: [
      { versions: [{ type: 'singleStep', role: 'user', content: text('Hi') }], currentlySelected: 0 },
      {
        versions: [{ type: 'multiStep', role: 'assistant', steps: [{ type: 'contentBlock', content: text('Yo') }] }],
        currentlySelected: 0,
      },
    ],
  }),
  llm: databaseOf(
    'CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT); CREATE TABLE responses (id TEXT PRIMARY KEY, prompt TEXT, response TEXT, conversation_id TEXT, datetime_utc TEXT);',
    {
      conversations: [{ id: 'c', name: 'T' }],
      responses: [{ id: 'r', prompt: 'Hi', response: 'Yo', conversation_id: 'c', datetime_utc: at }],
    },
  ),
  cursor: databaseOf('CREATE TABLE cursorDiskKV (key TEXT UNIQUE, value BLOB);', {
    cursorDiskKV: [
      { key: 'composerData:c', value: '{"composerId":"c","fullConversationHeadersOnly":[{"bubbleId":"b","type":1}]}' },
      {
        key: 'bubbleId:c:b',
        value: '{"bubbleId":"b","type":1,"text":"Hi","toolFormerData":{"name":"f","result":"x"}}',
      },
    ],
  }),
  aider: Buffer.from('# aider chat started at 2026-01-10 10:00:00\n\n> Aider\n\n#### Hi  \n\nYo\n\n```\n#### x\n```\n'),
  copilot: Buffer.from('Conversation,Time,Author,Message\n"T","2026-02-17T14:36:11","user","Hi, ""you"""\nT,,AI,Yo\n'),
  mistral: json([
    { id: 'a', chatId: 'c', role: 'user', content: 'Hi', createdAt: at, files: [{ type: 'image', name: 'f' }] },
    {
      id: 'b',
      chatId: 'c',
      role: 'assistant',
      createdAt: at,
      contentChunks: [
        { type: 'text', text: 'Yo' },
        { type: 'reference', referenceIds: [1] },
      ],
      canvas: [{ content: 'x' }],
    },
  ]),
  perplexity: json({
    metadata: { thread_id: 't' },
    conversations: [{ uuid: 'e', query: 'Hi', answer: 'Yo [1]', sources: [{ url: 'u' }], timestamp: at }],
  }),
  sillytavern: lines(
    { user_name: 'U', character_name: 'C', create_date: at, chat_metadata: {} },
    {
      name: 'C',
      is_user: false,
      mes: 'Yo',
      send_date: at,
      swipes: ['a', 'Yo'],
      swipe_id: 1,
      swipe_info: [{ extra: {} }],
      extra: { reasoning: 'r' },
    },
  ),
  jan: lines({
    id: '1',
    object: 'thread.message',
    thread_id: 't',
    role: 'user',
    content: [{ type: 'text', text: { value: 'Hi' } }],
    created: 1700000000,
  }),
  generic: json({
    conversations: [{ externalId: 'c', title: 'T', messages: [{ role: 'user', content: 'Hi', parentId: null }] }],
  }),
};
