/** Small sound files in the other shapes sources write, or have come to write, beside those of `source-seeds.ts`. To be spoiled by a fuzzer. */
import type { Source } from '@vivim/contract/conversation';
import { agentSeeds } from './agent-seeds.ts';
import { genericSeeds, opencodeSeeds } from './generic-seeds.ts';
import { jsonLinesOf } from './source-files.ts';

const at = '2026-01-02T03:04:05.000Z';
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const lines = (...rows: readonly unknown[]): Buffer => Buffer.from(jsonLinesOf(...rows));
const text = (words: string) => [{ type: 'text', text: words }];

const node = (id: string, parent: string | null, role: string, content: object, rest: object = {}) => [
  id,
  { id, parent, message: { id, author: { role }, content, ...rest } },
];
const parts = (...list: readonly unknown[]) => ({ content_type: 'multimodal_text', parts: list });
const pointer = { content_type: 'image_asset_pointer', asset_pointer: 'sediment://file_1', width: 2, height: 2 };
/** Without lists of children, and with every kind of content. */
const kinds = Object.fromEntries([
  ['root', { id: 'root', parent: null, message: null }],
  node('u', 'root', 'user', parts(pointer, { content_type: 'audio_transcription', text: 'Hi' }, 'Look', null), {
    metadata: { attachments: [{ id: 'file_1', name: 'a.png' }], targeted_reply: 'x y' },
  }),
  node('t', 'u', 'assistant', { content_type: 'thoughts', thoughts: [{ summary: 'S', content: 'C', chunks: ['C'] }] }),
  node('c', 't', 'assistant', { content_type: 'code', text: '1+1', language: 'python' }, { recipient: 'python' }),
  node(
    'o',
    'c',
    'tool',
    { content_type: 'execution_output', text: '2' },
    {
      metadata: {
        aggregate_result: [{ code: '2+2', messages: [{ message_type: 'image', image_url: 'file-service://f' }] }],
      },
    },
  ),
  node(
    'd',
    'o',
    'assistant',
    { content_type: 'text', parts: ['{"name":"n","type":"document","content":"x"}'] },
    { recipient: 'canmore.create_textdoc' },
  ),
  node(
    'e',
    'd',
    'assistant',
    { content_type: 'text', parts: ['{"updates":[{"pattern":"x","replacement":"y","multiple":true}]}'] },
    { recipient: 'canmore.update_textdoc' },
  ),
  node(
    'a',
    'e',
    'assistant',
    { content_type: 'text', parts: ['They wade \ue200cite\ue202turn0search0\ue201.'] },
    {
      metadata: {
        ada_visualizations: [{ file_id: 'file_2' }],
        content_references: [
          { matched_text: '\ue200cite\ue202turn0search0\ue201', items: [{ url: 'https://example.org', title: 'T' }] },
        ],
      },
    },
  ),
]);
const chat = { conversation_id: 'k', title: null, current_node: 'a', default_model_slug: 'm', mapping: kinds };

const claude = (uuid: string, parent: string | null, sender: string, content: unknown, rest: object = {}) => ({
  uuid,
  parent_message_uuid: parent,
  sender,
  created_at: at,
  content,
  ...rest,
});
const item = (payload: object) => ({ timestamp: at, type: 'response_item', payload });
const thread = (id: string) => ({ url: `https://gemini.google.com/app/${id}` });
const activity = (title: string, ...threads: readonly object[]) => ({
  header: 'Gemini アプリ',
  title,
  time: at,
  products: ['Gemini アプリ'],
  details: threads,
  safeHtmlItem: [{ html: '<p>a</p>' }, { html: '<ul><li>b</li></ul>' }],
});

