/**
 * Builds the engine into one directory that needs nothing else: packages/engine/dist/. The driver's native addon is copied beside
 * the code, so is the blank that new spaces begin as, and modules that are imported lazily stay chunks of their own. A cold start is
 * mostly loading: engines begin from a snapshot of the heap as it is with all modules loaded. Where there is none for the Node that
 * runs, and in threads, V8's compile cache helps, filled by one run of a throw-away space.
 *
 * Run by Node 24. Does nothing when neither a source, nor Node, nor the flags have changed.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { makeBlank } from '../packages/engine/src/space/blank-space.ts';
import { builtEngine, engineFlags, snapshotName } from '../packages/gateway/src/fleet/engine-program.ts';
import { startFleet } from '../packages/gateway/src/fleet/engines.ts';
import { openKeks } from '../packages/gateway/src/keys/keks.ts';
import { makeSnapshot, resolveBeside } from './engine-snapshot.mjs';
import { zodInEnglish } from './zod-in-english.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const engine = join(root, 'packages/engine');
const dist = join(engine, 'dist');
const stampFile = join(dist, 'stamp.json');

const runtime = () =>
  [process.version, process.arch, process.platform, process.getuid?.() ?? 0, dist, snapshotName(), ...engineFlags].join(
    ' ',
  );
const stampOf = (path) => {
  const { size, mtimeMs } = statSync(join(root, path));
  return `${size}:${mtimeMs}`;
};

/** Whether what lies in dist/ was made from exactly these sources, by this Node, under these flags. */
function isFresh() {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    return stamp.runtime === runtime() && Object.entries(stamp.inputs).every(([path, was]) => stampOf(path) === was);
  } catch {
    return false;
  }
}

/** The C library the driver's prebuilt addon must fit. */
const target = `${process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime ? 'linuxmusl' : process.platform}-${process.arch}`;

/** The driver finds its addon by probing at run time; in a bundle it is told. */
const driverForThisMachine = {
  name: 'driver-for-this-machine',
  setup({ onResolve }) {
    const driver = 'better-sqlite3-multiple-ciphers';
    onResolve({ filter: new RegExp(`^${driver}$`) }, ({ importer }) => ({
      path: fileURLToPath(import.meta.resolve(`${driver}/${target}`, pathToFileURL(importer))),
    }));
  },
};

/** The protocol's library carries a compiler of JSON schemas for what it may ask of clients; the engine asks nothing. */
const noSchemaCompiler = {
  name: 'no-schema-compiler',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, () => ({ path: 'shims', namespace: 'none' }));
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({
      contents: "import process from 'node:process'; export { process }; export class DefaultJsonSchemaValidator {}",
    }));
  },
};

/** Files the engine reads by `import.meta.resolve`. */
const dataFiles = ['o200k_base', 'cl100k_base'].map((name) => `gpt-tokenizer/data/${name}.tiktoken`);

/**
 * One letter outside Latin-1 makes V8 keep the whole source at two bytes a character: a megabyte for each engine. esbuild
 * escapes them everywhere but in regular expressions, where the same escape means the same.
 */
function toAscii(path) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(path, readFileSync(path, 'utf8').replace(/[^\0-\x7f]/g, escaped));
}

/** What the bundle and the snapshot have in common. */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  // V8 keeps the source in memory; names stay, so that a stack says where.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

async function bundle(outdir) {
  const { metafile } = await build({
    ...common,
    entryPoints: {
      engine: join(engine, 'src/main.ts'),
      'copy-thread': join(engine, 'src/sqlite/copy-thread.ts'),
      'draft-thread': join(engine, 'src/capture/drafts/draft-thread.ts'),
    },
    outdir,
    splitting: true,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    // Beside the addon: any chunk may be the one that loads it by a relative path.
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.node': 'copy' },
    plugins: [driverForThisMachine, zodInEnglish, noSchemaCompiler],
    banner: {
      js:
        "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); " +
        resolveBeside('import.meta.url'),
    },
    // A data file of a package and the entry of a thread lie beside the bundle: the jail shows no node_modules.
    define: { 'import.meta.resolve': '__beside' },
  });
  for (const name of readdirSync(outdir).filter((file) => file.endsWith('.mjs'))) toAscii(join(outdir, name));
  for (const file of dataFiles) copyFileSync(fileURLToPath(import.meta.resolve(file)), join(outdir, basename(file)));
  return [
    ...sourcesOf(metafile),
    relative(root, import.meta.filename),
    'scripts/engine-snapshot.mjs',
    'scripts/zod-in-english.mjs',
  ];
}

