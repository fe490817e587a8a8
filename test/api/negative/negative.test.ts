/**
 * The table of things that must be refused, over HTTP: one row for each number, in the very status and code. `npm run negative`
 * runs it in twenty shuffled orders; VIVIM_NEGATIVE_SEEDS names the orders, separated by commas.
 */
import { Problem } from '@vivim/contract/errors';
import { headers, problemMediaType } from '@vivim/contract/http';
import { describe, expect, it } from 'vitest';
import { describeMasters } from '../../kit/masters.ts';
import type { Answer } from '../../kit/sign-in.ts';
import { didRows } from './did-rows.ts';
import { loginRows } from './login-rows.ts';
import { oauthRows } from './oauth-rows.ts';
import type { Row } from './row.ts';
import { sessionEndRows } from './session-end-rows.ts';
import { sessionRows } from './session-rows.ts';
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

/** What no answer of this server may hold: SQL, stacks, paths, other names of things inside. */
const insides = /\bselect\b.*\bfrom\b|\binsert into\b|at .+:\d+:\d+|node_modules|\/src\/|pg_|ECONN|stack/i;

function expectProblem({ status, headers: sent, body }: Answer): void {
  expect(sent.get('content-type')).toBe(problemMediaType);
  const problem = Problem.parse(body);
  expect(problem.status).toBe(status);
  expect(problem.traceId).toMatch(/^[0-9a-f]{24}$/);
  expect(sent.get(headers.traceId) ?? problem.traceId).toBe(problem.traceId);
  expect(JSON.stringify(problem)).not.toMatch(insides);
  if (status === 401) expect(sent.get('www-authenticate')).toMatch(/^DPoP .*algs="ES256 /);
}

describeMasters('what must be refused', (kind) => {
  const world = useWorld(kind);

  const table = (order: readonly Row[]) =>
    it.each(order)('$id $title: $status $code; $also', async ({ run, status, code }) => {
      const answers = Object.entries(await run(world()));
      expect(answers.length).toBeGreaterThan(0);
      const given = answers.map(([name, answer]) => `${name}: ${answer.status} ${String(answer.body.code)}`);
      expect(given).toEqual(answers.map(([name]) => `${name}: ${status} ${code}`));
      for (const [, answer] of answers) expectProblem(answer);
    });

  if (seeds.length === 0) table(rows);
  for (const seed of seeds) describe(`in the order of seed ${seed}`, () => table(shuffled(rows, seed)));
});

it('every number stands once', () => {
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});
