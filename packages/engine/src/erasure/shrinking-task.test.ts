/** After much was erased the file of a space gets shorter, a piece at a time; nothing else of it changes, and no neighbour's does. */
import { statSync } from 'node:fs';
import { systemClock } from '@vivim/contract/clock';
import { expect, it } from 'vitest';
import { random } from '../../../../test/bench/synthetic.ts';
import { newErasing } from '../../../../test/kit/erasing.ts';
import { everyRow } from '../../../../test/kit/every-row.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { newSpace } from '../../../../test/kit/spaces.ts';
import { checkSpace } from '../space/check-space.ts';
import { databasePath, type UserSpace } from '../space/user-space.ts';
import { ShrinkingTask } from './shrinking-task.ts';

const next = random(5);
/** Words that do not compress away. */
const words = (count: number): string =>
  Array.from({ length: count }, () => Math.floor(next() * 36 ** 6).toString(36)).join(' ');
const large = JSON.stringify(
  Array.from({ length: 60 }, (_, n) => dialogue(`l${n}`, `Long ${n}`, [words(1_000), words(1_000)])),
);
const small = JSON.stringify([dialogue('s', 'Tomatoes', ['When do I sow them?', 'Sow them in March.'])]);

const sizeOf = (space: UserSpace): number => statSync(databasePath(space.location.directory)).size;

it('is shorter after an erasure, and holds what it held', async () => {
  const [alice, bob] = [newSpace(), newSpace()];
  const [hers, his] = [newErasing(alice), newErasing(bob)];
  for (const at of [hers, his]) {
    await at.bring(small);
    await at.settle();
  }
  const { id } = await hers.bring({ bytes: large, name: 'large.json' });
  await his.bring({ bytes: large, name: 'large.json' });
  for (const at of [hers, his]) await at.settle();
  const task = new ShrinkingTask({ space: alice, from: 100 });
  expect(task.pending()).toBe(0);
  await hers.erase('import', id);
  await hers.settle();
  const [before, theirs] = [sizeOf(alice), sizeOf(bob)];
  const [rows, titles] = [everyRow(alice.location), () => alice.read((r) => r.conversations.page({ limit: 9 })).items];
  let steps = 0;
  for (; task.pending() > 0; steps += 1) {
    await task.step();
    expect(titles().map(({ title }) => title)).toEqual(['Tomatoes']);
  }
  expect(steps).toBeGreaterThan(1);
  expect(sizeOf(alice)).toBeLessThan(before / 2);
  expect(alice.free).toEqual({ pages: 0, of: sizeOf(alice) / 4096 });
  expect(everyRow(alice.location)).toEqual(rows);
  expect(sizeOf(bob)).toBe(theirs);
  alice.close();
  expect((await checkSpace(alice.location, { deep: true, erasures: [] }, systemClock)).counts.conversations).toBe(1);
});

it('leaves alone what is not worth it, and what is being erased', () => {
  const free = { pages: 1_023, of: 2_000 };
  const space = { free, hides: false, shrink: () => {}, checkpoint: () => {} };
  expect(new ShrinkingTask({ space }).pending()).toBe(0);
  expect(new ShrinkingTask({ space: { ...space, free: { pages: 1_024, of: 20_000 } } }).pending()).toBe(0);
  const much = { ...space, free: { pages: 1_024, of: 2_000 } };
  expect(new ShrinkingTask({ space: much }).pending()).toBe(4);
  expect(new ShrinkingTask({ space: { ...much, hides: true } }).pending()).toBe(0);
  expect(new ShrinkingTask({ space: { ...much, free: null } }).pending()).toBe(0);
});
