/** GitHub Copilot in VS Code: what a tool was called with and what came of it, what was given with a prompt; and logs of its command line. */
import { describe, expect, it } from 'vitest';
import { conversationsOf, jsonLinesOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';

const at = 1_767_323_045_000;
const chat = (request: object) =>
  JSON.stringify({
    responderUsername: 'GitHub Copilot',
    requests: [{ requestId: 'r', timestamp: at, message: { text: 'Go' }, ...request }],
  });
const call = (id: string, rest: object = {}) => ({
  kind: 'toolInvocationSerialized',
  toolId: 'run',
  toolCallId: id,
  invocationMessage: 'Running',
  pastTenseMessage: 'Ran',
  ...rest,
});

describe('a call of a tool', () => {
  it('has what it was called with and what came of it, where the chat holds that', async () => {
    const node = {
      type: 1,
      children: [
        { type: 2, text: 'line one' },
        { type: 2, text: 'line two' },
      ],
    };
    const [found] = await conversationsOf(
      chat({
        response: [
          call('a'),
          call('b', {
            toolSpecificData: {
              kind: 'terminal',
              commandLine: { original: 'ls', userEdited: 'ls -l' },
              terminalCommandOutput: { text: 'a.ts' },
            },
          }),
          call('c', {
            toolSpecificData: { kind: 'subagent', description: 'Look', prompt: 'Look around', result: 'Nothing' },
          }),
          call('d'),
          { kind: 'questionCarousel', questions: [{ question: 'Red or white?' }], data: { q: 'red' } },
        ],
        result: {
          metadata: {
            resolvedModel: 'm-1',
            toolCallRounds: [{ toolCalls: [{ id: 'a', name: 'run', arguments: '{"q":1}' }] }],
            toolCallResults: { a: { content: [{ value: { node } }, { value: 'and more' }] } },
          },
        },
      }),
      'vscode-copilot',
    );
    expect(found?.messages[1]).toMatchObject({ model: 'm-1' });
    expect(shortly(found)[1]?.slice(2)).toEqual([
      'tool_call: {"q":1}',
      'tool_result: line one\nline two\nand more',
      'tool_call: {"command":"ls -l"}',
      'tool_result: a.ts',
      'tool_call: {"description":"Look","prompt":"Look around"}',
      'tool_result: Nothing',
      'tool_call: Running',
      'tool_result: Ran',
      'text: Red or white?',
      'context: red',
    ]);
  });

  it('of wrong types, or of an answer that is nested deeply, is read as far as it goes', async () => {
    let deep: object = { text: 'deep' };
    for (let ix = 0; ix < 100; ix += 1) deep = { children: [deep] };
    const metadata = { toolCallRounds: 'x', toolCallResults: { a: { content: [deep, 7, null] }, b: [] } };
    const [found] = await conversationsOf(
      chat({ response: [call('a', { toolSpecificData: 7, resultDetails: 'x' }), 7, null], result: { metadata } }),
      'vscode-copilot',
    );
    expect(shortly(found)[1]).toContain('tool_call: Running');
  });

  it('leaves files, pictures and pasted words with their prompt', async () => {
    const variables = [
      { kind: 'file', name: 'a.ts', value: { fsPath: '/src/a.ts' } },
      { kind: 'image', name: 'shot.png', mimeType: 'image/png', value: {} },
      { kind: 'paste', name: 'Pasted', code: 'let b' },
      { name: 'workspace', value: 7 },
    ];
    const [found] = await conversationsOf(chat({ variableData: { variables }, response: [] }), 'vscode-copilot');
    expect(shortly(found)[0]).toEqual([
      'user',
      'human',
      'text: Go',
      'file: null',
      'image: null',
      'context: let b',
      'context: workspace',
    ]);
  });
});

describe('a log of the command line', () => {
  const event = (type: string, data: object, ix: number) => ({
    type,
    data,
    id: `e${ix}`,
    parentId: null,
    timestamp: new Date(at + ix).toISOString(),
  });
  const rows = [
    event(
      'session.start',
      { sessionId: 's', startTime: '2026-01-02T03:04:05Z', context: { cwd: '/boat', branch: 'sail' } },
      0,
    ),
    event('session.model_change', { newModel: 'm-2' }, 1),
    event(
      'user.message',
      { content: 'Mend it', attachments: [{ type: 'file', path: '/boat/a.ts', displayName: 'a.ts' }] },
      2,
    ),
    event('assistant.turn_start', { turnId: '0' }, 3),
    event(
      'assistant.message',
      {
        content: 'I look.',
        reasoningText: 'Hm',
        toolRequests: [{ toolCallId: 't', name: 'view', arguments: { path: 'a' } }],
      },
      4,
    ),
    event('tool.execution_start', { toolCallId: 't' }, 5),
    event('tool.execution_complete', { toolCallId: 't', success: false, error: { message: 'gone' } }, 6),
    event('session.error', { message: 'Out of luck' }, 7),
  ];

  it('is one conversation with its folder, model, tools and errors', async () => {
    const [found, ...rest] = await conversationsOf(jsonLinesOf(...rows), 'vscode-copilot');
    expect(rest).toEqual([]);
    expect(found).toMatchObject({
      externalId: 's',
      projectId: '/boat',
      defaultModel: 'm-2',
      flags: { command_line: true, git_branch: 'sail' },
    });
    expect(shortly(found)).toEqual([
      ['user', 'human', 'text: Mend it', 'file: null'],
      ['assistant', 'model', 'reasoning: Hm', 'text: I look.', 'tool_call: {"path":"a"}'],
      ['tool', 'tool', 'error: gone'],
      ['system', 'runtime', 'error: Out of luck'],
    ]);
  });

  it('in which nothing was said is skipped, and one with wrong types is read', async () => {
    expect((await readFile(jsonLinesOf(...rows.slice(0, 2)))).readings).toMatchObject([{ outcome: 'skipped' }]);
    const odd = [
      rows[0],
      event('user.message', { content: { a: 1 } }, 1),
      event('user.message', { content: 'Hi', attachments: 7 }, 2),
      event('assistant.message', { content: null, toolRequests: [7, {}] }, 3),
    ];
    expect(shortly((await conversationsOf(jsonLinesOf(...odd), 'vscode-copilot'))[0])).toHaveLength(2);
  });
});
