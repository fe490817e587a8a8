/**
 * `npm test`, `npm run check` and the like: installs what is missing, builds what the command needs, and runs it
 * with the right Node. Plain JavaScript for Node 20 without node_modules.
 */
import { ensureBuilt } from './bootstrap/builds.mjs';
import { SetupError, within } from './bootstrap/checkout.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { main, run } from './bootstrap/launch.mjs';
import { findNode } from './bootstrap/runtime.mjs';

const vitest = within('node_modules', 'vitest', 'vitest.mjs');

const commands = {
  test: { builds: ['launcher', 'engine', 'web'], program: [vitest, 'run'] },
  check: { builds: [], program: [within('scripts', 'check.mjs')] },
  build: { builds: ['launcher', 'engine', 'web'], program: null },
  demo: { builds: ['launcher', 'engine'], program: [within('scripts', 'demo.ts')] },
  eval: { builds: ['launcher', 'engine'], program: [within('test', 'eval', 'eval.ts')] },
  bench: { builds: ['launcher', 'engine'], program: [within('test', 'bench', 'bench.ts')] },
  negative: { builds: [], program: [within('scripts', 'negative.mjs')] },
  screens: {
    builds: ['launcher', 'engine'],
    program: [vitest, 'run', '--config', within('test', 'screens', 'vitest.config.ts'), '--root', within('.')],
  },
  soak: { builds: ['launcher', 'engine'], program: [within('test', 'soak', 'soak.ts')] },
  conformance: { builds: ['launcher', 'engine'], program: [within('test', 'conformance', 'conformance.ts')] },
  mutants: { builds: ['launcher'], program: [within('test', 'mutants', 'mutants.ts')] },
  readme: { builds: ['launcher', 'engine', 'web'], program: [within('scripts', 'readme.ts')] },
  openapi: { builds: [], program: [within('scripts', 'openapi.ts')] },
  client: { builds: [], program: [within('scripts', 'build-client.mjs')] },
};

await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new SetupError(`Usage: node scripts/run.mjs ${Object.keys(commands).join('|')} [arguments]`);
  await ensureDependencies();
  const node = findNode();
  ensureBuilt(command.builds, node);
  // Hundreds of processes of a run begin with the same sources: what Node compiled of them is kept for the next.
  if (name === 'test') process.env.NODE_COMPILE_CACHE ??= within('node_modules', '.cache', 'compiled');
  return command.program === null ? 0 : run(node, [...command.program, ...args]);
});
