/**
 * Forgetting a memory takes its words out of every page of the file, the kept record of the export included, and no import
 * brings it back; erasing an import or a conversation takes the memories that stood on it alone. Bob keeps what he has.
 */

import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import type { Memory } from '@vivim/contract/memory';
import { describe, expect, it } from 'vitest';
import { claudeExport, inProject } from '../../../../test/kit/claude-export.ts';
import { newErasing, rawPages, wordsIn } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';

const exported = (at = '2026-01-10', conversations: object[] = []) => ({
  bytes: claudeExport({
    memory: 'Keeps a qzheron on the roof.\n\n- Likes qzpeat.\n- Plays qzchess.',
    projectMemory: 'Writes qzsonnets.',
    instructions: 'Answer in qzverse',
    documents: { 'rules.md': 'qzrules' },
    at: new Date(`${at}T00:00:00Z`),
    conversations,
  }),
  name: 'data.zip',
});
const texts = (space: UserSpace) =>
  space
    .read((r) => r.memories.page({ limit: 99 }))
    .items.map(({ text }) => text)
    .sort();
const idOf = (space: UserSpace, word: string) =>
  space.read((r) => r.memories.page({ limit: 99 })).items.find(({ text }) => text.includes(word))?.id as Memory['id'];

/** The pages, and every record unpacked. */
function everything(space: UserSpace): Buffer {
  space.emptyLog();
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  try {
    const rows = connection
      .prepare('SELECT bytes_zstd AS z FROM sidecar_record UNION ALL SELECT bytes_zstd FROM raw_record')
      .all() as { z: Buffer }[];
    return Buffer.concat([rawPages(space.location), ...rows.map(({ z }) => zstdDecompressSync(z))]);
  } finally {
    connection.close();
  }
}

describe('forgetting a memory', () => {
  it('takes it out of everything, and no import brings it back until it is allowed', async () => {
    const { alice, bob } = twoSpaces();
    const home = newErasing(alice);
    const bobs = newErasing(bob);
    await home.bring(exported());
    await bobs.bring(exported());
    await home.settle();
    const preview = await home.eraser.preview({ kind: 'memory', ids: [idOf(alice, 'qzpeat')], mentions: 'keep' });
    expect(preview.removed).toMatchObject({ memories: 1, conversations: 0 });
    expect(texts(alice)).toHaveLength(5);
    const receipt = await home.erase('memory', idOf(alice, 'qzpeat'));
    expect(receipt.removed).toMatchObject({ memories: 1, records: 1 });
    const left = ['Answer in qzverse', 'Keeps a qzheron on the roof.', 'Plays qzchess.', 'Writes qzsonnets.'];
    expect(texts(alice)).toEqual(left);
    await home.settle();
    expect(wordsIn(everything(alice), ['qzpeat', 'qzheron'])).toEqual(['qzheron']);
    const again = await home.bring(exported('2026-05-01', [inProject('c0000000-0000-4000-8000-000000000009', 'New.')]));
    expect(again.state).toBe('done');
    expect(again.report.issues).toMatchObject([
      { severity: 'note', code: 'erased_by_you', detail: expect.stringMatching(/^One memory was erased by you/) },
    ]);
    expect(texts(alice)).toEqual(left);
    expect(wordsIn(everything(alice), ['qzpeat'])).toEqual([]);
    expect(texts(bob)).toHaveLength(5);
    await home.allow(receipt.id);
    await home.bring(exported('2026-06-01'));
    expect(texts(alice)).toContain('Likes qzpeat.');
  });

  it('forgets what was stated here, and names nothing of another person', async () => {
    const { alice, bob } = twoSpaces();
    const [home, bobs] = [newErasing(alice), newErasing(bob)];
    const state = (space: UserSpace, text: string) =>
      space.write((w) => w.memories.state({ text, kind: 'fact', pinned: false }, text, 1));
    const { id } = state(alice, 'I keep qzmoles.');
    state(bob, 'I keep qzbees.');
    await expect(bobs.erase('memory', id)).rejects.toMatchObject({ code: 'not_found' });
    await home.erase('memory', id);
    expect(wordsIn(everything(alice), ['qzmoles'])).toEqual([]);
    expect(texts(bob)).toEqual(['I keep qzbees.']);
  });
});

