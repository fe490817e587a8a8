/** AnythingLLM, Continue, Copilot in VS Code, Character.AI by CAI-Tools, and `chat.html`: found by shape and read whole. */
import { describe, expect, it } from 'vitest';
import { fileOf, newCapture } from '../../../../../test/kit/capture.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import { noContext } from '../canonical.ts';
import { planExport } from '../export-plan.ts';
import { elementsFrom } from '../import-run.ts';
import { readRecord } from '../read-record.ts';

async function read(bytes: string, name = 'file') {
  const plan = await planExport(fileOf(Buffer.from(bytes)), name, null);
  const found = [];
  for await (const { stream, bytes: record } of elementsFrom(plan, { stream: 0, element: 0 })) {
    const reading = readRecord(stream.source, record ?? Buffer.alloc(0), plan.context);
    if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
    const { source, title, messages, key, created } = reading.conversation;
    const said = messages.map(({ authorKind, parts }) => [
      authorKind,
      ...parts.map(({ kind, text }) => `${kind}: ${text}`),
    ]);
    found.push({ source, title, key, created: created.ms, said, issues: reading.issues.map(({ code }) => code) });
  }
  return found;
}

describe('AnythingLLM', () => {
  const rows = [
    { workspace: 'Garden', prompt: 'And pears?', response: 'The same.', sent_at: '2026-01-02T00:01:00Z', id: 2 },
    {
      workspace: 'Garden',
      prompt: 'Roses?',
      response: '{"text":"In winter.","sources":[{"title":"Book"}]}',
      sent_at: '2026-01-02T00:00:00Z',
      id: 1,
    },
    { workspace: 'Roof', prompt: 'Tiles?', response: 'Red.', sent_at: '2026-01-03T00:00:00Z', id: 3 },
  ];
  const garden = {
    source: 'anythingllm',
    title: 'Garden',
    created: Date.UTC(2026, 0, 2),
    said: [
      ['human', 'text: Roses?'],
      ['model', 'text: In winter.'],
      ['human', 'text: And pears?'],
      ['model', 'text: The same.'],
    ],
    issues: ['conversation_uncertain'],
  };
  const quoted = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`;
  const csv = [
    'id,workspace,prompt,response,sent_at',
    ...rows.map((row) => [row.id, row.workspace, row.prompt, row.response, row.sent_at].map(quoted).join(',')),
  ].join('\n');

  it.each([
    ['JSON', JSON.stringify(rows)],
    ['JSON lines', rows.map((row) => JSON.stringify(row)).join('\n')],
    ['CSV', csv],
  ])('is a conversation for each workspace, oldest first, from %s', async (_, file) => {
    const [one, other, ...rest] = await read(file);
    expect(one).toMatchObject(garden);
    expect(other).toMatchObject({ title: 'Roof', issues: [] });
    expect(rest).toEqual([]);
    expect(one?.key).toBe((await read(JSON.stringify(rows)))[0]?.key);
  });
});

it('AnythingLLM: a picture that came with a prompt comes once', async () => {
  const image = 'data:image/png;base64,iVBORw0KGgo=';
  const response = JSON.stringify({ text: 'A heron.', attachments: [{ name: 'a.png', contentString: image }] });
  const row = { workspace: 'W', prompt: 'Which?', response, sent_at: '2026-01-02T00:00:00Z' };
  const [found] = await read(JSON.stringify([{ ...row, attachments: [{ type: 'image', image }] }]));
  expect(found?.said).toEqual([
    ['human', 'text: Which?', 'image: null'],
    ['model', 'text: A heron.'],
  ]);
});

it('Continue: what stood beside a prompt is context, calls and results are tools', async () => {
  const call = { id: 't', type: 'function', function: { name: 'read_file', arguments: '{"path":"a.ts"}' } };
  const session = {
    sessionId: 's',
    title: 'Parser',
    workspaceDirectory: 'file:///a',
    history: [
      { message: { role: 'user', content: 'Why?' }, contextItems: [{ name: 'a.ts', content: 'let a' }] },
      { message: { role: 'thinking', content: 'Hm' } },
      { message: { role: 'assistant', content: 'I look.', toolCalls: [call] }, contextItems: [] },
      { message: { role: 'tool', content: 'let a', toolCallId: 't' } },
      'strange',
    ],
  };
  expect(await read(JSON.stringify(session))).toMatchObject([
    {
      source: 'continue',
      title: 'Parser',
      said: [
        ['human', 'context: a.ts\n\nlet a', 'text: Why?'],
        ['model', 'reasoning: Hm'],
        ['model', 'text: I look.', 'tool_call: {"path":"a.ts"}'],
        ['tool', 'tool_result: let a'],
        ['runtime', 'raw: strange'],
      ],
    },
  ]);
});

it('Continue: thoughts beside a message, and what a tool gave beside its call, once', async () => {
  const state = (id: string, content: string, status = 'done') => ({
    toolCallId: id,
    status,
    toolCall: { function: { name: 'ls' } },
    output: [{ name: 'Out', content }],
  });
  const session = {
    sessionId: 's',
    history: [
      { message: { role: 'user', content: 'Look' }, toolCallStates: 7, reasoning: 'x' },
      {
        message: { role: 'assistant', content: 'I look.' },
        reasoning: { text: 'Hm' },
        toolCallStates: [state('a', 'a.ts'), state('b', 'said below'), state('c', 'gone', 'errored'), null],
      },
      { message: { role: 'tool', content: 'said below', toolCallId: 'b' } },
    ],
  };
  expect(await read(JSON.stringify(session))).toMatchObject([
    {
      said: [
        ['human', 'text: Look'],
        ['model', 'reasoning: Hm', 'text: I look.', 'tool_result: a.ts', 'error: gone'],
        ['tool', 'tool_result: said below'],
      ],
      issues: [],
    },
  ]);
});

it('AnythingLLM: an answer says which model gave it', () => {
  const row = {
    workspace: 'W',
    prompt: 'Which?',
    sent_at: '2026-01-02T00:00:00Z',
    response: '{"text":"A heron.","metrics":{"model":"m-1"}}',
  };
  const reading = readRecord(
    'anythingllm',
    Buffer.from(JSON.stringify([row, { ...row, response: '{"text":"x","metrics":7}' }])),
    noContext,
  );
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  expect(reading.conversation.messages.map(({ model }) => model)).toEqual([null, 'm-1', null, null]);
});

it('Copilot in VS Code: words are joined around references, and an unknown piece is kept', async () => {
  const chat = {
    requesterUsername: 'ada',
    responderUsername: 'GitHub Copilot',
    requests: [
      {
        requestId: 'r1',
        message: { text: 'Explain \ud83d' },
        variableData: { variables: [{ name: 'file:a.ts' }] },
        response: [
          { value: 'See ' },
          { kind: 'inlineReference', inlineReference: { path: '/src/a.ts' } },
          { value: '.' },
          {
            kind: 'toolInvocationSerialized',
            toolId: 'grep',
            toolCallId: 't',
            invocationMessage: 'Searching',
            pastTenseMessage: 'Found 2',
          },
          { kind: 'progressMessage', content: { value: '…' } },
          { kind: 'novelty' },
        ],
        timestamp: 1_767_323_045_000,
        isCanceled: true,
      },
    ],
  };
  expect(await read(JSON.stringify(chat))).toMatchObject([
    {
      source: 'vscode-copilot',
      created: 1_767_323_045_000,
      said: [
        ['human', 'text: Explain \ufffd', 'context: file:a.ts'],
        ['model', 'text: See `a.ts`.', 'tool_call: Searching', 'tool_result: Found 2', 'raw: kind: novelty'],
      ],
      issues: ['content_unknown'],
    },
  ]);
});

it('Character.AI: each history is a conversation', async () => {
  const message = (text: string, human: boolean) => ({
    text,
    src: { is_human: human, name: human ? 'Ada' : 'Holmes' },
  });
  const file = {
    info: { character: { name: 'Holmes' } },
    histories: {
      histories: [
        {
          external_id: 'h1',
          created: '2024-01-02T00:00:00Z',
          msgs: [message('Enter.', false), message('Hello', true)],
        },
        { external_id: 'h2', msgs: [message('Enter.', false)] },
      ],
    },
  };
  expect(await read(JSON.stringify(file))).toMatchObject([
    {
      source: 'sillytavern',
      title: 'Holmes',
      key: 'h1',
      said: [
        ['model', 'text: Enter.'],
        ['human', 'text: Hello'],
      ],
    },
    { title: 'Holmes', key: 'h2' },
  ]);
});

describe('chat.html of a ChatGPT export', () => {
  const page = (list: readonly object[]) =>
    `<html><head><title>ChatGPT Data Export</title><script>var jsonData = ${JSON.stringify(list)};\nvar assetsJson = {"a": [1]};</script></head><body>[}</body></html>`;
  const list = [dialogue('c1', 'One', ['Hi </script> there', 'Hello']), dialogue('c2', 'Two', ['Bye'])];

  it('comes in where it is all there is, and once', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: page(list), name: 'chat.html' });
    expect(run).toMatchObject({
      state: 'done',
      detected: { source: 'chatgpt' },
      report: { conversations: { added: 2 }, issues: [] },
    });
    const zip = zipOf([
      { name: 'conversations.json', bytes: JSON.stringify(list) },
      { name: 'chat.html', bytes: page(list) },
    ]);
    const both = await newCapture(bob).bring({ bytes: zip, name: 'export.zip' });
    expect(both.report).toMatchObject({
      conversations: { added: 2, unchanged: 0 },
      issues: [{ code: 'pages_not_imported' }],
    });
  });

  it('that was cut off says so', async () => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: page(list).slice(0, 900), name: 'chat.html' });
    expect(run).toMatchObject({ state: 'failed', error: { code: 'import_json_invalid' } });
  });
});
