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
      'scripts/zod-in-english.mjs',
      'package-lock.json',
    ],
    output: 'packages/engine/dist',
    command: ['scripts/build-engine.mjs'],
    cwd: '.',
    perRuntime: true,
  },
  cli: {
    title: 'the command',
    sources: [
      'packages/cli/package.json',
      'packages/cli/src',
      'packages/client/src',
      'packages/contract/src',
      'scripts/build-cli.mjs',
      'scripts/zod-in-english.mjs',
      'package-lock.json',
    ],
    output: 'packages/cli/dist',
    command: ['scripts/build-cli.mjs'],
    cwd: '.',
    perRuntime: false,
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

/** All of them: what a server runs on. */
export const everyBuild = Object.keys(builds);

const notSource = /(^|\/)(node_modules|dist|\.vite)(\/|$)|\.test\.tsx?$|\.tsbuildinfo$/;

/** @param place within the checkout, with `/` between its parts */
function* filesUnder(place) {
  if (statSync(within(place)).isFile()) yield place;
  else yield* filesIn(place);
}

function* filesIn(directory) {
  const entries = readdirSync(within(directory), { withFileTypes: true });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const place = `${directory}/${entry.name}`;
    if (notSource.test(place)) continue;
    if (entry.isDirectory()) yield* filesIn(place);
    else yield place;
  }
}

/** @param runtime what the result depends on beside its sources */
function fingerprint(sources, runtime) {
  const hash = createHash('sha256').update(`${runtime}\0`);
  for (const source of sources) {
    for (const file of filesUnder(source)) {
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
  if (!existsSync(within(builds[name].output)) || !existsSync(stampOf(name)))
    return { hash: '', builtBy: '', glance: '' };
  const [hash = '', builtBy = '', glance = ''] = readFileSync(stampOf(name), 'utf8').trim().split(' ');
  return { hash, builtBy, glance };
}

/** Names, sizes and times of the sources: seen in a fifth of the time it takes to read them. */
function glanceAt(sources) {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of filesUnder(source)) {
      const { size, mtimeMs } = statSync(`${root}/${file}`);
      hash.update(`${file}\0${size}\0${mtimeMs}\0`);
    }
  return hash.digest('hex');
}

/** Whether a build was made of the sources as they lie there. For what cannot wait until they are read; the sources do as well. */
export function isOfNow(name) {
  const { glance } = readStamp(name);
  return glance !== '' && glance === glanceAt(builds[name].sources);
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
    const stamp = () => writeFileSync(stampOf(name), `${wanted} ${user} ${glanceAt(sources)}\n`);
    if (isFresh(name, wanted)) {
      // The same sources, put there anew.
      if (!isOfNow(name) && mayWrite(stampOf(name))) stamp();
      continue;
    }
    assertWritable([within(output), stampOf(name)], `${title[0].toUpperCase()}${title.slice(1)} must be built`);
    say(`Building ${title}.`);
    const { status } = spawnSync(node, command, { cwd: within(cwd), stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new SetupError(`Building ${title} failed; the reason is above.`);
    mkdirSync(path.dirname(stampOf(name)), { recursive: true });
    stamp();
  }
}
