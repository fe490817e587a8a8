/** The bytes of files that lie in an export: to the messages that point to them, once each, for one person alone. */
import { createHash } from 'node:crypto';
import type { ConversationId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { chatgptConversation, imagePointer } from '../../../../../test/kit/chatgpt-export.ts';
import { pngOf, wavOf } from '../../../../../test/kit/media.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import { type ZipMember, zipOf } from '../../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../../space/user-space.ts';

const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const shards = (...conversations: object[]): ZipMember => ({
  name: 'conversations.json',
  bytes: JSON.stringify(conversations),
});
const all = (space: UserSpace) => space.read((r) => r.attachments.page({ limit: 200 })).items;
function bytesOf(space: UserSpace, sha256: string): Buffer {
  return space.read((r) => {
    const blob = r.blobs.find(sha256);
    const pieces: Buffer[] = [];
    for (let ix = 0; blob !== null; ix += 1) {
      const piece = r.blobs.piece(blob.pk, ix);
      if (piece === null) break;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  });
}

const picture = pngOf(8, 6);
const generations: [string, string, string, ZipMember[]][] = [
  ['a file beside the conversations', 'file-service://file-abc123', 'file-abc123-photo.png', []],
  ['a generated picture', 'file-service://file-abc123', 'dalle-generations/file-abc123-0001.webp', []],
  ['a folder of the user', 'sediment://file_00ff?shared_conversation_id=1', 'user-x/file_00ff-2b1c.png', []],
  [
    'an opaque asset with a list of names',
    'sediment://file_00ff',
    'file_00ff.dat',
    [
      { name: 'conversation_asset_file_names.json', bytes: JSON.stringify({ 'file_00ff.dat': 'My photo.png' }) },
      {
        name: 'library_files.json',
        bytes: JSON.stringify([
          { file_id: 'file_00ff', origination_thread_id: 't', mime_type: 'image/png', sha256: sha(picture) },
        ]),
      },
    ],
  ],
];

describe('files of every generation of a ChatGPT export', () => {
  it.each(generations)('%s', async (_, pointer, name, more) => {
    const { alice, bob } = twoSpaces();
    const conversation = chatgptConversation('c1', 'Look', [
      { id: 'm1', parts: [imagePointer(pointer), 'what is it?'] },
    ]);
    const run = await newCapture(alice).bring({
      bytes: zipOf([shards(conversation), { name, bytes: picture }, ...more]),
    });
    expect(run).toMatchObject({
      state: 'done',
      report: { files: { stored: 1, known: 0, unmentioned: 0, leftOut: 0 }, issueCount: 0 },
    });
    const [file] = all(alice);
    expect(file).toMatchObject({
      status: 'present',
      stored: true,
      mime: 'image/png',
      shownAs: 'image',
      width: 8,
      height: 6,
    });
    if (more.length > 0) expect(file?.name).toBe('My photo.png');
    expect(bytesOf(alice, sha(picture))).toEqual(picture);
    expect(all(bob)).toEqual([]);
    expect(bob.read((r) => r.blobs.find(sha(picture)))).toBeNull();
  });
});

describe('what becomes of a file', () => {
  const pointing = (id: string, asset: string) =>
    chatgptConversation(id, `Talk ${id}`, [{ id: `${id}-m`, parts: [imagePointer(`file-service://${asset}`)] }]);

  it('is stored once where two messages show the same bytes under two names', async () => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        shards(pointing('a', 'file-one'), pointing('b', 'file-two')),
        { name: 'file-one-a.png', bytes: picture },
        { name: 'file-two-b.png', bytes: picture },
      ]),
    });
    expect(run.report.files).toEqual({ stored: 1, known: 1, unmentioned: 0, leftOut: 0 });
    expect(all(alice)).toHaveLength(2);
    expect(alice.read((r) => r.blobs.total())).toEqual({ files: 1, bytes: picture.length });
    expect(bob.read((r) => r.blobs.total())).toEqual({ files: 0, bytes: 0 });
  });

  it('is filled in by a later export that holds it, and the id stays', async () => {
    const { alice } = twoSpaces();
    const capture = newCapture(alice);
    await capture.bring({ bytes: JSON.stringify([pointing('a', 'file-one')]) });
    const [before] = all(alice);
    expect(before).toMatchObject({ status: 'missing', stored: false, sha256: null });
    const run = await capture.bring({
      bytes: zipOf([shards(pointing('a', 'file-one')), { name: 'file-one-a.png', bytes: picture }]),
    });
    expect(run.report.conversations).toMatchObject({ unchanged: 1 });
    expect(all(alice)).toMatchObject([{ id: before?.id, status: 'present', sha256: sha(picture) }]);
  });

  it('stays with its import where no conversation mentions it, and joins the one that later does', async () => {
    const { alice } = twoSpaces();
    const capture = newCapture(alice);
    const run = await capture.bring({
      bytes: zipOf([
        shards(pointing('a', 'file-gone')),
        { name: 'file-one-a.png', bytes: picture },
        { name: 'notes/read me.txt', bytes: 'plain words' },
      ]),
    });
    expect(run.report.files).toMatchObject({ stored: 2, unmentioned: 2 });
    expect(run.report.issues).toMatchObject([
      { severity: 'note', code: 'files_unmentioned', detail: expect.stringContaining('2 files') },
    ]);
    const loose = () => alice.read((r) => r.attachments.page({ limit: 10, importId: run.id })).items;
    expect(loose().map(({ name }) => name)).toEqual(['file-one-a.png', 'read me.txt']);
    await capture.bring({ bytes: JSON.stringify([pointing('b', 'file-one')]) });
    expect(loose().map(({ name }) => name)).toEqual(['read me.txt']);
    const [shown] = alice.read((r) => r.attachments.page({ limit: 10, conversationId: idOf(alice, 'Talk b') })).items;
    expect(shown).toMatchObject({ name: 'file-one-a.png', stored: true, importId: null });
  });

  it('is a no-op the second time', async () => {
    const { alice } = twoSpaces();
    const capture = newCapture(alice);
    const bytes = zipOf([
      shards(pointing('a', 'file-one')),
      { name: 'file-one-a.png', bytes: picture },
      { name: 'b.png', bytes: pngOf(1, 1) },
    ]);
    await capture.bring({ bytes });
    const before = all(alice);
    const again = await capture.bring({ bytes });
    expect(again.sameFileAs).not.toBeNull();
    expect(again.report.files).toMatchObject({ stored: 0, known: 2 });
    await capture.bring({ bytes, source: 'chatgpt' });
    expect(all(alice)).toEqual(before);
  });

  it('larger than what is held at once comes in piece by piece, whole', async () => {
    const { alice } = twoSpaces();
    const large = wavOf(700);
    expect(large.length).toBeGreaterThan(5 * 1024 ** 2);
    const talk = chatgptConversation('v', 'Voice', [
      {
        id: 'v1',
        parts: [
          { content_type: 'audio_transcription', text: 'Hello there', direction: 'in' },
          { content_type: 'audio_asset_pointer', asset_pointer: 'sediment://file_aa', format: 'wav' },
        ],
      },
    ]);
    const run = await newCapture(alice).bring({
      bytes: zipOf([shards(talk), { name: 'v/audio/file_aa-x.wav', bytes: large }]),
    });
    expect(run.report.files).toMatchObject({ stored: 1, known: 0, unmentioned: 0 });
    expect(all(alice)).toMatchObject([{ shownAs: 'audio', mime: 'audio/wav', size: large.length }]);
    expect(bytesOf(alice, sha(large)).equals(large)).toBe(true);
    const { items } = alice.read((r) =>
      r.conversations.messages(idOf(alice, 'Voice'), { limit: 10, branches: 'active' }),
    ) ?? { items: [] };
    expect(items.flatMap(({ parts }) => parts.map(({ kind, text }) => [kind, text]))).toEqual([
      ['text', 'Hello there'],
      ['audio', null],
    ]);
  });
});

