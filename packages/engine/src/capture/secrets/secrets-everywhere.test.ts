/**
 * A secret wherever an export may hold one beside what was said: under each rule it is stored, or is not, as the rule says; the report
 * counts it; and the list of secrets names it where it stays. Another person's space knows nothing of it.
 */
import type { SecretRule } from '@vivim/contract/secrets';
import { describe, expect, it } from 'vitest';
import { databaseOfSpace, filesOf, jsonArchiveOf, standing } from '../../../../../test/kit/archives.ts';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { claudeExport } from '../../../../../test/kit/claude-export.ts';
import { newErasing, rawPages, wordsIn } from '../../../../../test/kit/erasing.ts';
import { chatGptConversation, dialogue } from '../../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { plainBytes } from '../record-bytes.ts';

const token = `ghp_${'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(2).slice(0, 36)}`;
const [front, back] = [token.slice(0, 20), token.slice(20)];

const chatgpt = (files: Readonly<Record<string, unknown>>): Buffer =>
  zipOf(
    Object.entries({ 'conversations.json': [dialogue('talk', 'Talk', ['Hello', 'Hello.'])], ...files }).map(
      ([name, value]) => ({ name, bytes: JSON.stringify(value) }),
    ),
  );
const claude = (content: readonly object[], more: object = {}): Buffer =>
  claudeExport({
    conversations: [
      {
        uuid: 'c0000000-0000-4000-8000-000000000001',
        name: 'Talk',
        created_at: '2026-01-02T00:00:00Z',
        updated_at: '2026-01-02T00:00:00Z',
        account: { uuid: 'd176df7a-97ab-4027-885c-01f742784296' },
        chat_messages: [
          { uuid: 'm1', sender: 'human', text: 'Hello', content: [{ type: 'text', text: 'Hello' }], ...more },
          ...(content.length === 0 ? [] : [{ uuid: 'm2', sender: 'assistant', text: '', content }]),
        ],
      },
    ],
  });
const artifact = (input: object) => ({ type: 'tool_use', name: 'artifacts', input: { id: 'a', ...input } });
const whole = { command: 'create', type: 'text/markdown', title: 'A list' };

/** How the export comes to hold it, and how often. */
const places: Readonly<Record<string, { bytes: Buffer; times: number; inRecord: boolean }>> = {
  'a memory': { bytes: claudeExport({ memory: `Deploys with ${token} on Fridays.` }), times: 1, inRecord: true },
  'a memory of a project': { bytes: claudeExport({ projectMemory: `Uses ${token}.` }), times: 1, inRecord: true },
  'the instructions of a project': {
    bytes: claudeExport({ instructions: `Sign in with ${token}.` }),
    times: 1,
    inRecord: true,
  },
  'a document of a project': {
    bytes: claudeExport({ instructions: 'In verse', documents: { 'a.md': `# ${token}\n\nand ${token}` } }),
    times: 2,
    inRecord: true,
  },
  'the name of a document': {
    bytes: claudeExport({ instructions: 'In verse', documents: { [`${token} .md`]: 'Nothing.' } }),
    // Its id is made of its name here.
    times: 2,
    inRecord: true,
  },
  'custom instructions in the settings': {
    bytes: chatgpt({
      'user_settings.json': { user_id: 'u', settings: { about_model_message: `Always use ${token}.` } },
    }),
    times: 1,
    inRecord: true,
  },
  'custom instructions in front of a conversation': {
    bytes: chatgpt({ 'conversations.json': [instructed()] }),
    times: 1,
    inRecord: false,
  },
  'the words of a rating': {
    bytes: chatgpt({
      'message_feedback.json': [
        {
          id: 'f',
          conversation_id: 'talk',
          rating: 'thumbs_down',
          content: JSON.stringify({ text: `It said ${token}!` }),
        },
      ],
    }),
    times: 1,
    inRecord: true,
  },
  'a version of a document': {
    bytes: claude([artifact({ ...whole, content: `Key: ${token}` })]),
    times: 1,
    inRecord: false,
  },
  'the name of a file': {
    bytes: claude([], { files: [{ file_uuid: 'f1', file_name: `${token} .png`, file_kind: 'image' }] }),
    times: 1,
    inRecord: false,
  },
  'what was extracted from a file': {
    bytes: claude([], {
      attachments: [{ file_name: 'a.txt', file_type: 'txt', file_size: 9, extracted_content: `The key is ${token}.` }],
    }),
    times: 1,
    inRecord: false,
  },
};

function instructed(): object {
  const talk = chatGptConversation('talk', 'Talk', [
    { id: 't-0', parent: null, role: 'user', text: '' },
    { id: 't-1', parent: 't-0', role: 'user', text: 'Hello' },
  ]) as { mapping: Record<string, { message: { content: object } }> };
  const first = talk.mapping['t-0'];
  if (first === undefined) throw new Error('The first message is not there.');
  first.message.content = {
    content_type: 'user_editable_context',
    user_profile: '',
    user_instructions: `Use ${token}.`,
  };
  return talk;
}

const bring = (space: UserSpace, bytes: Buffer) => newErasing(space).bring({ bytes, name: 'export.zip' });
const secretsOf = (space: UserSpace) => space.read((r) => r.secrets.page({ limit: 10 })).items;
/** All that could go into a context without its conversation. */
const memoriesOf = (space: UserSpace) =>
  JSON.stringify(
    (['active', 'superseded', 'archived'] as const).map((state) =>
      space.read((r) => r.memories.page({ limit: 50, state })),
    ),
  );
