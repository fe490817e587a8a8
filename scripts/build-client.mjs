/**
 * `npm run client`: makes of `@vivim/client` a package that needs neither this repository nor TypeScript 7: one JavaScript module,
 * the types with those of the contract beside them. It lies in packages/client/dist; `npm install` takes that folder.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const client = join(root, 'packages', 'client');
const dist = join(client, 'dist');
const entry = 'vivim-client';

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
await build({
  entryPoints: [join(client, 'src', `${entry}.ts`)],
  outfile: join(dist, `${entry}.js`),
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  logLevel: 'warning',
});
writeTypes();
const { name, version, description, license, dependencies } = JSON.parse(
  readFileSync(join(client, 'package.json'), 'utf8'),
);
writeFileSync(
  join(dist, 'package.json'),
  `${JSON.stringify(
    {
      name,
      version,
      description,
      license,
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20.9' },
      exports: { '.': { types: `./types/client/src/${entry}.d.ts`, default: `./${entry}.js` } },
      // Types alone: nothing of it is loaded when a program runs.
      dependencies: { zod: dependencies.zod },
    },
    null,
    2,
  )}\n`,
);
copyFileSync(join(client, 'README.md'), join(dist, 'README.md'));
copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
process.stderr.write(`${name} ${version} lies in ${relative(process.cwd(), dist)}\n`);

/** Of what the client names, and no more; addresses between the two packages become paths. */
function writeTypes() {
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-client-'));
  const types = join(dist, 'types');
  try {
    const project = join(scratch, 'tsconfig.json');
    writeFileSync(
      project,
      JSON.stringify({
        extends: join(root, 'tsconfig.base.json'),
        compilerOptions: {
          noEmit: false,
          declaration: true,
          emitDeclarationOnly: true,
          removeComments: false,
          outDir: types,
          rootDir: join(root, 'packages'),
          lib: ['ES2024', 'DOM', 'DOM.Iterable', 'ESNext.Collection', 'ESNext.Iterator'],
          types: [],
          paths: { '@vivim/contract/*': [join(root, 'packages/contract/src/*.ts')] },
        },
        files: [join(client, 'src', `${entry}.ts`)],
      }),
    );
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { status } = spawnSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });
    if (status !== 0) process.exit(1);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  for (const file of readdirSync(types, { recursive: true }).filter((path) => path.endsWith('.d.ts'))) {
    const path = join(types, file);
    const up = relative(dirname(path), join(types, 'contract', 'src'));
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replaceAll(/(['"])@vivim\/contract\/([\w/-]+)\1/g, (_, quote, module) => `${quote}${up}/${module}.js${quote}`)
        .replaceAll(/(['"])(\.{1,2}\/[\w./-]+)\.ts\1/g, '$1$2.js$1'),
    );
  }
}
