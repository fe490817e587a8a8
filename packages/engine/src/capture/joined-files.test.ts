/** Sessions in many small files, as opencode's storage folder holds them: whole sessions in order, each file accounted for. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { type ZipMember, zipOf } from '../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../space/user-space.ts';

const at = 1_767_323_045_000;
const file = (name: string, value: unknown): ZipMember => ({ name: `storage/${name}`, bytes: JSON.stringify(value) });
const session = (id: string, title: string) =>
  file(`session/p1/${id}.json`, {
    id,
    title,
    projectID: 'p1',
    directory: '/home/ada/boat',
    time: { created: at, updated: at + 9 },
  });
const message = (id: string, of: string, role: string, created: number) =>
  file(`message/${of}/${id}.json`, {
    id,
    sessionID: of,
    role,
    time: { created },
    ...(role === 'assistant' ? { modelID: 'm' } : {}),
  });
const part = (id: string, of: string, rest: object) =>
  file(`part/${of}/${id}.json`, { id, messageID: of, sessionID: 'ses_1', ...rest });

const folder = [
  part('prt_3', 'msg_2', { type: 'text', text: 'Done.' }),
  part('prt_2', 'msg_2', {
    type: 'tool',
    tool: 'read',
    callID: 'c',
    state: { status: 'completed', input: { path: 'a' }, output: 'let a', time: { start: at + 5 } },
  }),
  part('prt_1', 'msg_1', { type: 'text', text: 'Mend it' }),
  message('msg_2', 'ses_1', 'assistant', at + 2),
  message('msg_1', 'ses_1', 'user', at + 1),
  session('ses_1', 'Mend it'),
  file('project/p1.json', { id: 'p1', worktree: '/home/ada/boat', vcs: 'git', time: { created: at } }),
  file('todo/ses_1.json', [{ id: '1', content: 'Sew', status: 'pending', priority: 'high' }]),
  file('session_diff/ses_1.json', [{ file: 'a.ts', additions: 1, deletions: 0 }]),
];
const saidIn = (space: UserSpace) =>
  space.read((r) =>
    r.conversations
      .page({ limit: 9 })
      .items.map(({ id, title }) => [
        title,
        ...(r.conversations.messages(id, { limit: 20, branches: 'active' })?.items ?? []).map(({ role, parts }) => [
          role,
          ...parts.map(({ kind, text }) => `${kind}: ${text}`),
        ]),
      ]),
  );

describe('a folder of sessions in pieces', () => {
  it('comes in as whole sessions, and what lies beside them is known', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: zipOf(folder), name: 'opencode.zip' });
    expect(run).toMatchObject({
      state: 'done',
      detected: { source: 'opencode' },
      report: { conversations: { added: 1 }, issues: [] },
    });
    expect(saidIn(alice)).toEqual([
      [
        'Mend it',
        ['user', 'text: Mend it'],
        ['assistant', 'tool_call: {"path":"a"}', 'tool_result: let a', 'text: Done.'],
      ],
    ]);
    expect(saidIn(bob)).toEqual([]);
    const again = await newCapture(alice).bring({
      bytes: zipOf([...folder, file('x.json', [])]),
      name: 'opencode.zip',
    });
    expect(again.report.conversations).toMatchObject({ added: 0, unchanged: 1 });
  });

  it('without its session, with parts of nobody and damaged pieces, says so', async () => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        message('msg_1', 'ses_9', 'user', at),
        part('prt_1', 'msg_1', { type: 'text', text: 'Hello there' }),
        part('prt_7', 'msg_7', { type: 'text', text: 'lost' }),
        { name: 'storage/part/msg_1/prt_2.json', bytes: '{"id":"prt_2","messageID":' },
      ]),
      name: 'opencode.zip',
    });
    expect(run.report).toMatchObject({ conversations: { added: 1 } });
    expect(run.report.issues.map(({ code, path }) => [code, path])).toEqual([
      ['entry_not_readable', 'storage/part/msg_1/prt_2.json'],
      ['kind_not_imported', 'storage/part/msg_7/prt_7.json'],
    ]);
    expect(saidIn(alice)).toMatchObject([[null, ['user', 'text: Hello there']]]);
  });

  it('without any message is refused with what it is', async () => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: zipOf([session('ses_1', 'T')]), name: 'opencode.zip' });
    expect(run).toMatchObject({ state: 'failed', error: { code: 'import_format_unknown' } });
  });

  /** As it lay until July 2025, and lies still after the program moved it. */
  const old = (name: string, value: unknown): ZipMember => ({
    name: `project/home-ada-boat/storage/session/${name}`,
    bytes: JSON.stringify(value),
  });
  const before = [
    old('info/ses_1.json', { id: 'ses_1', version: '0.3.1', title: 'Mend it', time: { created: at, updated: at + 3 } }),
    old('message/ses_1/msg_1.json', { id: 'msg_1', sessionID: 'ses_1', role: 'user', time: { created: at + 1 } }),
    old('message/ses_1/msg_2.json', { id: 'msg_2', sessionID: 'ses_1', role: 'assistant', time: { created: at + 2 } }),
    old('part/ses_1/msg_1/prt_1.json', {
      id: 'prt_1',
      messageID: 'msg_1',
      sessionID: 'ses_1',
      type: 'text',
      text: 'Mend it',
    }),
    old('part/ses_1/msg_2/prt_3.json', {
      id: 'prt_3',
      messageID: 'msg_2',
      sessionID: 'ses_1',
      type: 'text',
      text: 'Done.',
    }),
  ];

  it('of before July 2025 comes in, and once where the newer layout lies beside it', async () => {
    const { alice, bob } = twoSpaces();
    const first = await newCapture(alice).bring({ bytes: zipOf(before), name: 'opencode.zip' });
    expect(first.report).toMatchObject({ conversations: { added: 1 }, messages: { added: 2 }, issues: [] });
    expect(saidIn(alice)).toEqual([['Mend it', ['user', 'text: Mend it'], ['assistant', 'text: Done.']]]);
    for (const both of [
      [...before, ...folder],
      [...folder, ...before],
    ]) {
      const run = await newCapture(alice).bring({ bytes: zipOf(both), name: 'opencode.zip' });
      expect(run.report.conversations).toMatchObject({ added: 0, skipped: 0 });
      expect(saidIn(alice)).toEqual([
        [
          'Mend it',
          ['user', 'text: Mend it'],
          ['assistant', 'tool_call: {"path":"a"}', 'tool_result: let a', 'text: Done.'],
        ],
      ]);
    }
    expect(saidIn(bob)).toEqual([]);
  });

  it('with parts inside of its messages, as the first versions wrote them, comes in', async () => {
    const { alice } = twoSpaces();
    const metadata = (created: number, rest: object = {}) => ({
      sessionID: 'ses_5',
      time: { created },
      tool: {},
      ...rest,
    });
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        old('info/ses_5.json', { id: 'ses_5', title: 'Sew', time: { created: at, updated: at } }),
        old('message/ses_5/msg_9.json', {
          id: 'msg_9',
          role: 'assistant',
          parts: [
            { type: 'step-start' },
            {
              type: 'tool-invocation',
              toolInvocation: {
                state: 'result',
                toolCallId: 'c',
                toolName: 'read',
                args: { path: 'a' },
                result: 'let a',
              },
            },
            { type: 'text', text: 'Sewn.' },
          ],
          metadata: metadata(at + 2, { assistant: { modelID: 'm', providerID: 'p', system: ['Be brief.'] } }),
        }),
        old('message/ses_5/msg_8.json', {
          id: 'msg_8',
          role: 'user',
          parts: [{ type: 'text', text: 'Sew it' }],
          metadata: metadata(at + 1),
        }),
      ]),
      name: 'opencode.zip',
    });
    expect(run.report).toMatchObject({ conversations: { added: 1, degraded: 0 }, messages: { added: 2 } });
    expect(saidIn(alice)).toEqual([
      ['Sew', ['user', 'text: Sew it'], ['assistant', 'tool_call: {"path":"a"}', 'tool_result: let a', 'text: Sewn.']],
    ]);
  });
});
