/**
 * What has to be built before a command runs, and whether it is stale: a hash of every source that goes in.
 * Plain JavaScript for Node 20. Never builds what is fresh, so that a second start is quick and works read-only.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { assertWritable, root, SetupError, say, within } from './checkout.mjs';
import { compiler } from './compiler.mjs';
import { broughtVersion } from './runtime.mjs';

const launcherMissed = within('packages', 'gateway', 'dist', 'engine-jail.reason');

const builds = {
  launcher: {
    title: 'the launcher of the Landlock wall',
    sources: ['packages/gateway/native', 'scripts/build-launcher.mjs'],
    output: 'packages/gateway/dist',
    command: ['scripts/build-launcher.mjs'],
    cwd: '.',
    perRuntime: false,
    /** There is none for want of a compiler, and now there is a compiler. */
    mayBeBetter: () =>
      existsSync(launcherMissed) &&
      readFileSync(launcherMissed, 'utf8').includes('no C compiler') &&
      compiler() !== null,
  },
  engine: {
    title: 'the engine',
    sources: [
      'packages/engine/src',
      'packages/contract/src',
      'packages/gateway/src/fleet/engine-program.ts',
      'scripts/build-engine.mjs',
      'scripts/engine-snapshot.mjs',
      'package-lock.json',
    ],
    output: 'packages/engine/dist',
    command: ['scripts/build-engine.mjs'],
    cwd: '.',
    perRuntime: true,
  },
  web: {
    title: 'the web files',
    // The pages show the guide of the sources as it stands.
    sources: [
      'packages/web',
      'packages/client/src',
      'packages/contract/src',
      'docs/guide/sources.md',
      'package-lock.json',
    ],
    output: 'packages/web/dist',
    command: [within('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    cwd: 'packages/web',
    perRuntime: false,
  },
};

const notSource = /(^|\/)(node_modules|dist|\.vite)(\/|$)|\.test\.tsx?$|\.tsbuildinfo$/;

function* filesUnder(place) {
  const relative = path.relative(root, place).split(path.sep).join('/');
  if (notSource.test(relative)) return;
  if (statSync(place).isFile()) yield relative;
  else for (const name of readdirSync(place).sort()) yield* filesUnder(path.join(place, name));
}

/** @param runtime what the result depends on beside its sources */
function fingerprint(sources, runtime) {
  const hash = createHash('sha256').update(`${runtime}\0`);
  for (const source of sources) {
    for (const file of filesUnder(within(source))) {
      hash
        .update(`${file}\0`)
        .update(readFileSync(within(file)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/** The engine brings a snapshot of its heap and V8's compile cache along: for the build of Node and the user that made them. */
const runtimeOf = (node) =>
  `${node === process.execPath ? process.version : broughtVersion(node)} ${statSync(node).size}`;
const user = String(process.getuid?.() ?? 0);

const stampOf = (name) => within('node_modules', '.cache', 'vivim', `${name}.built`);

function readStamp(name) {
  if (!existsSync(within(builds[name].output)) || !existsSync(stampOf(name))) return { hash: '', builtBy: '' };
  const [hash = '', builtBy = ''] = readFileSync(stampOf(name), 'utf8').trim().split(' ');
  return { hash, builtBy };
}

function mayWrite(directory) {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Somebody else's build is as good, only slower to start: it is made again where that is allowed. */
function isFresh(name, wanted) {
  const { hash, builtBy } = readStamp(name);
  if (hash !== wanted) return false;
  if (builds[name].mayBeBetter?.() && mayWrite(within(builds[name].output))) return false;
  return !builds[name].perRuntime || builtBy === user || !mayWrite(within(builds[name].output));
}

/**
 * Builds those of `names` whose sources changed since they were last built.
 *
 * @param node path of the Node to build with
 * @throws SetupError when a build is needed and cannot be made
 */
export function ensureBuilt(names, node) {
  for (const name of names) {
    const { title, sources, output, command, cwd, perRuntime } = builds[name];
    const wanted = fingerprint(sources, perRuntime ? runtimeOf(node) : '');
    if (isFresh(name, wanted)) continue;
    assertWritable([within(output), stampOf(name)], `${title[0].toUpperCase()}${title.slice(1)} must be built`);
    say(`Building ${title}.`);
    const { status } = spawnSync(node, command, { cwd: within(cwd), stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new SetupError(`Building ${title} failed; the reason is above.`);
    mkdirSync(path.dirname(stampOf(name)), { recursive: true });
    writeFileSync(stampOf(name), `${wanted} ${user}\n`);
  }
}
