/**
 * Exports with memories, projects and ratings: brought in whole, nothing twice, the newest says what holds whatever order they
 * come in, what vanished is marked, what the person changed stays; another person sees none of it.
 */
import { join } from 'node:path';
import type { Memory, MemoryState } from '@vivim/contract/memory';
import Database from 'better-sqlite3-multiple-ciphers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { claudeExport, inProject } from '../../../../test/kit/claude-export.ts';
import { chatGptConversation } from '../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';
import { wordsAt } from './kept-record.ts';

const bring = (space: UserSpace, bytes: Buffer, name = 'data.zip') => newCapture(space).bring({ bytes, name });
const memories = (space: UserSpace, state: MemoryState = 'active'): Memory[] =>
  space.read((r) => r.memories.page({ limit: 200, state })).items;
const texts = (space: UserSpace, state: MemoryState = 'active') =>
  memories(space, state)
    .map(({ text }) => text)
    .sort();
const projects = (space: UserSpace) => space.read((r) => r.projects.page({ limit: 50 })).items;
const on = (day: string) => new Date(`${day}T12:00:00Z`);

const first = {
  memory: 'Teaches physics.\n\n- Lives in Leeds.',
  projectMemory: 'Writes sonnets.',
  instructions: 'Answer in verse',
  documents: { 'rules.md': '# Rules', 'old.md': 'Old.' },
  at: on('2026-01-10'),
  conversations: [inProject('c0000000-0000-4000-8000-000000000001', 'Begin.')],
};
const second = {
  ...first,
  memory: 'Teaches physics.\n\n- Lives in Porto.',
  documents: { 'rules.md': '# New rules' },
  at: on('2026-03-10'),
};

describe('an export with memories and projects', () => {
  it('comes in with its origin, and Bob sees none of it', async () => {
    const { alice, bob } = twoSpaces();
    const run = await bring(alice, claudeExport(first));
    expect(run.report).toMatchObject({
      conversations: { added: 1, skipped: 0 },
      kept: { memories: 4, projects: 1, documents: 2, feedback: 0 },
      issueCount: 0,
    });
    expect(texts(alice)).toEqual(['Answer in verse', 'Lives in Leeds.', 'Teaches physics.', 'Writes sonnets.']);
    const [lives] = memories(alice).filter(({ text }) => text === 'Lives in Leeds.');
    expect(lives).toMatchObject({
      kind: 'fact',
      origin: 'imported',
      source: 'claude',
      project: null,
      evidenceCount: 1,
    });
    expect(lives?.label).toMatch(/^Claude memory, imported \d{4}-\d{2}-\d{2}$/);
    const [project] = projects(alice);
    expect(project).toMatchObject({ name: 'Poetry', conversations: 1, documents: 2, memories: 2 });
    const filtered = alice.read((r) => r.conversations.page({ limit: 5, projectId: project?.id }));
    expect(filtered.items).toHaveLength(1);
    expect([texts(bob), projects(bob)]).toEqual([[], []]);
    expect(bob.read((r) => r.conversations.page({ limit: 5, projectId: project?.id })).items).toEqual([]);
  });

  it('is a no-op the second time, even where the file differs', async () => {
    const space = newSpace();
    await bring(space, claudeExport(first));
    const before = [memories(space), projects(space)];
    const again = await bring(space, claudeExport({ ...first, at: on('2026-01-10') }));
    expect(again.sameFileAs).not.toBeNull();
    const other = await bring(space, claudeExport({ ...first, conversations: [] }));
    expect(other.report.kept).toEqual({ memories: 0, projects: 0, documents: 0, feedback: 0 });
    expect([memories(space), projects(space)]).toEqual(before);
  });

  it('is superseded by a newer one, and what vanished is marked', async () => {
    const space = newSpace();
    await bring(space, claudeExport(first));
    await bring(space, claudeExport(second));
    expect(texts(space)).toEqual(['Answer in verse', 'Lives in Porto.', 'Teaches physics.', 'Writes sonnets.']);
    expect(memories(space, 'superseded')).toMatchObject([
      { text: 'Lives in Leeds.', validFrom: '2026-01-10T12:00:00.000Z', validTo: '2026-03-10T12:00:00.000Z' },
    ]);
    const id = projects(space)[0]?.id;
    const project = space.read((r) => (id === undefined ? null : r.projects.find(id)));
    expect(project?.content.map(({ name, text, inNewest }) => [name, text, inNewest])).toEqual([
      ['old.md', 'Old.', false],
      ['rules.md', '# New rules', true],
    ]);
  });

  it('ends the same in whatever order the exports come', async () => {
    const versions = [
      first,
      second,
      { ...second, memory: '', at: on('2026-02-01') },
      { ...first, instructions: 'In prose', at: on('2026-04-01') },
    ];
    const state = (space: UserSpace) => {
      const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
      try {
        const all = (sql: string) => connection.prepare(sql).all();
        return [
          all('SELECT id, text, state, slot, valid_from_ms, valid_to_ms FROM memory ORDER BY id'),
          all('SELECT id, name, instructions, version FROM project ORDER BY id'),
          all('SELECT id, name, text, version FROM project_document ORDER BY id'),
          all(`SELECT m.id, r.sha256, e.place, e.start_ix, e.at_ms FROM memory_evidence e JOIN memory m ON m.pk = e.memory_pk
            JOIN sidecar_record r ON r.pk = e.record_pk ORDER BY 1, 2, 3, 4`),
        ];
      } finally {
        connection.close();
      }
    };
    const expected = newSpace();
    for (const version of versions) await bring(expected, claudeExport(version));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), async (order) => {
        const space = newSpace();
        for (const ix of order) await bring(space, claudeExport(versions[ix] ?? {}));
        expect(state(space)).toEqual(state(expected));
      }),
      { numRuns: 8 },
    );
  });

  it('changes nothing the person changed', async () => {
    const space = newSpace();
    await bring(space, claudeExport(first));
    const [lives] = memories(space).filter(({ text }) => text === 'Lives in Leeds.');
    const id = lives?.id as Memory['id'];
    space.write((w) => w.memories.change(id, { text: 'Lives in Leeds and Porto.', pinned: true }, 5));
    await bring(space, claudeExport(second));
    expect(memories(space)[0]).toMatchObject({ id, text: 'Lives in Leeds and Porto.', pinned: true });
    expect(space.read((r) => r.memories.search('"porto"', 5)).map(({ memory }) => memory.id)).toContain(id);
    expect(space.read((r) => r.memories.search('"sonnets"', 5))).toHaveLength(1);
  });
});