/** @throws Error with what Node says, where a module holds what no snapshot can */
async function snapshot(outdir) {
  const addon = readdirSync(outdir).find((file) => file.endsWith('.node'));
  const plugins = [driverForThisMachine, zodInEnglish, noSchemaCompiler];
  const script = join(outdir, 'snapshot-main.cjs');
  const from = { ...common, plugins, entryPoints: [join(engine, 'src/snapshot-main.ts')], outfile: script };
  const metafile = await makeSnapshot({ from, addon, toAscii, flags: engineFlags, blob: join(outdir, snapshotName()) });
  rmSync(script);
  return sourcesOf(metafile);
}

const sourcesOf = (metafile) => Object.keys(metafile.inputs).filter((path) => existsSync(join(root, path)));

/** What a start and a first request need. */
const firstAsked = [
  ['GET', '/v1/space'],
  ['GET', '/v1/conversations'],
  ['GET', '/v1/search?q=first'],
  ['POST', '/v1/context', { query: 'first', budget: 1000 }],
];
/** What is loaded when first asked for. A life of its own: V8 keeps compiled whatever ran, and gives it back at every start. */
const askedLater = [['POST', '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' }]];

/** One life of a throw-away space, so that what is asked in it is compiled already. */
async function fillCompileCache(asked) {
  const dataDir = mkdtempSync(join(tmpdir(), 'vivim-build-'));
  const quiet = {
    info() {},
    warn() {},
    error(fields, event) {
      console.error(event, fields);
    },
  };
  const config = {
    dataDir,
    engineMode: 'dedicated',
    jail: 'off',
    idleSeconds: 60,
    engineMemoryMb: null,
    warmEngines: 1,
    migrate: 'lazy',
  };
  const keks = await openKeks({
    directory: join(dataDir, 'keys'),
    source: null,
    passphrase: { file: null, ask: null },
    environment: {},
    clock: Date.now,
  });
  const program = { ...builtEngine({ fromSnapshot: false }), compileCache: join(dist, 'cache') };
  const fleet = await startFleet({
    config,
    clock: Date.now,
    log: quiet,
    keks,
    tellOfKek: async () => {},
    locate: async () => null,
    spaces: async () => [],
    program,
    models: null,
  });
  try {
    const userId = crypto.randomUUID();
    const row = { userId, storageId: crypto.randomUUID(), fence: 0, quotaBytes: 2 ** 30 };
    const caller = { userId, sessionId: crypto.randomUUID(), scopes: ['memory:read', 'memory:write'] };
    const ask = async (method, path, body) => {
      const request = {
        method,
        path,
        headers: {
          accept: 'application/json, text/event-stream',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : new Blob([JSON.stringify(body)]).stream(),
        signal: null,
      };
      const answer = await fleet.fetch(row, caller, request);
      const said = await answer.text();
      if (!answer.ok) throw new Error(`The engine just built answers ${answer.status} to ${method} ${path}: ${said}`);
    };
    await fleet.createSpace(row);
    for (const each of asked) await ask(...each);
  } finally {
    await fleet.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

if (!isFresh()) {
  const fresh = mkdtempSync(join(engine, '.dist-'));
  try {
    const inputs = [...(await bundle(fresh)), ...(await snapshot(fresh))];
    makeBlank(join(fresh, 'blank.db'));
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
    chmodSync(dist, 0o755);
    await fillCompileCache(firstAsked);
    await fillCompileCache(askedLater);
    const stamps = Object.fromEntries(inputs.map((path) => [relative(root, join(root, path)), stampOf(path)]));
    writeFileSync(stampFile, JSON.stringify({ runtime: runtime(), inputs: stamps }));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