function idOf(space: UserSpace, title: string): ConversationId {
  const { items } = space.read((r) => r.conversations.page({ limit: 100 }));
  return items.find((one) => one.title === title)?.id as ConversationId;
}

describe('bad files', () => {
  const talk = chatgptConversation('a', 'Talk', [
    { id: 'm', parts: [imagePointer('file-service://file-one'), 'words stay'] },
  ]);

  it('that are damaged are named, and the rest comes in', async () => {
    const { alice } = twoSpaces();
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        shards(talk),
        { name: 'file-one-a.png', bytes: picture, saidCrc: 1 },
        { name: 'file-two-b.png', bytes: pngOf(2, 2) },
        { name: 'file-bomb.dat', bytes: Buffer.alloc(20 * 1024 ** 2) },
        { name: 'empty.png', bytes: '' },
      ]),
    });
    expect(run).toMatchObject({
      state: 'done',
      report: { conversations: { added: 1 }, files: { stored: 1, leftOut: 3 } },
    });
    expect(run.report.issues.map(({ code, path }) => [code, path])).toEqual([
      ['file_not_readable', 'file-one-a.png'],
      ['file_not_readable', 'file-bomb.dat'],
      ['file_empty', 'empty.png'],
      ['files_unmentioned', expect.any(String)],
    ]);
    expect(all(alice).find(({ conversationId }) => conversationId !== null)).toMatchObject({
      status: 'skipped',
      stored: false,
    });
  });

  it('comes in where an old program wrote its folders with backslashes', async () => {
    const { alice, bob } = twoSpaces();
    const { name, ...rest } = shards(talk);
    const run = await newCapture(alice).bring({ bytes: zipOf([{ ...rest, name: `my export\\${name}` }]) });
    expect(run).toMatchObject({ state: 'done', report: { conversations: { added: 1 }, issues: [] } });
    expect(bob.read((r) => r.counts()).conversations).toBe(0);
  });

  it('N43: names that lead elsewhere are labels and nothing else', async () => {
    const { alice } = twoSpaces();
    const names = ['file-a-..%2f..%2fb.db.png', `file-b-${'x'.repeat(300)}.png`, 'file-c-a;b"c.png'];
    const run = await newCapture(alice).bring({
      bytes: zipOf([
        shards(talk),
        ...names.map((name, ix) => ({ name, bytes: pngOf(1, ix + 1) })),
        { name: '../../b/u.db', bytes: 'no' },
        { name: 'file-d\\..\\u.png', bytes: 'no' },
      ]),
    });
    expect(run).toMatchObject({ state: 'done', report: { files: { stored: 3 } } });
    expect(run.report.issues.filter(({ code }) => code === 'entry_path_invalid')).toHaveLength(2);
    expect(all(alice).flatMap(({ importId, name }) => (importId === null ? [] : [name]))).toEqual(names);
  });

  it('that find no room are named, the conversations are in, and the same export brings them in once there is', async () => {
    const space = newSpace({ quotaBytes: 2 * 1024 ** 2 });
    const bytes = zipOf([
      shards(talk),
      ...[1, 2, 3, 4].map((seed) => ({ name: `file-n${seed}-x.bin`, bytes: Buffer.alloc(900_000, seed) })),
      { name: 'file-one-a.png', bytes: picture },
    ]);
    const capture = newCapture(space);
    const run = await capture.bring({ bytes });
    expect(run).toMatchObject({ state: 'done', report: { conversations: { added: 1 } } });
    expect(run.report.files.leftOut).toBeGreaterThan(0);
    expect(run.report.issues.filter(({ code }) => code === 'file_no_room').length).toBe(run.report.files.leftOut);
    expect(all(space).find(({ conversationId }) => conversationId !== null)).toMatchObject({ stored: true });
    expect(space.read((r) => r.imports.doneBefore(run.fileSha256 ?? '', null))).toBeNull();
  });

  it('keeps both where two exports give the same name to different bytes', async () => {
    const { alice } = twoSpaces();
    const capture = newCapture(alice);
    await capture.bring({ bytes: zipOf([shards(talk), { name: 'file-one-a.png', bytes: picture }]) });
    const run = await capture.bring({ bytes: zipOf([shards(talk), { name: 'file-one-a.png', bytes: pngOf(3, 3) }]) });
    expect(run.report.files).toMatchObject({ stored: 1, unmentioned: 1 });
    expect(all(alice).map(({ sha256, conversationId }) => [sha256, conversationId !== null])).toEqual([
      [sha(picture), true],
      [sha(pngOf(3, 3)), false],
    ]);
  });
});

