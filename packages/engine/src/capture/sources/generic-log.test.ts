/** What agents and chat programs keep of a talk, each in its own spelling of nearly the same. */
import { describe, expect, it } from 'vitest';
import { conversationsOf, jsonLinesOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';

const words = (text: string) => [{ type: 'text', text }];
const at = 1_767_323_045;

describe('a log with marks of the program between', () => {
  const goose = [
    { working_dir: '/a', description: 'Mend it', message_count: 3 },
    { role: 'user', created: at, content: words('Mend it') },
    {
      role: 'assistant',
      created: at + 1,
      content: [
        ...words('I look.'),
        { type: 'toolRequest', id: 'c', toolCall: { status: 'success', value: { name: 'ls', arguments: {} } } },
      ],
    },
    {
      role: 'user',
      created: at + 2,
      content: [{ type: 'toolResponse', id: 'c', toolResult: { status: 'success', value: words('src') } }],
    },
  ];

  it('of Goose is one conversation, called as it is', async () => {
    const [found, ...rest] = await conversationsOf(jsonLinesOf(...goose), 'generic');
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ title: 'Mend it', messages: [{ created: { ms: at * 1000 } }, {}, {}] });
    expect(shortly(found)).toEqual([
      ['user', 'human', 'text: Mend it'],
      ['assistant', 'model', 'text: I look.', 'tool_call: {}'],
      ['user', 'tool', 'tool_result: src'],
    ]);
  });

  const message = (id: string, parentId: string | null, role: string, content: unknown, rest: object = {}) => ({
    type: 'message',
    id,
    parentId,
    timestamp: '2026-01-02T03:04:05Z',
    message: { role, content, ...rest },
  });
  const pi = [
    { type: 'session', version: 3, id: 's', timestamp: '2026-01-02T03:04:00Z', cwd: '/a' },
    message('a', null, 'user', words('Mend it')),
    { type: 'model_change', id: 'm', parentId: 'a', modelId: 'x' },
    message('b', 'm', 'assistant', [
      { type: 'thinking', thinking: 'Hm' },
      { type: 'toolCall', id: 'c', name: 'read', arguments: { path: 'a' } },
    ]),
    message('d', 'b', 'toolResult', words('let a'), { toolCallId: 'c', toolName: 'read' }),
    message('e', 'm', 'assistant', words('Done.')),
    { type: 'session_info', id: 'i', parentId: 'e', name: 'Mending' },
  ];

  it('of pi is the tree of its messages, whatever stands between', async () => {
    const [found] = await conversationsOf(jsonLinesOf(...pi), 'generic');
    expect(found).toMatchObject({ externalId: 's', title: 'Mending', branchPoints: 1 });
    expect(found?.messages.map(({ key, parentKey }) => [key, parentKey])).toEqual([
      ['a', null],
      ['b', 'a'],
      ['d', 'b'],
      ['e', 'a'],
    ]);
    expect(shortly(found).slice(1, 3)).toEqual([
      ['assistant', 'model', 'reasoning: Hm', 'tool_call: {"path":"a"}'],
      ['tool', 'tool', 'tool_result: let a'],
    ]);
    expect(found?.messages[2]?.parts[0]).toMatchObject({ toolName: 'read', toolCallId: 'c' });
  });

  it('ends for marks that lead in a circle', async () => {
    const round = [
      pi[0],
      { type: 'x', id: 'm', parentId: 'n' },
      { type: 'x', id: 'n', parentId: 'm' },
      message('a', 'm', 'user', words('Hi')),
      message('b', 'a', 'assistant', words('Yo')),
    ];
    const [found] = await conversationsOf(jsonLinesOf(...round), 'generic');
    expect(found?.messages.map(({ parentKey }) => parentKey)).toEqual([null, 'a']);
  });

  it('in which nobody speaks is nothing, and rows that say nothing of themselves make it none', async () => {
    await expect(readFile(jsonLinesOf(pi[0], pi[2]))).rejects.toMatchObject({ code: 'import_format_unknown' });
    await expect(readFile(jsonLinesOf(...goose, { x: 1 }))).rejects.toMatchObject({ code: 'import_format_unknown' });
  });
});

