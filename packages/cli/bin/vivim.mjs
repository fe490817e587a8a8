#!/usr/bin/env node
/**
 * The `vivim` command as npm links it. Plain JavaScript for Node 20: finds the Node the project runs on and becomes the command there:
 * as it was built, where it was built of the sources that lie there, else from them. Builds what is stale before `serve`, as
 * `npm start` does; never installs.
 */
import { fileURLToPath } from 'node:url';
import { ensureBuilt, everyBuild, isOfNow } from '../../../scripts/bootstrap/builds.mjs';
import { become, main } from '../../../scripts/bootstrap/launch.mjs';
import { findNode } from '../../../scripts/bootstrap/runtime.mjs';

/** Commands with modules of the gateway's. Whoever looks for such a word with another command waits a little longer. */
const keepsServer = new Set(['serve', 'admin', 'audit', 'backup', 'restore']);

await main(async () => {
  const node = findNode();
  const args = process.argv.slice(2);
  if (args[0] === 'serve' && !args.includes('--help')) ensureBuilt(everyBuild, node);
  const built = !args.some((word) => keepsServer.has(word)) && isOfNow('cli');
  return become(node, fileURLToPath(new URL(built ? '../dist/vivim.mjs' : '../src/main.ts', import.meta.url)), args);
});