describe('files that stand inside of records', () => {
  const url = `data:image/png;base64,${picture.toString('base64')}`;
  const cases: [string, string, unknown][] = [
    [
      'OpenAI messages',
      'openai',
      [
        {
          messages: [
            {
              role: 'user',
              content: [
                { type: 'text', text: 'What?' },
                { type: 'image_url', image_url: { url } },
              ],
            },
            { role: 'assistant', content: 'A square.' },
          ],
        },
      ],
    ],
    [
      'Google AI Studio',
      'aistudio',
      {
        runSettings: { model: 'models/x' },
        chunkedPrompt: {
          chunks: [
            { role: 'user', inlineImage: { mimeType: 'image/png', data: picture.toString('base64') } },
            { role: 'user', text: 'What is it?' },
            { role: 'model', text: 'A square.' },
          ],
        },
      },
    ],
    [
      'Open WebUI',
      'openwebui',
      [
        {
          id: 'w',
          title: 'W',
          chat: {
            history: {
              currentId: 'b',
              messages: {
                a: {
                  id: 'a',
                  parentId: null,
                  childrenIds: ['b'],
                  role: 'user',
                  content: 'What?',
                  files: [{ type: 'image', url }],
                },
                b: { id: 'b', parentId: 'a', childrenIds: [], role: 'assistant', content: 'A square.' },
              },
            },
          },
        },
      ],
    ],
  ];
  it.each(cases)('of %s are stored, found again by hash, and nobody else has them', async (_, source, value) => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: JSON.stringify(value), name: 'a file' });
    expect(run).toMatchObject({ state: 'done', detected: { source } });
    expect(all(alice)).toMatchObject([{ stored: true, shownAs: 'image', sha256: sha(picture), width: 8 }]);
    expect(bytesOf(alice, sha(picture))).toEqual(picture);
    expect(all(bob)).toEqual([]);
  });

  it('of a talk with the camera on: sound, film and single pictures', async () => {
    const { alice } = twoSpaces();
    const talk = chatgptConversation('cam', 'Camera', [
      {
        id: 'cam1',
        parts: [
          {
            content_type: 'real_time_user_audio_video_asset_pointer',
            audio_asset_pointer: {
              content_type: 'audio_asset_pointer',
              asset_pointer: 'sediment://file_a1',
              format: 'wav',
            },
            video_container_asset_pointer: 'sediment://file_v1',
            frames_asset_pointers: ['sediment://file_f1', { asset_pointer: 'sediment://file_f2' }],
          },
        ],
      },
    ]);
    await newCapture(alice).bring({
      bytes: zipOf([shards(talk), { name: 'file_a1.dat', bytes: wavOf(1) }, { name: 'file_f2.dat', bytes: picture }]),
    });
    expect(all(alice).map(({ shownAs, stored }) => [shownAs, stored])).toEqual([
      ['audio', true],
      [null, false],
      [null, false],
      ['image', true],
    ]);
  });
});

