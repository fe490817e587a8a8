/** Every npm script of ours says what it is with `--help`, and what it does not know in one line, before it installs, builds or starts anything. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const ours = Object.entries(scripts).flatMap(([name, command]) =>
  command.startsWith('node scripts/run.mjs ') ? [name] : [],
);
const run = (program: string, ...args: string[]) => {
  const env = { ...process.env, npm_lifecycle_event: 'it' };
  return spawnSync(process.execPath, [join(root, program), ...args], { encoding: 'utf8', cwd: root, env });
};

it.each(ours)('npm run %s -- --help', (name) => {
  for (const asked of ['--help', '-h']) {
    const { status, stdout, stderr } = run('scripts/run.mjs', name, asked);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.length).toBeGreaterThan(40);
    expect(stdout).not.toContain('/**');
  }
});

it.each(['build', 'check', 'demo', 'conformance', 'readme', 'client'])('npm run %s takes nothing', (name) => {
  const { status, stderr } = run('scripts/run.mjs', name, '--no-such');
  expect(status).toBe(2);
  expect(stderr).toBe(`npm run ${name} takes no arguments, and was given --no-such. See: npm run ${name} -- --help\n`);
});

it.each([
  ['test/bench/bench.ts', '--no-such'],
  ['test/bench/bench.ts', 'no-such'],
  ['test/eval/eval.ts', '--no-such'],
  ['test/eval/eval.ts'],
  ['test/soak/soak.ts', 'no-such'],
  ['test/soak/soak.ts', 'fleet', '--no-such'],
  ['test/soak/soak.ts', 'fleet', '--spaces', 'many'],
  ['test/mutants/mutants.ts', '--no-such'],
  ['test/mutants/mutants.ts', '--only', 'no-such'],
  ['scripts/negative.mjs', '--no-such'],
  ['scripts/negative.mjs', '--rounds', 'many'],
  ['scripts/openapi.ts', '--no-such'],
])('%s %s %s is refused in a line', (program, ...args) => {
  const { status, stdout, stderr } = run(program, ...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^.+ See: npm run it -- --help\n$/);
});