it('takes a file of memories that stands alone', async () => {
  const run = await bring(
    newSpace(),
    Buffer.from('[{"conversations_memory":"Likes tea.","account_uuid":"a"}]'),
    'm.json',
  );
  expect(run).toMatchObject({ state: 'done', detected: { source: 'claude' }, report: { kept: { memories: 1 } } });
});

it('shows a rating on its message, whether it comes before or after it', async () => {
  const conversation = chatGptConversation('c1', 'Rated', [
    { id: 'q', parent: null, role: 'user', text: 'Why?' },
    { id: 'r', parent: 'q', role: 'assistant', text: 'Because.' },
  ]);
  const talks = { name: 'conversations.json', bytes: JSON.stringify([conversation]) };
  const ratings = {
    name: 'message_feedback.json',
    bytes: JSON.stringify([
      {
        id: 'r',
        conversation_id: 'c1',
        rating: 'thumbs_down',
        create_time: '2026-01-01T00:00:00Z',
        content: '{"text":"No."}',
      },
    ]),
  };
  for (const members of [
    [[talks], [ratings]],
    [[ratings], [talks]],
  ]) {
    const space = newSpace();
    for (const files of members) await bring(space, zipOf(files));
    const [found] = space.read((r) => r.conversations.page({ limit: 1 })).items;
    const messages =
      found === undefined
        ? []
        : (space.read((r) => r.conversations.messages(found.id, { limit: 9, branches: 'all' }))?.items ?? []);
    expect(messages.map(({ feedback }) => feedback)).toEqual([
      [],
      [{ rating: 'down', comment: 'No.', at: '2026-01-01T00:00:00.000Z' }],
    ]);
  }
});

it('reads the memories and folders of an Open WebUI database', async () => {
  const database = new Database(':memory:');
  database.exec(`
    CREATE TABLE chat (id TEXT, user_id TEXT, title TEXT, chat TEXT, created_at INTEGER, updated_at INTEGER, folder_id TEXT);
    CREATE TABLE memory (id TEXT, user_id TEXT, content TEXT, created_at INTEGER, updated_at INTEGER);
    CREATE TABLE folder (id TEXT, user_id TEXT, name TEXT, data TEXT, is_expanded INTEGER, created_at INTEGER, updated_at INTEGER);
    INSERT INTO memory VALUES ('m1', 'u', 'Likes tea.', 1750000000, 1750000000);
    INSERT INTO folder VALUES ('f1', 'u', 'Poems', '{"system_prompt":"Answer in verse"}', 0, 1750000000, 1750000000);
    INSERT INTO chat VALUES ('c1', 'u', 'T', '{"history":{"currentId":"a","messages":{"a":{"id":"a","parentId":null,"role":"user","content":"Hi"}}}}',
      1750000000, 1750000000, 'f1');`);
  const bytes = database.serialize();
  database.close();
  const space = newSpace();
  const run = await bring(space, bytes, 'webui.db');
  expect(run.report).toMatchObject({ conversations: { added: 1 }, kept: { memories: 2, projects: 1 }, issueCount: 0 });
  expect(texts(space)).toEqual(['Answer in verse', 'Likes tea.']);
  expect(projects(space)).toMatchObject([{ name: 'Poems', conversations: 1, memories: 1 }]);
});

it('leaves out a record that is broken, and says where; the others come in, and no conversation is counted', async () => {
  const memory = '{"conversations_memory":"Likes tea.","account_uuid":"a"}';
  const space = newSpace();
  const run = await bring(
    space,
    zipOf([{ name: 'memories.json', bytes: `[${memory},{"conversations_memory":tru},{"a":1}]` }]),
  );
  expect(run).toMatchObject({ state: 'done', report: { conversations: { skipped: 0 }, kept: { memories: 1 } } });
  expect(run.report.issues.map(({ path, code }) => [path, code])).toEqual([
    ['memories.json#1', 'record_not_kept'],
    ['memories.json#2', 'record_not_kept'],
  ]);
});

it('puts no secret into a memory; whether its record keeps it is the owner’s rule', async () => {
  const token = `ghp_${'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(2).slice(0, 36)}`;
  for (const rule of ['withhold', 'mask'] as const) {
    const space = newSpace();
    space.write((w) => w.secrets.setRule(rule));
    await bring(space, claudeExport({ memory: `Deploys with ${token} on Fridays.` }));
    expect(texts(space)).toEqual(['Deploys with [GitHub token masked] on Fridays.']);
    const [memory] = memories(space);
    const found = space.read((r) => (memory === undefined ? null : r.memories.find(memory.id)));
    const [evidence] = found === null ? [] : space.read((r) => r.memories.evidence(found.pk));
    const words =
      evidence?.from === 'import' ? wordsAt(evidence.zstd, evidence.place, evidence.start, evidence.end) : null;
    expect(words?.includes(token)).toBe(rule !== 'mask');
  }
});
