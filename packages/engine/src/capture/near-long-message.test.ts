/** Comparing the units of a message of any length reads its text a bounded number of times. */
import { afterEach, expect, it, vi } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { PartTexts } from '../space/stores/part-texts.ts';
import type { UserSpace } from '../space/user-space.ts';
import { NearDuplicateTask } from './near-duplicates.ts';

afterEach(() => vi.restoreAllMocks());

const lines = (n: number) =>
  Array.from(
    { length: n },
    (_, i) =>
      `On day ${i} the keeper of the lighthouse wrote down the wind, the ships that passed, what the sea was like, who came by with letters from the town and how much oil was left for the long nights of that winter.`,
  ).join('\n\n');

/** @returns how often a text was read while all was compared */
async function readsOf(space: UserSpace, paragraphs: number): Promise<number> {
  const messages = [{ externalId: '1', role: 'assistant', content: lines(paragraphs) }];
  await newCapture(space).bring(JSON.stringify({ conversations: [{ externalId: 'c', title: null, messages }] }));
  const read = vi.spyOn(PartTexts.prototype, 'read');
  const task = new NearDuplicateTask(space);
  while (task.pending() > 0) await task.step();
  const { length } = read.mock.calls;
  vi.restoreAllMocks();
  return length;
}

it('one reading is enough for all steps of a conversation, however long it is', async () => {
  const { alice, bob } = twoSpaces();
  expect(await readsOf(alice, 250)).toBe(1);
  expect(await readsOf(bob, 1_000)).toBe(1);
  const pks = Array.from({ length: 1_000 }, (_, i) => i + 1);
  expect(bob.read((r) => r.nearUnits.repeats(pks)).size).toBeGreaterThan(900);
});

it('what somebody wrote between two steps is seen by the next', async () => {
  const { alice } = twoSpaces();
  await newCapture(alice).bring(
    JSON.stringify({
      conversations: [
        { externalId: 'c', title: null, messages: [{ externalId: '1', role: 'user', content: lines(250) }] },
      ],
    }),
  );
  const read = vi.spyOn(PartTexts.prototype, 'read');
  const task = new NearDuplicateTask(alice);
  await task.step();
  alice.write((w) => w.outbox.put('rollup', [1], 1));
  await task.step();
  expect(read).toHaveBeenCalledTimes(2);
});