describe('erasing what memories stand on', () => {
  it('takes the memories, projects and records an import alone brought', async () => {
    const space = newSpace();
    const home = newErasing(space);
    const run = await home.bring(exported());
    await home.settle();
    await home.erase('import', run.id);
    expect(texts(space)).toEqual([]);
    expect(space.read((r) => r.projects.page({ limit: 9 })).items).toEqual([]);
    expect(wordsIn(everything(space), ['qzheron', 'qzverse', 'qzsonnets', 'qzrules', 'Poetry'])).toEqual([]);
    const again = await home.bring(exported());
    expect(again.report.kept.memories).toBe(0);
    expect(again.report.issues.map(({ code }) => code)).toContain('erased_by_you');
    expect(texts(space)).toEqual([]);
  });

  it('takes the memories whose only evidence a conversation was', async () => {
    const space = newSpace();
    const home = newErasing(space);
    const told = (id: string, text: string) => ({
      conversation_id: id,
      title: id,
      current_node: 'b',
      mapping: {
        a: {
          id: 'a',
          parent: null,
          message: { id: 'a', author: { role: 'user' }, content: { content_type: 'text', parts: ['Remember it.'] } },
        },
        b: {
          id: 'b',
          parent: 'a',
          message: {
            id: 'b',
            author: { role: 'assistant' },
            recipient: 'bio',
            content: { content_type: 'text', parts: [text] },
          },
        },
      },
    });
    await home.bring(
      JSON.stringify([told('one', 'Has a qzdaughter.'), told('two', 'Has a qzson.'), told('three', 'Has a qzson.')]),
    );
    expect(texts(space)).toEqual(['Has a qzdaughter.', 'Has a qzson.']);
    const [one, two] = ['one', 'two'].map(
      (title) =>
        space.read((r) => r.conversations.page({ limit: 9 })).items.find((each) => each.title === title)?.id as string,
    );
    await home.erase('conversation', [one as string, two as string]);
    expect(texts(space)).toEqual(['Has a qzson.']);
    expect(wordsIn(everything(space), ['qzdaughter'])).toEqual([]);
    const receipt = await home.erase('memory', idOf(space, 'qzson'));
    expect(receipt.remaining).toMatchObject([{ where: 'messages' }]);
    await home.bring(JSON.stringify([told('three', 'Has a qzson.'), told('four', 'Has a qzson.')]));
    expect(texts(space)).toEqual([]);
  });

  it('takes a name out of memories, documents and records', async () => {
    const space = newSpace();
    const home = newErasing(space);
    await home.bring({
      bytes: claudeExport({
        memory: 'Works with Ottoline Quist.',
        instructions: 'Greet Ottoline Quist',
        documents: { 'rules.md': 'Ask Ottoline Quist.' },
        conversations: [],
      }),
      name: 'd.zip',
    });
    await home.bring(
      JSON.stringify([
        dialogue('t', 'Plans', [
          'My friend Ottoline Quist lives in Lisbon. I met Ottoline Quist.',
          'Ottoline Quist is kind.',
          'Ask Ottoline Quist.',
        ]),
      ]),
    );
    await home.settle();
    const entity = space
      .read((r) => r.entities.list({ limit: 20 }, 0))
      .items.find(({ name }) => name === 'Ottoline Quist');
    await home.erase('entity', entity?.id as string, 'redact');
    expect(texts(space)).toEqual(['Greet […]', 'Works with […].']);
    expect(wordsIn(everything(space), ['Ottoline'])).toEqual([]);
  });
});
