/** Memories, projects, ratings and their records leave with a space and come back: as a JSON archive, as SQLite, joined to another. */
import { describe, expect, it } from 'vitest';
import {
  databaseOfSpace,
  filesOf,
  jsonArchiveOf,
  live,
  settle,
  standing,
  zipOfFiles,
} from '../../../../../test/kit/archives.ts';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { claudeExport, inProject } from '../../../../../test/kit/claude-export.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { newSpace } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';

const files = ['sidecar-records.jsonl', 'projects.jsonl', 'feedback.jsonl', 'memories.jsonl'] as const;
const told = {
  conversation_id: 'told',
  title: 'Told',
  current_node: 'b',
  mapping: {
    a: {
      id: 'a',
      parent: null,
      message: { id: 'a', author: { role: 'user' }, content: { content_type: 'text', parts: ['Keep it.'] } },
    },
    b: {
      id: 'b',
      parent: 'a',
      message: {
        id: 'b',
        author: { role: 'assistant' },
        recipient: 'bio',
        content: { content_type: 'text', parts: ['Has a daughter.'] },
      },
    },
  },
};

async function filled(space = newSpace()): Promise<UserSpace> {
  const capture = newCapture(space, standing);
  await capture.bring({
    bytes: claudeExport({
      memory: 'Teaches physics.\n\n- Likes tea.',
      instructions: 'Answer in verse',
      documents: { 'rules.md': '# Rules' },
      conversations: [inProject('c0000000-0000-4000-8000-000000000001', 'Begin.')],
    }),
    name: 'data.zip',
  });
  await capture.bring({
    bytes: JSON.stringify([{ id: 'b', conversation_id: 'told', rating: 'thumbs_up' }]),
    name: 'f.json',
  });
  await live(space, [[told, dialogue('x', 'X', ['Always answer in metric units.', 'Yes.'])]]);
  space.write((w) => {
    const { id } = w.memories.state({ text: 'Plays chess.', kind: 'fact', pinned: true }, 'verb', standing());
    w.memories.change(id, { text: 'Plays chess on Sundays.' }, standing());
  });
  await settle(space);
  return space;
}
const bring = (space: UserSpace, bytes: Buffer, name: string) =>
  newCapture(space, standing).bring({ bytes, name, source: 'vivim' });
const linesOf = (text: string | undefined) =>
  (text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .sort();

describe('a space with memories', () => {
  it('gives the very archive again where it was empty', async () => {
    const alice = await filled();
    const archive = await jsonArchiveOf(alice);
    const moved = newSpace();
    expect(await bring(moved, archive, 'v.zip')).toMatchObject({ state: 'done', error: null });
    await settle(moved);
    const [before, after] = [await filesOf(archive), await filesOf(await jsonArchiveOf(moved))];
    expect(files.map((name) => linesOf(before[name]).length)).toEqual([3, 1, 1, 6]);
    for (const name of [...files, 'bundles.jsonl']) expect(after[name], name).toBe(before[name]);
    expect(moved.read((r) => r.memories.search('"sundays"', 5))).toHaveLength(1);
  });

  it('joins another space, where a second arrival changes nothing', async () => {
    const archive = await jsonArchiveOf(await filled());
    const other = newSpace();
    other.write((w) => w.memories.state({ text: 'Mine.', kind: 'fact', pinned: false }, 'own', standing()));
    await bring(other, archive, 'v.zip');
    const once = await filesOf(await jsonArchiveOf(other));
    expect(linesOf(once['memories.jsonl'])).toHaveLength(7);
    await bring(other, Buffer.concat([archive]), 'again.zip');
    const twice = await filesOf(await jsonArchiveOf(other));
    for (const name of files) expect(linesOf(twice[name]), name).toEqual(linesOf(once[name]));
  });

  it('comes back as the SQLite file it left as', async () => {
    const alice = await filled();
    const before = await filesOf(await jsonArchiveOf(alice));
    const moved = newSpace({ ownerId: alice.location.ownerId });
    expect(await bring(moved, await databaseOfSpace(alice), 'user.db')).toMatchObject({ state: 'done', error: null });
    const after = await filesOf(await jsonArchiveOf(moved));
    for (const name of files) expect(after[name], name).toBe(before[name]);
  });

  it('reads an archive that was made before there were any', async () => {
    const all = await filesOf(await jsonArchiveOf(await filled()));
    const manifest = JSON.parse(all['manifest.json'] as string);
    manifest.files = manifest.files.filter(
      ({ name }: { name: string }) => !(files as readonly string[]).includes(name),
    );
    const older: Record<string, string> = { ...all, 'manifest.json': JSON.stringify(manifest) };
    for (const name of [...files, 'signature.json']) delete older[name];
    const moved = newSpace();
    expect(await bring(moved, zipOfFiles(older), 'old.zip')).toMatchObject({ state: 'done', error: null });
    expect(moved.read((r) => r.conversations.page({ limit: 9 })).items).toHaveLength(3);
    const broken = zipOfFiles({ ...older, 'memories.jsonl': all['memories.jsonl'] as string });
    expect(await bring(newSpace(), broken, 'odd.zip')).toMatchObject({ state: 'failed' });
  });
});
