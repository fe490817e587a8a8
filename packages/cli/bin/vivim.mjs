#!/usr/bin/env node
/**
 * The `vivim` command as npm links it. Plain JavaScript for Node 20: finds the Node the project runs on and becomes
 * src/main.ts there. Builds what is stale before `serve`, as `npm start` does; never installs.
 */
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../../scripts/bootstrap/builds.mjs';
import { become, main } from '../../../scripts/bootstrap/launch.mjs';
import { findNode } from '../../../scripts/bootstrap/runtime.mjs';

await main(async () => {
  const node = findNode();
  const args = process.argv.slice(2);
  if (args[0] === 'serve' && !args.includes('--help')) ensureBuilt(['launcher', 'engine', 'web'], node);
  return become(node, fileURLToPath(new URL('../src/main.ts', import.meta.url)), args);
});