it('opencode: its tools have names, its notes of files are left', async () => {
  const session = {
    info: { id: 's', title: 'Mend it', time: { created: at * 1000 } },
    messages: [
      { info: { id: 'a', role: 'user', time: { created: at * 1000 } }, parts: words('Mend it') },
      {
        info: { id: 'b', role: 'assistant', parentID: 'a', modelID: 'x', time: { created: at * 1000 } },
        parts: [
          { type: 'step-start' },
          { type: 'reasoning', text: 'Hm' },
          { type: 'tool', tool: 'read', callID: 'c', state: { input: { path: 'a' }, output: 'let a' } },
          { type: 'patch', hash: 'h', files: ['a'] },
        ],
      },
    ],
  };
  const file = await readFile(JSON.stringify(session));
  expect(file.readings).toMatchObject([{ outcome: 'conversation', issues: [] }]);
  const [found] = await conversationsOf(JSON.stringify(session), 'opencode');
  expect(found?.externalId).toBe('s');
  expect(shortly(found)[1]).toEqual([
    'assistant',
    'model',
    'reasoning: Hm',
    'tool_call: {"path":"a"}',
    'tool_result: let a',
  ]);
});

it('Zed: thoughts and tools, and what tools answered beside the message', async () => {
  const agent = {
    content: [
      { Thinking: { text: 'Hm' } },
      { Text: 'Ok' },
      { ToolUse: { id: 'c', name: 'read', input: { path: 'a' } } },
    ],
    tool_results: { c: { tool_use_id: 'c', tool_name: 'read', is_error: false, content: { Text: 'let a' } } },
  };
  const thread = { title: 'T', messages: [{ User: { id: 'u', content: [{ Text: 'Mend it' }] } }, { Agent: agent }] };
  const [found] = await conversationsOf(JSON.stringify(thread), 'generic');
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: Mend it'],
    ['assistant', 'model', 'reasoning: Hm', 'text: Ok', 'tool_call: {"path":"a"}', 'tool_result: let a'],
  ]);
});

it('LobeChat: a backup of one talk has its title as one of many has', async () => {
  const say = (id: string, role: string, content: string, rest: object = {}) => ({
    id,
    role,
    content,
    topicId: 't',
    ...rest,
  });
  const messages = [
    say('u', 'user', 'Herons?'),
    say('a', 'assistant', 'They wade.', { parentId: 'u', reasoning: { content: 'Legs.' } }),
  ];
  const state = { messages, topics: [{ id: 't', title: 'Birds' }], sessions: [] };
  const [found] = await conversationsOf(JSON.stringify({ exportType: 'sessions', state }), 'generic');
  expect(found).toMatchObject({ title: 'Birds', externalId: 't' });
  expect(shortly(found)[1]).toEqual(['assistant', 'model', 'reasoning: Legs.', 'text: They wade.']);
});

it('Qwen Code: a log as Claude Code writes it, with messages as Gemini has them', async () => {
  const row = (uuid: string, parentUuid: string | null, type: string, message: object, rest: object = {}) => ({
    uuid,
    parentUuid,
    sessionId: 's',
    type,
    timestamp: '2026-01-02T03:04:05Z',
    message,
    ...rest,
  });
  const [found] = await conversationsOf(
    jsonLinesOf(
      row('a', null, 'user', { role: 'user', parts: [{ text: 'Mend it' }] }),
      row(
        'b',
        'a',
        'assistant',
        { role: 'model', parts: [{ text: 'Hm', thought: true }, { functionCall: { id: 'c', name: 'ls', args: {} } }] },
        { model: 'x' },
      ),
      row('c', 'b', 'tool_result', {
        role: 'user',
        parts: [{ functionResponse: { id: 'c', name: 'ls', response: { output: 'src' } } }],
      }),
    ),
    'claude-code',
  );
  expect(shortly(found)).toEqual([
    ['user', 'human', 'text: Mend it'],
    ['assistant', 'model', 'reasoning: Hm', 'tool_call: {}'],
    ['user', 'tool', 'tool_result: src'],
  ]);
  expect(found?.messages[1]?.model).toBe('x');
});
