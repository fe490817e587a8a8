/**
 * `npm run check`: types, style, architecture and the published API description, each named with its verdict.
 * Runs them all even when one fails, so that one run shows everything there is to do.
 */
import { existsSync } from 'node:fs';
import { say, within } from './bootstrap/checkout.mjs';
import { main, run } from './bootstrap/launch.mjs';

const bin = (...parts) => within('node_modules', ...parts);
const tsc = bin('typescript', 'bin', 'tsc');

const steps = [
  ['types', [tsc, '-p', '.']],
  ['types of the web application', [tsc, '-p', 'packages/web']],
  ['style', [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.']],
  ['architecture', [bin('vitest', 'vitest.mjs'), 'run', 'test/architecture']],
  ['published API description', [within('scripts', 'openapi.ts'), '--check']],
  ['published API description, linted', [within('scripts', 'openapi-lint.ts')]],
];

await main(async () => {
  const failed = [];
  for (const [title, command] of steps) {
    if (!existsSync(command[0])) throw new Error(`${command[0]} is not there`);
    say(`— ${title}`);
    if ((await run(process.execPath, command, { cwd: within() })) !== 0) failed.push(title);
  }
  if (failed.length === 0) {
    say('All checks passed.');
    return 0;
  }
  say(`Failed: ${failed.join(', ')}.`);
  return 1;
});