const stored = async (space: UserSpace): Promise<string> => {
  const files = await filesOf(await jsonArchiveOf(space));
  const records = [
    ...(files['raw-records.jsonl'] ?? '').split('\n'),
    ...(files['sidecar-records.jsonl'] ?? '').split('\n'),
  ];
  const plain = records
    .filter((line) => line !== '')
    .map((line) => plainBytes(Buffer.from((JSON.parse(line) as { zstd: string }).zstd, 'base64')).toString('utf8'));
  return [JSON.stringify(files), ...plain].join('\n');
};

describe.each(Object.entries(places))('a secret in %s', (place, { bytes, times, inRecord }) => {
  it.each<SecretRule>(['withhold', 'keep', 'mask'])('under the rule to %s', async (rule) => {
    const { alice, bob } = twoSpaces();
    alice.write((w) => w.secrets.setRule(rule));
    const run = await bring(alice, bytes);
    expect(run.report.secrets).toEqual({ found: times, masked: rule === 'mask' ? times : 0 });
    expect(run.report.issues.filter(({ code }) => code === 'secrets_found')).toHaveLength(1);
    expect(JSON.stringify(run)).not.toContain(token);
    expect(memoriesOf(alice)).not.toContain(token);
    const found = { placeCount: times, recordCount: inRecord ? 1 : 0, decision: null, withheld: rule !== 'keep' };
    expect(secretsOf(alice)).toMatchObject(rule === 'mask' ? [] : [found]);
    expect(JSON.stringify(secretsOf(alice))).not.toContain(token);
    await newErasing(alice).settle();
    expect((await stored(alice)).includes(token)).toBe(rule !== 'mask');
    if (rule === 'mask') expect(wordsIn(rawPages(alice.location), [token])).toEqual([]);
    // The same again is counted no more.
    const again = await newCapture(alice).bring({ bytes: Buffer.concat([bytes]), name: 'again.zip' });
    expect(again.report.secrets.found).toBe(again.sameFileAs === null ? 0 : times);
    expect(secretsOf(alice)).toMatchObject(rule === 'mask' ? [] : [found]);
    expect(secretsOf(bob)).toEqual([]);
  });

  it('is gone when it is erased, and is listed no more', async () => {
    const space = newSpace();
    const home = newErasing(space);
    await home.bring({ bytes, name: 'export.zip' });
    await home.erase('secret', secretsOf(space)[0]?.id ?? '');
    await home.settle();
    expect(secretsOf(space)).toEqual([]);
    expect(wordsIn(rawPages(space.location), [token])).toEqual([]);
    expect(await stored(space)).not.toContain(token);
  });

  it('is listed the same where the space has moved', async () => {
    const space = newSpace({}, standing);
    await newCapture(space, standing).bring({ bytes, name: 'export.zip' });
    const archive = await jsonArchiveOf(space);
    const moved = newSpace({}, standing);
    await newCapture(moved, standing).bring({ bytes: archive, name: 'vivim.zip', source: 'vivim' });
    expect(secretsOf(moved)).toEqual(secretsOf(space));
    expect((await filesOf(await jsonArchiveOf(moved)))['secrets.jsonl']).toBe(
      (await filesOf(archive))['secrets.jsonl'],
    );
    const back = newSpace({ ownerId: space.location.ownerId }, standing);
    await newCapture(back, standing).bring({ bytes: await databaseOfSpace(space), name: 'vivim.db', source: 'vivim' });
    expect(secretsOf(back)).toEqual(secretsOf(space));
    // Into a space that has something already it comes under another salt, and is found anew where it still stands: a name is masked.
    const other = newSpace({}, standing);
    await newCapture(other, standing).bring({
      bytes: JSON.stringify([dialogue('own', 'Own', ['Mine.'])]),
      name: 'own.json',
    });
    await newCapture(other, standing).bring({ bytes: archive, name: 'vivim.zip', source: 'vivim' });
    const anew = { placeCount: times, recordCount: inRecord ? 1 : 0 };
    expect(secretsOf(other)).toMatchObject(place === 'the name of a file' ? [] : [anew]);
  });
});

it('a change that completes one in a document leaves none in its versions, where secrets are masked', async () => {
  const space = newSpace();
  space.write((w) => w.secrets.setRule('mask'));
  await bring(
    space,
    claude([
      artifact({ ...whole, content: `Key: ${front}` }),
      artifact({ command: 'update', old_str: front, new_str: `${front}|` }),
      artifact({ command: 'update', old_str: '|', new_str: back }),
      artifact({ command: 'update', old_str: 'Key', new_str: 'The key' }),
    ]),
  );
  await newErasing(space).settle();
  expect(wordsIn(rawPages(space.location), [token])).toEqual([]);
  expect(wordsIn(rawPages(space.location), ['The key: [GitHub token masked]'])).not.toEqual([]);
});

it.each(['withhold', 'keep', 'mask'] as const)(
  'no name of a project or a document holds one under "%s"',
  async (rule) => {
    const { alice, bob } = twoSpaces();
    alice.write((w) => w.secrets.setRule(rule));
    const documents = { [`${token} .md`]: 'Nothing.' };
    const bytes = claudeExport({ projectName: `Poetry ${token}`, instructions: 'In verse', documents });
    await newCapture(alice).bring({ bytes, name: 'export.zip' });
    const [summary] = alice.read((r) => r.projects.page({ limit: 9 })).items;
    const project = summary && alice.read((r) => r.projects.find(summary.id));
    expect([summary?.name, project?.content.map(({ name }) => name)]).toEqual([
      'Poetry [GitHub token masked]',
      ['[GitHub token masked] .md'],
    ]);
    expect(bob.read((r) => r.projects.page({ limit: 9 })).items).toEqual([]);
  },
);
