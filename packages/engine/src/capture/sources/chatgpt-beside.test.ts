/** What ChatGPT's export holds beside conversations: tasks of Codex come in, choices between answers are kept, the rest is named. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import { noContext } from '../canonical.ts';
import { readRecord } from '../read-record.ts';
import { isComparison, readComparison } from './chatgpt-kept.ts';

const task = {
  id: 'task_e_0123',
  title: 'Fix the parser',
  turns: [
    {
      id: 'task_e_0123~usertrn_e_1',
      role: 'user',
      input_items: [{ content: [{ content_type: 'text', text: 'Fix it' }] }],
    },
    {
      id: 'task_e_0123~assttrn_e_1',
      role: 'assistant',
      output_items: [
        {
          content: [
            { content_type: 'text', text: 'Fixed.' },
            { content_type: 'repo_file_citation', path: 'src/a.ts', line_range_start: 3, line_range_end: 5 },
            { content_type: 'novelty' },
          ],
        },
      ],
      branch: 'work',
      external_pull_request_id: 'None',
      turn_status: 'completed',
    },
  ],
};

it('a task of Codex is a conversation without a time', () => {
  const reading = readRecord('chatgpt', Buffer.from(JSON.stringify(task)), noContext);
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  const { conversation, issues } = reading;
  expect(conversation).toMatchObject({
    externalId: 'task_e_0123',
    title: 'Fix the parser',
    created: { ms: null, raw: null },
    flags: { codex_task: true, git_branch: 'work' },
  });
  expect(conversation.flags).not.toHaveProperty('pull_request');
  expect(conversation.messages.map(({ role, status, parts }) => [role, status, parts.map(({ text }) => text)])).toEqual(
    [
      ['user', null, ['Fix it']],
      ['assistant', 'completed', ['Fixed.', 'content_type: novelty']],
    ],
  );
  expect(conversation.messages[1]?.parts[0]?.citations).toMatchObject([{ title: 'src/a.ts:3-5' }]);
  expect(issues.map(({ code }) => code)).toEqual(['content_unknown']);
});

describe('a comparison of answers', () => {
  it('is a rating of neither kind, wherever it names its conversation', () => {
    const input = { completion_comparison_rating: 'new', text: 'clearer' };
    const record = {
      id: 'x',
      user_id: 'u',
      create_time: '2025-01-01T00:00:00Z',
      input,
      metadata: { conversation_id: 'c', message_id: 'm' },
    };
    expect(isComparison(record)).toBe(true);
    expect(readComparison(record)?.feedback).toMatchObject([
      {
        externalId: 'x',
        conversation: 'c',
        message: 'm',
        rating: 'other',
        comment: 'Compared two answers; new; clearer',
      },
    ]);
  });

  it('that names none says nothing', () => {
    expect(readComparison({ id: 'x', input: { selected_side: 'left' } })).toBeNull();
  });
});

it('an export with all of them comes in, and nothing of it goes without a word', async () => {
  const { alice } = twoSpaces();
  const json = (name: string, value: unknown) => ({ name, bytes: JSON.stringify(value) });
  const run = await newCapture(alice).bring({
    bytes: zipOf([
      json('conversations.json', [dialogue('c', 'T', ['Hi', 'Hello'])]),
      json('codex.json', [task]),
      json('model_comparisons.json', [{ id: 'x', conversation_id: 'c', input: { selected_side: 'left' } }]),
      json('shared_conversations.json', [{ id: 's', conversation_id: 'c', title: 'T', is_anonymous: true }]),
      json('group_chats.json', { chats: [{ id: 'g' }] }),
      json('shopping.json', [{ list: ['soap'] }]),
      json('sora.json', {}),
    ]),
    name: 'export.zip',
  });
  expect(run.report).toMatchObject({ conversations: { added: 2 }, kept: { feedback: 1 } });
  expect(run.report.issues.map(({ path, code }) => [path, code])).toEqual([
    ['shared_conversations.json', 'kind_not_imported'],
    ['group_chats.json', 'kind_not_imported'],
    ['shopping.json', 'kind_not_imported'],
    ['sora.json', 'entry_empty'],
    ['codex.json#0/turns/1', 'content_unknown'],
  ]);
});

describe('an export of 2026', () => {
  const textdoc = (id: string, rest: object = {}) => ({
    id,
    version: 2,
    title: 'Letter',
    textdoc_type: 'document',
    content: 'Dear Anna, the boat is mended.',
    comments: [{ content: 'Warmer?' }],
    updated_at: '2026-03-01T10:00:00Z',
    ...rest,
  });

  it('accounts for each of its files: shards, documents, lists', async () => {
    const { alice, bob } = twoSpaces();
    const named = (name: string, value: unknown) => ({ name, bytes: JSON.stringify(value) });
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        named('conversations-000.json', [dialogue('c1', 'One', ['Hi', 'Hello'])]),
        named('conversations-001.json', [dialogue('c2', 'Two', ['Hi', 'Hello'])]),
        named('textdocs/d1.json', textdoc('d1')),
        named('textdocs/d2.json', textdoc('d2', { title: 'Sum', textdoc_type: 'code/python', content: 'print(1)' })),
        named('user.json', { id: 'user-a', email: 'alice@example.org' }),
        named('user_settings.json', { user_id: 'user-a', settings: { theme: 'dark' } }),
        named('message_feedback.json', []),
        named('group_chats.json', { chats: [] }),
        named('shopping.json', []),
        named('sora.json', {}),
        named('export_manifest.json', { files: [{ name: 'a' }], made: 'today' }),
        named('shared_conversations.json', [{ id: 's', conversation_id: 'c1', title: 'One', is_anonymous: true }]),
      ]),
      name: 'export.zip',
    });
    expect(run.report).toMatchObject({ conversations: { added: 4, degraded: 0, skipped: 0 } });
    expect(run.report.issues.map(({ path, code }) => [path, code])).toEqual([
      ['export_manifest.json', 'kind_not_imported'],
      ['shared_conversations.json', 'kind_not_imported'],
    ]);
    const [letter] = alice
      .read((r) => r.conversations.page({ limit: 10 }))
      .items.filter(({ title }) => title === 'Letter');
    expect(letter).toBeDefined();
    expect(alice.read((r) => r.artifacts.of(letter?.id ?? ('' as never)))).toMatchObject([
      { title: 'Letter', versions: [{ text: 'Dear Anna, the boat is mended.' }] },
    ]);
    expect(bob.read((r) => r.conversations.page({ limit: 10 })).items).toEqual([]);
  });

  it.each([
    ['no words', textdoc('d', { content: '' }), 'skipped'],
    ['words that are none', textdoc('d', { content: { a: 1 } }), 'skipped'],
    ['nothing else', { textdoc_type: 'document', content: 'x' }, 'conversation'],
    ['strange neighbours', textdoc('d', { title: 7, comments: 'x', version: {}, updated_at: [] }), 'conversation'],
  ])('holds a document with %s', (_, value, outcome) => {
    expect(readRecord('chatgpt', Buffer.from(JSON.stringify(value)), noContext).outcome).toBe(outcome);
  });
});

it.each([
  ['a list', (tasks: unknown) => tasks],
  ['an object around it', (tasks: unknown) => ({ tasks, cursor: null })],
])('prompts of Sora in %s are conversations, with what was made as references', async (_, around) => {
  const { alice, bob } = twoSpaces();
  const tasks = [
    {
      id: 'task_01',
      prompt: 'A boat at dawn, slowly turning',
      status: 'succeeded',
      created_at: '2026-03-01T10:00:00Z',
      generations: [{ id: 'gen_01', title: 'Boat', url: 'https://videos.example/a?se=1' }, 7, { id: 'gen_02' }],
    },
    { id: 'task_02', prompt: 'A storm', status: 'failed', failure_reason: 'Out of credit', generations: [] },
    { id: 'task_03', prompt: '', generations: null },
  ];
  const run = await newCapture(alice).bring({
    bytes: zipOf([
      { name: 'conversations.json', bytes: JSON.stringify([dialogue('c', 'T', ['Hi', 'Hello'])]) },
      { name: 'sora.json', bytes: JSON.stringify(around(tasks)) },
    ]),
  });
  expect(run.report.conversations).toMatchObject({ added: 3, skipped: 1 });
  const said = alice.read((r) =>
    r.conversations
      .page({ limit: 9 })
      .items.filter(({ externalId }) => externalId?.startsWith('sora:'))
      .flatMap(({ id }) => r.conversations.messages(id, { limit: 9, branches: 'active' })?.items ?? [])
      .map(({ role, parts }) => [role, ...parts.map(({ text, attachment }) => text ?? attachment?.name)]),
  );
  expect(said.toSorted()).toEqual([
    ['assistant', 'Boat', 'gen_02'],
    ['assistant', 'Out of credit'],
    ['user', 'A boat at dawn, slowly turning'],
    ['user', 'A storm'],
  ]);
  expect(bob.read((r) => r.conversations.page({ limit: 9 })).items).toEqual([]);
});
