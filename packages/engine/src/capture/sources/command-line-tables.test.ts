/** Databases of agents in the terminal: each conversation in order, with its tools; what they lack is not made up. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { databaseOf } from '../../../../../test/kit/sqlite-files.ts';

const spoken = (found: Parameters<typeof shortly>[0]) => shortly(found).map(([, ...rest]) => rest);
const at = 1_767_323_045;
const json = JSON.stringify;
const part = (type: string, data: object) => ({ type, data });

const crush = databaseOf(
  `CREATE TABLE sessions (id TEXT PRIMARY KEY, parent_session_id TEXT, title TEXT, updated_at INTEGER, created_at INTEGER);
   CREATE TABLE messages (id TEXT PRIMARY KEY, session_id TEXT, role TEXT, parts TEXT, model TEXT, created_at INTEGER);`,
  {
    sessions: [{ id: 's', title: 'Mend it', created_at: at, updated_at: at + 9 }],
    messages: [
      // All within one second, under ids that say nothing of their order.
      { id: 'z', session_id: 's', role: 'user', parts: json([part('text', { text: 'Mend it' })]), created_at: at },
      {
        id: 'c',
        session_id: 's',
        role: 'assistant',
        model: 'm-1',
        parts: json([
          part('reasoning', { thinking: 'Look first.' }),
          part('tool_call', { id: 't', name: 'view', input: '{"path":"a"}', finished: true }),
          part('finish', { reason: 'tool_use', time: at }),
        ]),
        created_at: at,
      },
      {
        id: 'b',
        session_id: 's',
        role: 'tool',
        parts: json([part('tool_result', { tool_call_id: 't', name: 'view', content: 'let a', is_error: false })]),
        created_at: at,
      },
      {
        id: 'a',
        session_id: 's',
        role: 'assistant',
        model: 'm-1',
        parts: json([part('text', { text: 'Done.' }), part('finish', { reason: 'error', message: 'Out of credit' })]),
        created_at: at + 1,
      },
    ],
  },
);

const pair = (asked: object, said: object) => [{ content: asked, images: null }, said];
const talk = {
  conversation_id: 'q1',
  history: [
    pair(
      { Prompt: { prompt: 'Which knot?' } },
      {
        ToolUse: {
          message_id: 'm1',
          content: 'I look.',
          tool_uses: [{ id: 't', name: 'fs_read', args: { path: 'a' } }],
        },
      },
    ),
    pair(
      {
        ToolUseResults: { tool_use_results: [{ tool_use_id: 't', status: 'Success', content: [{ Text: 'bowline' }] }] },
      },
      { Response: { message_id: 'm2', content: 'A bowline.' } },
    ),
  ],
  transcript: ['> Which knot?'],
};
const amazonQ = databaseOf(
  `CREATE TABLE conversations (key TEXT PRIMARY KEY, value TEXT);
   CREATE TABLE conversations_v2 (key TEXT, conversation_id TEXT, value TEXT, created_at INTEGER, updated_at INTEGER);`,
  {
    conversations: [
      { key: '/boat', value: json(talk) },
      { key: '/broken', value: '{"conversation_id":' },
    ],
    conversations_v2: [
      {
        key: '/sea',
        conversation_id: 'q2',
        value: json({ ...talk, conversation_id: 'q2' }),
        created_at: at * 1000,
        updated_at: at * 1000,
      },
    ],
  },
);
const told = [
  ['human', 'text: Which knot?'],
  ['model', 'text: I look.', 'tool_call: {"path":"a"}'],
  ['tool', 'tool_result: bowline'],
  ['model', 'text: A bowline.'],
];

describe('databases of agents in the terminal', () => {
  it('Crush: in the order they were written, though all of a second', async () => {
    expect(await readFile(crush)).toMatchObject({ source: 'generic', why: expect.stringContaining('Crush') });
    const [found, ...rest] = await conversationsOf(crush, 'generic');
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ externalId: 's', title: 'Mend it', created: { ms: at * 1000 } });
    expect(spoken(found)).toEqual([
      ['human', 'text: Mend it'],
      ['model', 'reasoning: Look first.', 'tool_call: {"path":"a"}'],
      ['tool', 'tool_result: let a'],
      ['model', 'text: Done.', 'error: Out of credit'],
    ]);
  });

  it('Amazon Q: pairs of what went in and came out, out of its tables and as it saves them', async () => {
    const found = await conversationsOf(amazonQ, 'generic');
    expect(found.map(({ externalId, projectId }) => [externalId, projectId])).toEqual([
      ['q1', '/boat'],
      ['q2', '/sea'],
    ]);
    for (const one of found) expect(spoken(one)).toEqual(told);
    const saved = json({ ...talk, history: talk.history.map(([user, assistant]) => ({ user, assistant })) });
    expect(await readFile(saved)).toMatchObject({ source: 'generic', why: expect.stringContaining('Amazon Q') });
    const [again] = await conversationsOf(saved, 'generic');
    expect(spoken(again)).toEqual(told);
  });

  it('Warp: what was asked, and nothing in the place of answers', async () => {
    const file = databaseOf(
      'CREATE TABLE ai_queries (id INTEGER PRIMARY KEY, exchange_id TEXT, conversation_id TEXT, start_ts TEXT, input TEXT, working_directory TEXT);',
      {
        ai_queries: [
          {
            id: 1,
            exchange_id: 'e1',
            conversation_id: 'w',
            start_ts: '2026-01-02 03:04:05',
            input: json([{ Query: { text: 'Which port?' } }]),
            working_directory: '/boat',
          },
          { id: 2, exchange_id: 'e2', conversation_id: 'w', start_ts: '2026-01-02 03:05:05', input: '[]' },
          { id: 3, exchange_id: 'e3', conversation_id: 'w', start_ts: '2026-01-02 03:06:05', input: 'not JSON' },
        ],
      },
    );
    const [found] = await conversationsOf(file, 'generic');
    expect(found).toMatchObject({ externalId: 'w', projectId: '/boat' });
    expect(spoken(found)).toEqual([['human', 'text: Which port?']]);
  });

  it('of one person come in for that person, once', async () => {
    const { alice, bob } = twoSpaces();
    const bring = (bytes: Buffer, name: string) => newCapture(alice).bring({ bytes, name });
    await bring(crush, 'crush.db');
    await bring(amazonQ, 'data.sqlite3');
    expect((await bring(amazonQ, 'copy.sqlite3')).report.conversations).toMatchObject({ added: 0 });
    expect(alice.read((r) => r.conversations.page({ limit: 9 })).items).toHaveLength(3);
    expect(bob.read((r) => r.conversations.page({ limit: 9 })).items).toEqual([]);
  });
});
