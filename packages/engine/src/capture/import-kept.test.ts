/** What an import brought beside conversations is listed one by one, as many as its report counts; what is erased is listed no more. */
import type { ImportId } from '@vivim/contract/ids';
import type { ImportKept } from '@vivim/contract/imports';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { claudeExport, inProject } from '../../../../test/kit/claude-export.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../space/user-space.ts';

/** Page by page, three at a time. */
function keptOf(space: UserSpace, id: ImportId): ImportKept[] {
  const all: ImportKept[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = space.read((r) => r.importEntries.kept(id, { limit: 3, cursor: cursor ?? undefined }));
    if (page === null) throw new Error('The import is not there.');
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}
const counted = (kept: readonly ImportKept[]) => ({
  memories: kept.filter(({ kind }) => kind === 'memory').length,
  projects: kept.filter(({ kind }) => kind === 'project').length,
  documents: kept.filter(({ kind }) => kind === 'document').length,
  feedback: kept.filter(({ kind }) => kind === 'rating').length,
});

const first = {
  memory: 'Teaches physics.\n\n- Lives in Leeds.',
  projectMemory: 'Writes sonnets.',
  instructions: 'Answer in verse',
  documents: { 'rules.md': '# Rules', 'old.md': 'Old.' },
  at: new Date('2026-01-10T12:00:00Z'),
  conversations: [inProject('c0000000-0000-4000-8000-000000000001', 'Begin.')],
};

it('an export is listed as its report counts it, for its owner alone', async () => {
  const { alice, bob } = twoSpaces();
  const capture = newCapture(alice);
  const run = await capture.bring({ bytes: claudeExport(first), name: 'data.zip' });
  const kept = keptOf(alice, run.id);
  expect(counted(kept)).toEqual(run.report.kept);
  expect(kept.map(({ kind, label }) => `${kind} ${label}`)).toEqual(
    expect.arrayContaining(['document rules.md', 'memory Lives in Leeds.', 'memory Writes sonnets.']),
  );
  expect(kept.find(({ kind }) => kind === 'memory')?.memoryId).toMatch(/^m_|^[a-z]+_/);
  expect(bob.read((r) => r.importEntries.kept(run.id, { limit: 9 }))).toBeNull();
  // A later export lists what is new in it.
  const later = { ...first, memory: 'Teaches physics.\n\n- Lives in Porto.', at: new Date('2026-03-10T12:00:00Z') };
  const next = await capture.bring({ bytes: claudeExport(later), name: 'data.zip' });
  expect(keptOf(alice, next.id).map(({ label }) => label)).toContain('Lives in Porto.');
});

it('ratings name the conversation they stand on, and what a conversation says of the person is of its import', async () => {
  const { alice } = twoSpaces();
  const json = (name: string, value: unknown) => ({ name, bytes: JSON.stringify(value) });
  const rating = { id: 'r', conversation_id: 'c', message_id: 'm', rating: 'thumbs_up', content: '{"text":"clear"}' };
  const bytes = zipOf([
    json('conversations.json', [dialogue('c', 'T', ['Hi', 'Hello'])]),
    json('message_feedback.json', [rating]),
  ]);
  const run = await newCapture(alice).bring({ bytes, name: 'export.zip' });
  const [conversation] = alice.read((r) => r.conversations.page({ limit: 5 })).items;
  expect(keptOf(alice, run.id)).toEqual([
    {
      kind: 'rating',
      source: 'chatgpt',
      label: 'up: clear',
      memoryId: null,
      projectId: null,
      conversationId: conversation?.id,
    },
  ]);
});
