/** Small sound files of what agents in editors keep, in the shapes beside those of `source-seeds.ts`. To be spoiled by a fuzzer. */
import type { Source } from '@vivim/contract/conversation';
import { jsonLinesOf } from './source-files.ts';
import { databaseOf } from './sqlite-files.ts';

const at = '2026-01-02T03:04:05.000Z';
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const lines = (...rows: readonly unknown[]): Buffer => Buffer.from(jsonLinesOf(...rows));
const text = (words: string) => [{ type: 'text', text: words }];

export const agentSeeds: Readonly<Partial<Record<Source, readonly Buffer[]>>> = {
  'vscode-copilot': [
    lines(
      { type: 'session.start', data: { sessionId: 's', context: { cwd: '/a' } }, id: '0', timestamp: at },
      { type: 'user.message', data: { content: 'Hi' }, id: '1', timestamp: at },
      {
        type: 'assistant.message',
        data: { content: 'Yo', toolRequests: [{ toolCallId: 't', name: 'f', arguments: {} }] },
        id: '2',
        timestamp: at,
      },
      { type: 'tool.execution_complete', data: { toolCallId: 't', result: { content: 'x' } }, id: '3', timestamp: at },
    ),
    json({
      responderUsername: 'GitHub Copilot',
      requests: [
        {
          requestId: 'r',
          message: { text: 'Hi' },
          variableData: { variables: [{ kind: 'file', name: 'a', value: { fsPath: '/a' } }] },
          response: [
            { kind: 'toolInvocationSerialized', toolId: 'f', toolCallId: 't', toolSpecificData: { kind: 'terminal' } },
            { kind: 'questionCarousel', questions: [{ question: 'Which?' }], data: { q: 'a' } },
          ],
          result: {
            metadata: { toolCallResults: { t: { content: [{ value: { node: { children: [{ text: 'x' }] } } }] } } },
          },
        },
      ],
    }),
    lines(
      { kind: 0, v: { version: 3, sessionId: 's', responderUsername: 'GitHub Copilot', requests: [] } },
      {
        kind: 2,
        k: ['requests'],
        v: [{ requestId: 'r', timestamp: 1, message: { text: 'Hi' }, response: [{ value: 'Yo' }] }],
      },
      { kind: 2, k: ['requests', 0, 'response'], i: 0, v: [{ value: 'Ho' }] },
      { kind: 1, k: ['customTitle'], v: 'T' },
    ),
  ],
  cline: [
    json([
      { ts: 1, type: 'say', say: 'text', text: 'Hi', images: ['data:image/png;base64,AA=='] },
      { ts: 2, type: 'ask', ask: 'tool', text: '{"tool":"readFile","path":"a","content":"x"}' },
      { ts: 3, type: 'ask', ask: 'command', text: 'ls' },
      { ts: 4, type: 'say', say: 'command_output', text: 'a' },
      { ts: 5, type: 'ask', ask: 'followup', text: '{"question":"Which?","options":["a"]}' },
      { ts: 6, type: 'say', say: 'user_feedback', text: 'a' },
    ]),
    json({
      version: 1,
      updated_at: at,
      agent: 'x',
      sessionId: 's',
      messages: [
        { id: '1', role: 'user', content: text('<user_input mode="act">Hi</user_input>'), ts: 1 },
        {
          id: '2',
          role: 'assistant',
          content: [{ type: 'thinking', thinking: 'Hm' }, ...text('Yo')],
          ts: 2,
          modelInfo: { id: 'm' },
        },
      ],
    }),
  ],
  cursor: [
    databaseOf('CREATE TABLE blobs (id TEXT PRIMARY KEY, data BLOB); CREATE TABLE meta (key TEXT, value TEXT);', {
      meta: [{ key: '0', value: JSON.stringify({ agentId: 'g', name: 'T', createdAt: 1, latestRootBlobId: 'f' }) }],
      blobs: [
        { id: '11'.repeat(32), data: json({ role: 'user', content: '<user_query>Hi</user_query>' }) },
        { id: 'f', data: Buffer.concat([Buffer.from([10, 32]), Buffer.alloc(32, 0x11)]) },
      ],
    }),
    Buffer.from(
      'user:\n<user_query>\nHi\n</user_query>\nassistant:\n[Thinking] Hm\n\n[Tool call] Read\n  path: a\n[Tool result] Read\n  x\nYo\n',
    ),
    lines(
      { role: 'user', message: { content: text('Hi') } },
      { role: 'assistant', message: { content: [{ type: 'tool_use', id: 'c', name: 'f', input: {} }] } },
    ),
  ],
};
