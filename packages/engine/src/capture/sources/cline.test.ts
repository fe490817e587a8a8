/** Tasks of Cline, Roo Code and Kilo Code: what a person wrote is told from what tools and the editor put in their name. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { conversationsOf, readFile } from '../../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import { askedParts, saidParts } from './cline-words.ts';

const at = 1_767_323_045_000;
const text = (words: string) => ({ type: 'text', text: words });
const around = text('<environment_details>\n# Open Tabs\nsail.ts\n</environment_details>');

const task = [
  { role: 'user', content: [text('<task>\nMend the sail\n</task>'), around], ts: at },
  {
    role: 'assistant',
    content: [text('<thinking>First look.</thinking>\nI look.\n<read_file>\n<path>sail.ts</path>\n</read_file>')],
    ts: at + 1,
    modelInfo: { modelId: 'm-1' },
  },
  { role: 'user', content: [text("[read_file for 'sail.ts'] Result:"), text('let sail = 1;'), around], ts: at + 2 },
  {
    role: 'assistant',
    content: [
      text(
        '<ask_followup_question>\n<question>Red or white?</question>\n<options>["red","white"]</options>\n</ask_followup_question>',
      ),
    ],
    ts: at + 3,
  },
  { role: 'user', content: [text('[ask_followup_question] Result:\n<answer>\nRed\n</answer>')], ts: at + 4 },
  {
    role: 'assistant',
    content: [{ type: 'tool_use', id: 't', name: 'execute_command', input: { command: 'sew' } }],
    ts: at + 5,
  },
  {
    role: 'user',
    content: [
      { type: 'tool_result', tool_use_id: 't', content: 'Denied:\n<feedback>\nBy hand, please\n</feedback>' },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } },
    ],
    ts: at + 6,
  },
];
const shown = [
  { ts: at, type: 'say', say: 'text', text: 'Mend the sail', images: ['data:image/png;base64,AA=='] },
  { ts: at + 1, type: 'say', say: 'api_req_started', text: '{"request":"…"}' },
  { ts: at + 2, type: 'say', say: 'reasoning', text: 'First look.' },
  { ts: at + 3, type: 'say', say: 'text', text: 'I look.' },
  { ts: at + 4, type: 'ask', ask: 'tool', text: '{"tool":"readFile","path":"sail.ts"}' },
  { ts: at + 5, type: 'ask', ask: 'command', text: 'sew', partial: true },
  { ts: at + 6, type: 'ask', ask: 'command', text: 'sew sail' },
  { ts: at + 7, type: 'say', say: 'command_output', text: 'sewn' },
  { ts: at + 8, type: 'ask', ask: 'followup', text: '{"question":"Red?","suggest":["yes"]}' },
  { ts: at + 9, type: 'say', say: 'user_feedback', text: 'Yes' },
  { ts: at + 10, type: 'say', say: 'error', text: 'Thread broke' },
  { ts: at + 11, type: 'say', say: 'completion_result', text: 'Done.' },
];

async function read(value: unknown) {
  const bytes = Buffer.from(JSON.stringify(value));
  const { source } = await readFile(bytes);
  return { source, found: await conversationsOf(bytes, 'cline') };
}

describe('a task', () => {
  it('as it was sent tells the person, tools and the editor apart', async () => {
    const { source, found } = await read(task);
    expect(source).toBe('cline');
    expect(found).toMatchObject([{ created: { ms: at }, updated: { ms: at + 6 }, defaultModel: 'm-1' }]);
    expect(
      found[0]?.messages.map(({ authorKind, parts }) => [
        authorKind,
        ...parts.map(({ kind, text: words }) => `${kind}: ${words}`),
      ]),
    ).toEqual([
      ['human', 'text: Mend the sail', 'context: # Open Tabs\nsail.ts'],
      ['model', 'reasoning: First look.', 'text: I look.', 'tool_call: {"path":"sail.ts"}'],
      ['tool', 'tool_result: let sail = 1;', 'context: # Open Tabs\nsail.ts'],
      ['model', 'text: Red or white?', 'tool_call: {"options":"[\\"red\\",\\"white\\"]"}'],
      ['human', 'text: Red'],
      ['model', 'tool_call: {"command":"sew"}'],
      ['human', 'tool_result: Denied:', 'text: By hand, please', 'image: null'],
    ]);
  });

  it('as its window showed it', async () => {
    const { source, found } = await read(shown);
    expect(source).toBe('cline');
    expect(
      found[0]?.messages.map(({ authorKind, created, parts }) => [
        authorKind,
        (created.ms ?? 0) - at,
        ...parts.map(({ kind, text: words }) => `${kind}: ${words}`),
      ]),
    ).toEqual([
      ['human', 0, 'text: Mend the sail', 'image: null'],
      [
        'model',
        2,
        'reasoning: First look.',
        'text: I look.',
        'tool_call: {"tool":"readFile","path":"sail.ts"}',
        'tool_call: {"command":"sew sail"}',
      ],
      ['tool', 7, 'tool_result: sewn'],
      ['model', 8, 'text: Red?', 'tool_call: {"suggest":["yes"]}'],
      ['human', 9, 'text: Yes'],
      ['runtime', 10, 'error: Thread broke'],
      ['model', 11, 'text: Done.'],
    ]);
  });

  it('comes in once out of its folder, and what lies beside it is named', async () => {
    const { alice, bob } = twoSpaces();
    const file = (name: string, value: unknown) => ({ name, bytes: JSON.stringify(value) });
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        file('tasks/1/api_conversation_history.json', task),
        file('tasks/1/ui_messages.json', shown),
        file('tasks/1/task_metadata.json', { files_in_context: [{ path: 'sail.ts' }] }),
        file('tasks/1/history_item.json', { id: '1', task: 'Mend the sail', ts: at, tokensIn: 1, tokensOut: 1 }),
        file('sessions/s/s.json', {
          version: 1,
          session_id: 's',
          started_at: '2026-01-02T03:04:05Z',
          workspace_root: '/a',
          metadata: { title: 'Oars' },
        }),
        file('sessions/s/s.messages.json', {
          version: 1,
          agent: 'x',
          sessionId: 's',
          messages: [
            { id: 'a', role: 'user', content: [text('<user_input mode="act">Oars?</user_input>')], ts: at },
            { id: 'b', role: 'assistant', content: [text('Of ash.')], ts: at, modelInfo: { id: 'm-2' } },
          ],
        }),
      ]),
    });
    expect(run).toMatchObject({
      state: 'done',
      detected: { source: 'cline' },
      report: { conversations: { added: 2 } },
    });
    expect(run.report.issues.map(({ code, path }) => [code, path])).toEqual([
      ['kind_apart', 'tasks/1/ui_messages.json'],
    ]);
    expect(alice.read((r) => r.conversations.page({ limit: 9 })).items.map(({ title }) => title)).toContain('Oars');
    expect(bob.read((r) => r.conversations.page({ limit: 9 })).items).toEqual([]);
  });

  it('is read from its window where its messages are gone, though those of other tasks lie beside it', async () => {
    const { alice, bob } = twoSpaces();
    const file = (name: string, value: unknown) => ({ name, bytes: JSON.stringify(value) });
    const lost = shown.map((row) => (row.text === 'Mend the sail' ? { ...row, text: 'Paint the hull' } : row));
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        file('tasks/1/ui_messages.json', shown),
        file('tasks/1/api_conversation_history.json', task),
        file('tasks/2/ui_messages.json', lost),
        file('tasks/3/api_conversation_history.json', [{ ...task[0], ts: at + 60_000 }, task[1]]),
      ]),
    });
    expect(run.report).toMatchObject({ conversations: { added: 3 } });
    expect(run.report.issues.map(({ code, path }) => [code, path])).toEqual([
      ['kind_apart', 'tasks/1/ui_messages.json'],
    ]);
    const said = alice.read((r) =>
      r.conversations
        .page({ limit: 9 })
        .items.map(
          ({ id }) => r.conversations.messages(id, { limit: 1, branches: 'active' })?.items[0]?.parts[0]?.text,
        ),
    );
    expect(said.toSorted()).toEqual(['Mend the sail', 'Mend the sail', 'Paint the hull']);
    expect(bob.read((r) => r.conversations.page({ limit: 9 })).items).toEqual([]);
  });

  it.each([
    ['messages that are none', [...task.slice(0, 3), 'x', null, 7, { role: 'user' }]],
    [
      'blocks of wrong types',
      [{ role: 'user', content: [text('<task>Hi</task>'), 7, null, { type: 'text', text: 7 }], ts: 'x' }],
    ],
    [
      'rows of wrong types',
      [
        { ts: 1, type: 'say', say: 7, text: {} },
        { ts: 2, type: 'ask', ask: 'tool', text: '{' },
        { ts: 3, type: 'say', say: 'text', text: 'Hi' },
      ],
    ],
  ])('with %s is read as far as it goes', async (_, value) => {
    const { source, found } = await read(value);
    expect(source).toBe('cline');
    expect(found).toHaveLength(1);
  });

  it('keeps text that only looks like a tag, and ends with one that is never closed', () => {
    expect(saidParts('a <b>bold</b> <read_file> x').map(({ kind }) => kind)).toEqual(['text']);
    expect(saidParts('<a_b>'.repeat(50_000)).length).toBe(1);
    const names = Array.from({ length: 30_000 }, (_, ix) => `<x_${ix.toString(26).replace(/\d/g, 'q')}>`).join('');
    expect(askedParts(`<task>${names}</task>`, null).parts).toHaveLength(1);
    expect(saidParts(`<read_file>${names}</read_file>`)).toMatchObject([{ kind: 'tool_call' }]);
  });
});
