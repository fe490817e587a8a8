/** What a later export lacks is gone at its source, unless the export came in several files, or nobody can tell which is the later. */
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { claudeExport, inProject } from '../../../../test/kit/claude-export.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';

const talk = (n: number) => inProject(`c0000000-0000-4000-8000-00000000000${n}`, `Begin ${n}.`);
const at = (minute: number) => new Date(Date.UTC(2026, 0, 10, 12, minute));
const exported = (minute: number, ...conversations: object[]): Buffer =>
  claudeExport({
    memory: 'Likes tea.',
    projectMemory: 'None.',
    instructions: 'Be brief',
    documents: {},
    at: at(minute),
    conversations,
  });

const gone = (space: UserSpace): (string | null)[] =>
  space
    .read((r) => r.conversations.page({ limit: 50 }))
    .items.flatMap(({ deletedInSourceAt, externalId }) => (deletedInSourceAt === null ? [] : [externalId]))
    .toSorted();

it.each([
  ['in order', [0, 1]],
  ['the second first', [1, 0]],
])('the files of one export say nothing of each other, %s; a later whole one does', async (_, order) => {
  const { alice, bob } = twoSpaces();
  const capture = newCapture(alice);
  const files = [exported(0, talk(1), talk(2)), exported(5, talk(3))];
  for (const n of order) await capture.bring({ bytes: files[n] ?? '', name: `data-2026-01-10-batch-000${n}.zip` });
  expect(gone(alice)).toEqual([]);
  await capture.bring({ bytes: exported(30, talk(1)), name: 'data-2026-02-10-batch-0000.zip' });
  expect(gone(alice)).toHaveLength(2);
  // The second file of the later one comes in: it held the rest, and nothing was gone.
  await capture.bring({ bytes: exported(31, talk(2), talk(3)), name: 'data-2026-02-10-batch-0001.zip' });
  expect(gone(alice)).toEqual([]);
  expect(gone(bob)).toEqual([]);
});

it('of two exports made at one time the report says that neither marks what the other holds', async () => {
  const { alice } = twoSpaces();
  const capture = newCapture(alice);
  const one = await capture.bring({ bytes: exported(0, talk(1)), name: 'one.zip' });
  const other = await capture.bring({ bytes: exported(0, talk(2)), name: 'other.zip' });
  expect(one.report.issues).toEqual([]);
  expect(other.report.issues).toMatchObject([{ severity: 'note', code: 'exports_of_one_time', path: 'other.zip' }]);
  expect(gone(alice)).toEqual([]);
  const again = await capture.bring({ bytes: exported(0, talk(1)), name: 'one.zip' });
  expect(again.sameFileAs).toBe(one.id);
});
