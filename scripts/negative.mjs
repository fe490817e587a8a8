/**
 * `npm run negative [-- --rounds N | --seed S]`: the table of what must be refused, in N shuffled orders (20), or in the one
 * order of a seed that failed. Stops at the first row that does not refuse as it must, and says in which order that was.
 */
import { randomInt } from 'node:crypto';
import { readArguments, refuse } from './arguments.ts';
import { say, within } from './bootstrap/checkout.mjs';
import { main, run } from './bootstrap/launch.mjs';

const vitest = within('node_modules', 'vitest', 'vitest.mjs');

await main(async () => {
  const { values } = readArguments({
    options: { rounds: { type: 'string', default: '20' }, seed: { type: 'string' } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || (values.seed !== undefined && !/^\d+$/.test(values.seed)))
    refuse('--rounds takes a number above zero, --seed a whole one.');
  const seeds =
    values.seed === undefined ? Array.from({ length: rounds }, () => randomInt(2 ** 31)) : [Number(values.seed)];
  say(`— the table of what must be refused, in ${seeds.length} orders`);
  process.env.VIVIM_NEGATIVE_SEEDS = seeds.join(',');
  const started = performance.now();
  const code = await run(process.execPath, [vitest, 'run', '--bail=1', '--reporter=dot', 'test/api/negative']);
  const seconds = Math.round((performance.now() - started) / 1_000);
  say(
    code === 0
      ? `Refused as they must be, ${seeds.length} times, in ${seconds} s.`
      : 'Failed. The order stands in the name of the row: repeat it with npm run negative -- --seed S.',
  );
  return code;
});
