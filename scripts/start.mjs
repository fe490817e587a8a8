/**
 * `npm start`: installs what is missing, builds what is stale, and runs `vivim serve` with the arguments given.
 * Plain JavaScript for Node 20 without node_modules.
 */

import { ensureBuilt, everyBuild } from './bootstrap/builds.mjs';
import { within } from './bootstrap/checkout.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { become, main } from './bootstrap/launch.mjs';
import { findNode } from './bootstrap/runtime.mjs';

await main(async () => {
  await ensureDependencies();
  const node = findNode();
  ensureBuilt(everyBuild, node);
  return become(node, within('packages', 'cli', 'src', 'main.ts'), ['serve', ...process.argv.slice(2)]);
});