export const newerSeeds: Readonly<Partial<Record<Source, readonly Buffer[]>>> = {
  chatgpt: [
    json([
      { id: 'task_1', prompt: 'A boat', created_at: at, generations: [{ id: 'gen_1', title: 'Boat' }] },
      { id: 'task_2', prompt: 'A storm', failure_reason: 'x', generations: [] },
    ]),
    json([chat]),
    Buffer.from(`<html><script>var jsonData = ${JSON.stringify([chat])};</script></html>`),
    json({
      chats: [
        {
          id: 'g',
          title: 'G',
          members: [{ id: 'p', name: 'Ada' }],
          messages: [{ id: '1', sender_id: 'p', text: 'Hi' }],
        },
      ],
    }),
  ],
  claude: [
    json([
      {
        uuid: 'c',
        name: '',
        account: { uuid: 'p' },
        chat_messages: [
          claude('a', '00000000-0000-4000-8000-000000000000', 'human', text('Hi'), {
            attachments: [{ file_name: '', extracted_content: 'pasted' }],
            files: [{ file_uuid: 'f', file_name: 'a.pdf' }],
          }),
          claude('b', 'a', 'assistant', [
            { type: 'thinking', thinking: '', summaries: [{ summary: 'S' }] },
            {
              type: 'tool_use',
              id: null,
              name: 'artifacts',
              input: { command: 'create', id: 'd', type: 't', content: 'x' },
            },
            { type: 'tool_result', tool_use_id: null, name: 'artifacts', content: text('ok') },
            { type: 'text', text: 'Yo', citations: [{ start_index: 0, end_index: 2, details: { url: 'u' } }] },
            { type: 'token_budget' },
          ]),
          claude('d', 'a', 'assistant', undefined, {
            text: '<antThinking>Hm</antThinking><antArtifact identifier="d" title="T">x</antArtifact> Yo',
          }),
        ],
      },
    ]),
  ],
  'claude-code': [
    lines(
      { type: 'queue-operation', operation: 'enqueue', content: 'Wait', sessionId: 's', timestamp: at },
      {
        type: 'user',
        uuid: 'a',
        parentUuid: null,
        sessionId: 's',
        timestamp: at,
        isCompactSummary: true,
        message: { role: 'user', content: 'S' },
      },
      {
        type: 'assistant',
        uuid: 'b',
        parentUuid: 'a',
        isSidechain: true,
        agentId: 'x',
        sessionId: 's',
        message: { id: 'm', role: 'assistant', content: [{ type: 'thinking', thinking: 'Hm' }] },
      },
    ),
  ],
  codex: [
    lines(
      { timestamp: at, type: 'session_meta', payload: { id: 's', forked_from_id: 'r', cwd: '/' } },
      { timestamp: at, type: 'turn_context', payload: { model: 'm' } },
      item({ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }),
      item({ type: 'custom_tool_call', name: 'apply', call_id: 'c', input: 'x' }),
      item({ type: 'custom_tool_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'ok' }] }),
      item({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yo' }], phase: 'final' }),
      { timestamp: at, type: 'event_msg', payload: { type: 'thread_rolled_back', num_turns: 1 } },
      { timestamp: at, type: 'compacted', payload: { message: 'S' } },
    ),
  ],
  gemini: [
    json([
      activity('送信したメッセージ: Hi', thread('aaaa1111'), thread('bbbb1111')),
      activity('분기된 Yo', thread('bbbb1111')),
    ]),
    Buffer.from(
      '<html><div class="outer-cell"><p class="mdl-typography--title">Gemini</p><div class="content-cell mdl-typography--body-1">Prompted Hi<br>파일 1개 첨부됨.<br>- <a href="a.txt">a.txt</a><br>Jan 5, 2026, 10:00:05 AM UTC<br><p>Yo</p></div><div class="content-cell mdl-typography--caption"><a href="https://gemini.google.com/app/aaaa1111">x</a></div></div></html>',
    ),
  ],
  'gemini-cli': [
    lines(
      { sessionId: 's', projectHash: 'p', startTime: at },
      { id: 'a', type: 'user', content: 'Hi' },
      { id: 'b', type: 'gemini', content: [{ text: 'Hm', thought: true }, { text: 'Yo' }] },
      { $rewindTo: 'a' },
      { $set: { summary: 'T', messages: [{ id: 'c', type: 'user', content: 'Ho' }] } },
    ),
    json([
      { role: 'user', parts: [{ text: 'Hi' }] },
      { role: 'model', parts: [{ functionCall: { name: 'f', args: {} } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'f', response: { output: 'x' } } }] },
    ]),
  ],
  copilot: [
    json({
      results: [
        {
          id: 'b',
          author: { type: 'ai' },
          createdAt: at,
          content: [
            { type: 'chainOfThought', text: 'Hm' },
            { type: 'text', text: 'Yo' },
            { type: 'citation', title: 'T', url: 'https://example.org' },
            { type: 'image', url: 'https://example.org/a.png', prompt: 'p' },
          ],
        },
        { id: 'a', author: { type: 'human' }, createdAt: at, content: [{ type: 'text', text: 'Hi' }] },
      ],
    }),
    Buffer.from(
      'Unterhaltung;Uhrzeit;Autor;Nachricht\r\n"T";05.01.2026 10:00:05;KI;Yo\r\n"T";05.01.2026 10:00:05;Benutzer;"Hi;\r\nyou"\r\n',
    ),
  ],
  deepseek: [
    json({
      data: {
        biz_data: {
          chat_session: { id: 'c', title: 'T', current_message_id: 2 },
          chat_messages: [
            { message_id: 1, parent_id: null, role: 'USER', content: 'Hi' },
            {
              message_id: 2,
              parent_id: 1,
              role: 'ASSISTANT',
              thinking_content: 'Hm',
              content: 'Yo',
              search_results: [{ url: 'u' }],
            },
          ],
        },
      },
    }),
  ],
  grok: [
    Buffer.from(
      `window.YTD.grok_chat_item.part0 = ${JSON.stringify([
        {
          grokChatItem: { chatId: 'x', accountId: 'p', createdAt: at, sender: { originalName: 'USER' }, message: 'Hi' },
        },
        {
          grokChatItem: {
            chatId: 'x',
            createdAt: at,
            sender: { name: 'Agent' },
            postIds: ['1'],
            message: 'Yo <grok:render card_id="k" type="render_inline_citation">x</grok:render>',
          },
        },
      ])}`,
    ),
    json({
      conversations: [
        {
          conversation: { id: 'c', create_time: at },
          responses: [
            {
              response: {
                _id: 'a',
                sender: 'human',
                message: 'Hi',
                create_time: { $date: { $numberLong: '1767323045000' } },
                file_attachments: ['f'],
              },
            },
            {
              response: {
                _id: 'b',
                sender: 'grok-3',
                message: '',
                thinking_trace: 'Hm',
                generated_image_urls: ['u'],
                cited_web_search_results: [{ url: 'u' }],
              },
            },
          ],
        },
      ],
      projects: [{ id: 'p', name: 'P', custom_personality: 'x' }],
    }),
  ],
  perplexity: [
    json({
      status: 'success',
      entries: [
        {
          context_uuid: 't',
          backend_uuid: 'e',
          query_str: 'Hi',
          blocks: [{ markdown_block: { answer: 'Yo [1]' } }, { web_result_block: { web_results: [{ url: 'u' }] } }],
          text: '[{"step_type":"FINAL","content":{"answer":"{}"}}]',
        },
      ],
    }),
  ],
  openwebui: [
    json({
      success: true,
      data: {
        id: 'q',
        title: 'T',
        chat: {
          messages: [
            { id: 'u', role: 'user', content: 'Hi', parentId: null, childrenIds: ['a'] },
            {
              id: 'a',
              role: 'assistant',
              content: '',
              parentId: 'u',
              childrenIds: [],
              reasoning_content: 'Hm',
              content_list: [
                { phase: 'think', content: 'Hm' },
                { phase: 'answer', content: 'Yo' },
              ],
            },
          ],
        },
      },
    }),
  ],
  sillytavern: [
    json({
      info: { character: { name: 'H' } },
      histories: {
        histories: [
          {
            external_id: 'h',
            created: at,
            msgs: [
              { text: 'Hi', src: { is_human: true } },
              { text: 'Ho', src: { is_human: false, name: 'H' }, is_alternative: true },
              { text: 'Yo', src: { is_human: false, name: 'H' } },
            ],
          },
        ],
      },
    }),
    json({
      turns: [
        {
          turn_key: { chat_id: 'c', turn_id: '2' },
          create_time: at,
          author: { author_id: 'x', name: 'H' },
          candidates: [
            { candidate_id: 'm', raw_content: 'Yo' },
            { candidate_id: 'n', raw_content: 'Ho' },
          ],
          primary_candidate_id: 'n',
        },
        {
          turn_key: { chat_id: 'c', turn_id: '1' },
          create_time: at,
          author: { author_id: 'y', name: 'A', is_human: true },
          candidates: [{ candidate_id: 'k', raw_content: 'Hi' }],
          primary_candidate_id: 'k',
        },
      ],
    }),
  ],
  generic: genericSeeds,
  opencode: opencodeSeeds,
  ...agentSeeds,
};
