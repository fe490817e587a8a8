/** A file whose conversations were erased, imported again: one line says so, and the list names each place. */
import { expect, it } from 'vitest';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { erasedById } from './erased-by-id.ts';

it('erased conversations are told of in one line, each with its place in the list', async () => {
  const { alice, bob } = twoSpaces();
  const hers = newErasing(alice);
  const file = JSON.stringify(['a', 'b', 'c'].map((id) => dialogue(id, `About ${id}`, ['When?', 'In March.'])));
  await hers.bring(file);
  await newErasing(bob).bring(file);
  await hers.settle();
  for (const { id } of alice.read((r) => r.conversations.page({ limit: 9 })).items)
    await hers.erase('conversation', id);
  const run = await hers.bring(file);
  expect(run.report.conversations).toMatchObject({ added: 0, skipped: 3 });
  expect(run.report).toMatchObject({ issueCount: 1, issues: [{ code: 'erased_by_you', path: '3 conversations' }] });
  expect(run.report.issues[0]?.detail).toContain(`vivim imports report ${run.id}`);
  const entries = alice.read((r) => r.importEntries.page(run.id, { limit: 9 }))?.items;
  expect(entries?.map(({ issues }) => issues.length)).toEqual([1, 1, 1]);
  expect(bob.read((r) => r.conversations.page({ limit: 9 })).items).toHaveLength(3);
  // Asked for by its id, here or at its source, it is said to be erased; of another's erasures nothing is said.
  expect(alice.read((r) => erasedById(r, 'b'))).toMatchObject([{ state: 'erased', erasedAt: expect.any(String) }]);
  expect(alice.read((r) => erasedById(r, 'z'))).toEqual([]);
  expect(bob.read((r) => erasedById(r, 'b'))).toEqual([]);
});
