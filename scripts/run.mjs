/**
 * `npm test`, `npm run check` and the like: installs what is missing, builds what the command needs, and runs it
 * with the right Node. With `--help` it says what the head of the program says. Plain JavaScript for Node 20 without node_modules.
 */
import { ensureBuilt, everyBuild } from './bootstrap/builds.mjs';
import { SetupError, say, within } from './bootstrap/checkout.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { asksForHelp, headerOf } from './bootstrap/help.mjs';
import { main, run } from './bootstrap/launch.mjs';
import { findNode } from './bootstrap/runtime.mjs';

const vitest = within('node_modules', 'vitest', 'vitest.mjs');

const commands = {
  test: { builds: ['launcher', 'engine', 'web'], program: [vitest, 'run'], says: within('vitest.config.ts') },
  check: { builds: [], program: [within('scripts', 'check.mjs')], takesNothing: true },
  build: {
    builds: everyBuild,
    program: null,
    says: within('scripts', 'bootstrap', 'builds.mjs'),
    takesNothing: true,
  },
  demo: { builds: ['launcher', 'engine'], program: [within('scripts', 'demo.ts')], takesNothing: true },
  eval: { builds: ['launcher', 'engine'], program: [within('test', 'eval', 'eval.ts')] },
  bench: { builds: ['launcher', 'engine'], program: [within('test', 'bench', 'bench.ts')] },
  negative: { builds: [], program: [within('scripts', 'negative.mjs')] },
  screens: {
    builds: ['launcher', 'engine'],
    program: [vitest, 'run', '--config', within('test', 'screens', 'vitest.config.ts'), '--root', within('.')],
    says: within('test', 'screens', 'vitest.config.ts'),
  },
  soak: { builds: ['launcher', 'engine'], program: [within('test', 'soak', 'soak.ts')] },
  conformance: {
    builds: ['launcher', 'engine'],
    program: [within('test', 'conformance', 'conformance.ts')],
    takesNothing: true,
  },
  mutants: { builds: ['launcher'], program: [within('test', 'mutants', 'mutants.ts')] },
  readme: { builds: ['launcher', 'engine', 'web'], program: [within('scripts', 'readme.ts')], takesNothing: true },
  openapi: { builds: [], program: [within('scripts', 'openapi.ts')] },
  client: { builds: [], program: [within('scripts', 'build-client.mjs')], takesNothing: true },
};

await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new SetupError(`Usage: node scripts/run.mjs ${Object.keys(commands).join('|')} [arguments]`);
  if (asksForHelp(args)) {
    process.stdout.write(`${headerOf(command.says ?? command.program[0])}\n`);
    return 0;
  }
  const odd = command.takesNothing === true ? args : [];
  if (odd.length > 0) {
    say(`npm run ${name} takes no arguments, and was given ${odd[0]}. See: npm run ${name} -- --help`);
    return 2;
  }
  await ensureDependencies();
  const node = findNode();
  ensureBuilt(command.builds, node);
  // Hundreds of processes of a run begin with the same sources: what Node compiled of them is kept for the next.
  if (name === 'test') process.env.NODE_COMPILE_CACHE ??= within('node_modules', '.cache', 'compiled');
  return command.program === null ? 0 : run(node, [...command.program, ...args]);
});