describe('documents that were changed', () => {
  const doc = (updates: number) =>
    chatgptConversation('doc', 'Poem', [
      { id: 'p0', parts: ['A poem please'] },
      {
        id: 'p1',
        role: 'assistant',
        recipient: 'canmore.create_textdoc',
        parts: [
          JSON.stringify({
            name: 'Poem',
            type: 'document',
            content: 'The river sleeps under ice tonight and dreams of summer.',
          }),
        ],
      },
      ...Array.from({ length: updates }, (_, ix) => ({
        id: `p${ix + 2}`,
        role: 'assistant' as const,
        recipient: 'canmore.update_textdoc',
        parts: [
          JSON.stringify({ updates: [{ pattern: ix === 0 ? 'river' : `word${ix}`, replacement: `word${ix + 1}` }] }),
        ],
      })),
    ]);
  it('are found by the words they end with, in one message, and a later export moves them on', async () => {
    const { alice, bob } = twoSpaces();
    const capture = newCapture(alice);
    await capture.bring(JSON.stringify([doc(1)]));
    const where = (term: string) => alice.read((r) => r.words.places(term, 10)).length;
    expect([where('word1'), where('river')]).toEqual([1, 1]);
    await capture.bring(JSON.stringify([doc(3)]));
    expect([where('word1'), where('word3'), where('river')]).toEqual([0, 1, 1]);
    const documents = alice.read((r) => r.artifacts.of(idOf(alice, 'Poem')));
    expect(documents[0]?.versions.map(({ version, latest }) => [version, latest])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, true],
    ]);
    expect(bob.read((r) => r.artifacts.of(idOf(alice, 'Poem')))).toEqual([]);
  });
  it('whose change does not fit are named in the report', async () => {
    const { alice } = twoSpaces();
    const [first, ...rest] = [doc(2)].map((one) => JSON.stringify(one).replace('river', 'stream'));
    expect(rest).toEqual([]);
    const run = await newCapture(alice).bring(`[${first}]`);
    expect(run.report.issues.map(({ severity, code }) => [severity, code])).toContainEqual([
      'degraded',
      'artifact_version_incomplete',
    ]);
  });
});
