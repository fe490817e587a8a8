/**
 * The table of things that must be refused, over HTTP: one row for each number, in the very status and code. `npm run negative`
 * runs it in twenty shuffled orders; VIVIM_NEGATIVE_SEEDS names the orders, separated by commas.
 */
import { describe, expect, it } from 'vitest';
import { describeMasters } from '../../kit/masters.ts';
import { didRows } from './did-rows.ts';
import { loginRows } from './login-rows.ts';
import { oauthRows } from './oauth-rows.ts';
import type { Row } from './row.ts';
import { sessionEndRows } from './session-end-rows.ts';
import { sessionRows } from './session-rows.ts';
import { codeOf, expectWellFormed } from './wire.ts';
import { useWorld } from './world.ts';

const rows: readonly Row[] = [...didRows, ...loginRows, ...sessionRows, ...sessionEndRows, ...oauthRows].sort((a, b) =>
  a.id.localeCompare(b.id),
);

const seeds = (process.env.VIVIM_NEGATIVE_SEEDS ?? '')
  .split(',')
  .filter((seed) => seed !== '')
  .map(Number);

/** The same order for the same seed (mulberry32, then Fisher and Yates). */
function shuffled<T>(values: readonly T[], seed: number): T[] {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const order = [...values];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

describeMasters('what must be refused', (kind) => {
  const world = useWorld(kind);

  const table = (order: readonly Row[]) =>
    it.each(order)('$id $title: $status $code; $also', async ({ run, status, code, wire = 'problem' }) => {
      const answers = Object.entries(await run(world()));
      expect(answers.length).toBeGreaterThan(0);
      const given = answers.map(([name, answer]) => `${name}: ${answer.status} ${codeOf(answer, wire)}`);
      expect(given).toEqual(answers.map(([name]) => `${name}: ${status} ${code}`));
      for (const [, answer] of answers) expectWellFormed(answer, wire);
    });

  if (seeds.length === 0) table(rows);
  for (const seed of seeds) describe(`in the order of seed ${seed}`, () => table(shuffled(rows, seed)));
});

it('has a row for each number, N01 to N39', () => {
  expect(rows.map(({ id }) => id)).toEqual(
    Array.from({ length: 39 }, (_, index) => `N${String(index + 1).padStart(2, '0')}`),
  );
});
