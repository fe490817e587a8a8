/** Databases of agents: each session is a conversation, in the order of its times, with its tools. */
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { conversationsOf, readFile, shortly } from '../../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { databaseOf } from '../../../../../test/kit/sqlite-files.ts';

const at = 1_767_323_045_000;
const json = JSON.stringify;

const opencode = databaseOf(
  `CREATE TABLE session (id TEXT PRIMARY KEY, title TEXT, time_created INTEGER, time_updated INTEGER);
   CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, data TEXT);
   CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, session_id TEXT, time_created INTEGER, data TEXT);`,
  {
    session: [{ id: 's', title: 'Mend it', time_created: at, time_updated: at + 9 }],
    message: [
      {
        id: 'm2',
        session_id: 's',
        time_created: at + 2,
        data: json({ role: 'assistant', modelID: 'x', parentID: 'm1' }),
      },
      { id: 'm1', session_id: 's', time_created: at, data: json({ role: 'user', time: { created: at } }) },
    ],
    part: [
      { id: 'p3', message_id: 'm2', time_created: at + 4, data: json({ type: 'text', text: 'Done.' }) },
      {
        id: 'p2',
        message_id: 'm2',
        time_created: at + 3,
        data: json({ type: 'tool', tool: 'read', callID: 'c', state: { input: { path: 'a' }, output: 'let a' } }),
      },
      { id: 'p1', message_id: 'm1', time_created: at, data: json({ type: 'text', text: 'Mend it' }) },
    ],
  },
);
const goose = databaseOf(
  `CREATE TABLE sessions (id TEXT PRIMARY KEY, name TEXT, description TEXT, created_at TIMESTAMP, updated_at TIMESTAMP);
   CREATE TABLE messages (id INTEGER PRIMARY KEY, message_id TEXT, session_id TEXT, role TEXT, content_json TEXT, created_timestamp INTEGER);`,
  {
    sessions: [{ id: 's', name: '', description: 'Mend it', created_at: '2026-01-02 03:04:05' }],
    messages: [
      {
        id: 1,
        session_id: 's',
        role: 'user',
        content_json: json([{ type: 'text', text: 'Mend it' }]),
        created_timestamp: at / 1000,
      },
      {
        id: 2,
        message_id: 'a',
        session_id: 's',
        role: 'assistant',
        content_json: json([{ type: 'text', text: 'Done.' }]),
        created_timestamp: at / 1000,
      },
      { id: 3, session_id: 't', role: 'user', content_json: 'not JSON', created_timestamp: at / 1000 },
    ],
  },
);
const thread = {
  version: '0.3.0',
  messages: [
    { User: { id: 'u', content: [{ Text: 'Mend it' }, { Mention: { uri: { File: 'a' }, content: 'let a' } }] } },
    { Agent: { content: [{ Text: 'Done.' }] } },
  ],
};
const zed = databaseOf(
  'CREATE TABLE threads (id TEXT PRIMARY KEY, summary TEXT, updated_at TEXT, data_type TEXT, data BLOB);',
  {
    threads: [
      {
        id: 'z',
        summary: 'Mend it',
        updated_at: '2026-01-02T03:04:05Z',
        data_type: 'zstd',
        data: zstdCompressSync(json(thread)),
      },
      { id: 'y', summary: 'Plain', data_type: 'json', data: Buffer.from(json(thread)) },
      { id: 'x', summary: 'Broken', data_type: 'zstd', data: Buffer.from('no') },
    ],
  },
);

describe('the database of', () => {
  it('opencode', async () => {
    const [found, ...rest] = await conversationsOf(opencode, 'opencode');
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ externalId: 's', title: 'Mend it', created: { ms: at }, branchPoints: 0 });
    expect(shortly(found)).toEqual([
      ['user', 'human', 'text: Mend it'],
      ['assistant', 'model', 'tool_call: {"path":"a"}', 'tool_result: let a', 'text: Done.'],
    ]);
  });

  it('Goose, with what is no JSON as it stands', async () => {
    const found = await conversationsOf(goose, 'generic');
    expect(found.map(({ title, externalId, created }) => [title, externalId, created.ms])).toEqual([
      ['Mend it', 's', at],
      [null, 't', at],
    ]);
    expect(found.map(shortly)).toEqual([
      [
        ['user', 'human', 'text: Mend it'],
        ['assistant', 'model', 'text: Done.'],
      ],
      [['user', 'human', 'text: not JSON']],
    ]);
  });

  it('Zed, packed and plain; one that is damaged is said', async () => {
    const { readings } = await readFile(zed);
    expect(readings).toMatchObject([
      { outcome: 'skipped', title: 'Broken' },
      { outcome: 'conversation', conversation: { title: 'Plain' } },
      { outcome: 'conversation', conversation: { title: 'Mend it', externalId: 'z' } },
    ]);
    const first = readings[2];
    expect(first?.outcome === 'conversation' && shortly(first.conversation)).toEqual([
      ['user', 'human', 'text: Mend it', 'context: let a'],
      ['assistant', 'model', 'text: Done.'],
    ]);
  });

  it('one person is nobody else’s', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: opencode, name: 'opencode.db' });
    expect(run.report.conversations).toMatchObject({ added: 1 });
    expect(bob.read((r) => r.conversations.page({ limit: 5 })).items).toEqual([]);
  });
});
