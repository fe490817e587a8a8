/**
 * Makes the snapshot engines begin from: the heap of a Node that ran the engine's modules once, in one piece. What it may not hold is held
 * back here or refused, and a thread started from it is tried, because Node ends the process where a thread finds something of it in place.
 */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/** How a module finds what lies beside the bundle. @param here JavaScript that gives a URL there */
export const resolveBeside = (here) =>
  `const __beside = (name) => new URL(name.slice(name.lastIndexOf('/') + 1).replace(/^[^.]+$/, '$&.mjs'), ${here}).href;`;

const besideEntry = resolveBeside("require('node:url').pathToFileURL(process.argv[1])");

/** Modules of Node's with something of the machine's in them: taken from it by whoever first uses what they export, after the start. */
const heldBack = ['crypto', 'http', 'readline', 'worker_threads'];
const laterFromNode = {
  name: 'later-from-node',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(node:)?(${heldBack.join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path: path.replace('node:', ''), namespace: 'later' }));
    onLoad({ filter, namespace: 'later' }, ({ path }) => ({
      contents: Object.keys(require(path))
        .map(
          (name) =>
            `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => process.getBuiltinModule('${path}')['${name}'] });`,
        )
        .join('\n'),
    }));
  },
};

/** The driver's addon, loaded from beside the bundle by the process that begins: `require` of a snapshot knows Node's own modules alone. */
const addonBeside = (name) => ({
  name: 'addon-beside',
  setup({ onLoad }) {
    onLoad({ filter: /\.node$/ }, () => ({
      contents: `module.exports = process.getBuiltinModule('node:module').createRequire(process.argv[1])('./${name}');`,
    }));
  },
});

/**
 * While a snapshot is made nothing is random and there is no time: what was drawn then would be the same in every engine, what Node
 * keeps in store for the next draw with it.
 */
const neitherRandomNorTime = {
  before: `const __held = [[Math, 'random'], [Date, 'now'], [globalThis, 'crypto']].map(([owner, name]) => {
      const held = Object.getOwnPropertyDescriptor(owner, name);
      const get = () => { throw new Error('A module used ' + name + ' while it was loaded.'); };
      Object.defineProperty(owner, name, { configurable: true, get });
      return () => Object.defineProperty(owner, name, held);
    });`,
  after: `for (const giveBack of __held) giveBack();
    for (const name of ${JSON.stringify(heldBack)})
      if (process.moduleLoadList.includes('NativeModule ' + name)) throw new Error('A module used ' + name + ' while it was loaded.');`,
};

/** All that Node has, loaded in a thread of a process that began from the snapshot. Threads do not have trace events. */
const trial = `const { Worker } = require('node:worker_threads');
new Worker("for (const name of require('node:module').builtinModules) if (name !== 'trace_events') require(name)", { eval: true });`;

/**
 * @param from what esbuild is told: the entry, where to, and what its bundles have in common
 * @param addon file name of the driver's addon beside the bundle
 * @param toAscii rewrites a file without letters beyond ASCII
 * @param flags of Node's that engines run under
 * @param blob the file to make
 * @returns what esbuild read
 * @throws Error with what Node said: where a module holds what no snapshot can, it warns or dies
 */
export async function makeSnapshot({ from, addon, toAscii, flags, blob }) {
  const { metafile } = await build({
    ...from,
    format: 'cjs',
    plugins: [laterFromNode, addonBeside(addon), ...from.plugins],
    banner: { js: `${besideEntry}${neitherRandomNorTime.before}` },
    footer: { js: neitherRandomNorTime.after },
    define: { 'import.meta.resolve': '__beside' },
  });
  toAscii(from.outfile);
  const node = (args) => {
    const { status, stderr } = spawnSync(process.execPath, [...flags, '--snapshot-blob', blob, ...args], {
      env: {},
      encoding: 'utf8',
    });
    if (status !== 0 || stderr !== '') throw new Error(`The engine's snapshot could not be made.\n${stderr}`);
  };
  // Code of all of Node's own modules would come with it: 17 ms less for a start, and five megabytes more for each engine.
  const config = `${from.outfile}.json`;
  writeFileSync(config, JSON.stringify({ builder: from.outfile, withoutCodeCache: true }));
  node(['--build-snapshot-config', config]);
  rmSync(config);
  writeFileSync(from.outfile, trial);
  node(['--no-warnings', from.outfile]);
  writeFileSync(
    join(dirname(blob), 'engine.cjs'),
    "const { beginEngine } = globalThis; delete globalThis.beginEngine; beginEngine(require('node:url').pathToFileURL(__filename).href);\n",
  );
  return metafile;
}
