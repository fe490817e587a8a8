/** Files and versions of documents leave in every form of export and come back as they were; bytes that are not what they say do not. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  databaseOfSpace,
  filesOf,
  jsonArchiveOf,
  markdownOf,
  standing,
  zipOfFiles,
} from '../../../../../test/kit/archives.ts';
import { fileOf, newCapture } from '../../../../../test/kit/capture.ts';
import { chatgptConversation, imagePointer } from '../../../../../test/kit/chatgpt-export.ts';
import { pngOf, wavOf } from '../../../../../test/kit/media.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { openArchive } from '../archive.ts';

const picture = pngOf(8, 6);
const sound = wavOf(60);
const inside = pngOf(5, 5, 9);
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const canvas = chatgptConversation('doc', 'A letter', [
  { id: 'd1', parts: ['Write a letter'] },
  {
    id: 'd2',
    role: 'assistant',
    recipient: 'canmore.create_textdoc',
    parts: [JSON.stringify({ name: 'Letter', type: 'document', content: 'Dear Anna, see you soon.' })],
  },
  {
    id: 'd3',
    role: 'assistant',
    recipient: 'canmore.update_textdoc',
    parts: [JSON.stringify({ updates: [{ pattern: 'Anna', replacement: 'Benedikta' }] })],
  },
]);

/** Alice with a file that is shown, one nobody mentions, one that stood in a message, and a document with two versions. */
async function withFiles(space: UserSpace): Promise<void> {
  const capture = newCapture(space, standing);
  const talk = chatgptConversation('a', 'Look', [
    { id: 'm', parts: [imagePointer('file-service://file-one'), 'what is it?'] },
  ]);
  await capture.bring({
    bytes: zipOf([
      { name: 'conversations.json', bytes: JSON.stringify([talk, canvas]) },
      { name: 'file-one-a.png', bytes: picture },
      { name: 'file-lost-b.wav', bytes: sound },
    ]),
  });
  const url = `data:image/png;base64,${inside.toString('base64')}`;
  await capture.bring({
    name: 'openai.json',
    bytes: JSON.stringify([
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'And this?' },
              { type: 'image_url', image_url: { url } },
            ],
          },
          { role: 'assistant', content: 'A square.' },
        ],
      },
    ]),
  });
}

const state = (space: UserSpace) =>
  space.read((r) => ({
    files: r.attachments.page({ limit: 100 }).items.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    artifacts: r.conversations.page({ limit: 100 }).items.map(({ id }) => r.artifacts.of(id)),
    total: r.blobs.total(),
  }));
const bring = (space: UserSpace, bytes: Buffer, name = 'vivim.zip') =>
  newCapture(space, standing).bring({ bytes, name, source: 'vivim' });

describe('files and documents', () => {
  it('leave as a JSON archive and come back the same, in an empty space and in one that has its own', async () => {
    const { alice, bob } = twoSpaces();
    await withFiles(alice);
    expect(state(alice).total.files).toBe(3);
    expect(state(alice).artifacts.flat()).toMatchObject([
      {
        title: 'Letter',
        versions: [{ text: 'Dear Anna, see you soon.' }, { text: 'Dear Benedikta, see you soon.', latest: true }],
      },
    ]);
    const archive = await jsonArchiveOf(alice);
    const moved = newSpace();
    expect(await bring(moved, archive)).toMatchObject({ state: 'done', error: null });
    expect(state(moved)).toEqual(state(alice));
    const [before, after] = [await filesOf(archive), await filesOf(await jsonArchiveOf(moved))];
    for (const name of ['conversations.jsonl', 'blobs.jsonl', 'blob-pieces.jsonl', 'files.jsonl'])
      expect(after[name], name).toBe(before[name]);
    const other = newSpace();
    await newCapture(other).bring(JSON.stringify([chatgptConversation('own', 'Own', [{ id: 'o', parts: ['mine'] }])]));
    await bring(other, archive);
    expect(state(other).total).toEqual(state(alice).total);
    expect(state(bob)).toEqual({ files: [], artifacts: [], total: { files: 0, bytes: 0 } });
  });

  it('leave as a database and come back to their owner', async () => {
    const { alice } = twoSpaces();
    await withFiles(alice);
    const again = newSpace({ ownerId: alice.location.ownerId });
    expect(await bring(again, await databaseOfSpace(alice), 'vivim.db')).toMatchObject({ state: 'done', error: null });
    expect(state(again)).toEqual(state(alice));
  });

  it('leave as Markdown: the file beside the text, and every version', async () => {
    const { alice } = twoSpaces();
    await withFiles(alice);
    const { entries } = await openArchive(fileOf(await markdownOf(alice)));
    const read = async (name: string) => {
      const chunks: Buffer[] = [];
      for await (const chunk of entries.find((entry) => entry.name === name)?.open() ?? [])
        chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    };
    const name = `files/${sha(picture).slice(0, 32)}.png`;
    expect((await read(name)).equals(picture)).toBe(true);
    const texts = await Promise.all(
      entries
        .filter(({ name }) => name.startsWith('conversations/'))
        .map(async (entry) => (await read(entry.name)).toString()),
    );
    expect(texts.some((text) => text.includes(`](<../${name}>)`))).toBe(true);
    expect(texts.some((text) => text.includes('Letter, version 2') && text.includes('Dear Benedikta'))).toBe(true);
  });

  it('whose bytes are not what the archive says are left out and named', async () => {
    const { alice } = twoSpaces();
    await withFiles(alice);
    const files = await filesOf(await jsonArchiveOf(alice));
    const lines = (files['blob-pieces.jsonl'] ?? '').split('\n');
    const piece = JSON.parse(lines[0] ?? '');
    lines[0] = JSON.stringify({ ...piece, base64: Buffer.from('something else').toString('base64') });
    const text = lines.join('\n');
    const manifest = JSON.parse(files['manifest.json'] ?? '');
    const said = manifest.files.find((file: { name: string }) => file.name === 'blob-pieces.jsonl');
    Object.assign(said, { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') });
    const { 'signature.json': _, ...unsigned } = files;
    const forged = zipOfFiles({ ...unsigned, 'blob-pieces.jsonl': text, 'manifest.json': JSON.stringify(manifest) });
    const space = newSpace();
    const run = await bring(space, forged);
    expect(run.report.issues).toContainEqual(
      expect.objectContaining({ severity: 'degraded', code: 'file_not_readable' }),
    );
    expect(state(space).total.files).toBe(2);
    expect(space.read((r) => r.blobs.find(piece.sha256))).toBeNull();
  });

  it('are not asked of an archive that was written before they were kept', async () => {
    const { alice } = twoSpaces();
    await newCapture(alice, standing).bring(JSON.stringify([canvas]));
    const { 'signature.json': _, ...files } = await filesOf(await jsonArchiveOf(alice));
    const later = ['blobs.jsonl', 'blob-pieces.jsonl', 'files.jsonl'];
    const manifest = JSON.parse(files['manifest.json'] ?? '');
    manifest.files = manifest.files.filter(({ name }: { name: string }) => !later.includes(name));
    const old = Object.fromEntries(Object.entries(files).filter(([name]) => !later.includes(name)));
    const run = await bring(newSpace(), zipOfFiles({ ...old, 'manifest.json': JSON.stringify(manifest) }));
    expect(run).toMatchObject({ state: 'done', report: { conversations: { added: 1 } } });
  });
});
