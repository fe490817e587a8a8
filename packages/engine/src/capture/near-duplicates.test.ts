/** What says nearly the same is linked to what said it first, in one space alone, and undone without a trace on the units. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import { NearDuplicateTask } from './near-duplicates.ts';
import { alike, bandsOf, shinglesOf } from './shingles.ts';

const recipe =
  'For the bread take five hundred grams of strong flour, three hundred and fifty of water, ten of salt and a spoon of starter, and let the dough rest until the next morning before it is shaped and baked.';
const texts = {
  first: recipe,
  second: recipe.replace('strong flour', 'good flour'),
  other:
    'The ferry to the islands leaves from the harbour at nine each morning, and comes back in the evening when the wind allows it, or on the next day.',
};
const exportOf = (said: Readonly<Record<string, string>>) =>
  JSON.stringify({
    conversations: Object.entries(said).map(([externalId, content]) => ({
      externalId,
      title: null,
      messages: [{ externalId: '1', role: 'assistant', content }],
    })),
  });
const work = async (space: UserSpace): Promise<number> => {
  const task = new NearDuplicateTask(space);
  let steps = 0;
  while (task.pending() > 0) {
    await task.step();
    steps += 1;
  }
  return steps;
};
const repeatsIn = (space: UserSpace) => space.read((r) => r.nearUnits.repeats([1, 2, 3, 4, 5, 6]));

it('links the later to the earlier, with how much of it is the same', async () => {
  const { alice, bob } = twoSpaces();
  await newCapture(alice).bring(exportOf(texts));
  await newCapture(bob).bring(exportOf({ second: texts.second }));
  expect(await work(alice)).toBeGreaterThan(0);
  await work(bob);
  const [[from, { pk: to, alike: share }] = [0, { pk: 0, alike: 0 }], ...more] = [...repeatsIn(alice)];
  expect([more.length, from > to]).toEqual([0, true]);
  expect(share).toBeGreaterThan(0.8);
  expect(share).toBeLessThan(1);
  expect(repeatsIn(bob).size).toBe(0);
  // Again changes nothing, and both are still there.
  alice.write((w) => w.outbox.put('near', [1, 2, 3], 1));
  await work(alice);
  expect(repeatsIn(alice).size).toBe(1);
  expect(alice.read((r) => r.acus.count())).toBe(3);
  alice.write((w) => w.nearUnits.unlink(from, to));
  alice.write((w) => w.outbox.put('near', [1, 2, 3], 1));
  await work(alice);
  expect(repeatsIn(alice).size).toBe(0);
});

it('the same words come before nearly the same', async () => {
  const { alice } = twoSpaces();
  await newCapture(alice).bring(exportOf({ first: texts.first, second: texts.second, third: texts.first }));
  await work(alice);
  expect([...repeatsIn(alice).values()].map(({ alike: share }) => share).toSorted((a, b) => a - b)).toEqual([
    expect.closeTo(0.85, 1),
    1,
  ]);
});

it('texts alike by most shingles share a band nearly always, others never by the comparison', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 60, maxLength: 120 });
  let [met, all] = [0, 0];
  fc.assert(
    fc.property(words, fc.nat(), (said, at) => {
      const a = shinglesOf(said.join(' '));
      const b = shinglesOf(said.with(at % said.length, 'changed').join(' '));
      if (a === null || b === null) return;
      const keys = new Set(bandsOf(a));
      all += 1;
      met += bandsOf(b).some((key) => keys.has(key)) ? 1 : 0;
      expect(alike(a, b)).toBeGreaterThan(0.7);
      expect(alike(a, a)).toBe(1);
    }),
    { numRuns: 200, seed: 7 },
  );
  expect(met / all).toBeGreaterThan(0.9);
});
