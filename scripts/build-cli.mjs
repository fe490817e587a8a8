/**
 * Builds the command into packages/cli/dist: what it is made of in two files, because finding 400 takes longer than most of what is asked.
 * The gateway is not among it. What keeps a server runs from the sources (`bin/vivim.mjs`), with the gateway's own modules.
 */
import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zodInEnglish } from './zod-in-english.mjs';

const cli = resolve(dirname(fileURLToPath(import.meta.url)), '../packages/cli');

rmSync(join(cli, 'dist'), { recursive: true, force: true });
await build({
  entryPoints: { vivim: join(cli, 'src/main.ts') },
  outdir: join(cli, 'dist'),
  bundle: true,
  // What is compiled of the second file is kept: the first, which says where, is a few lines.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  outExtension: { '.js': '.mjs' },
  external: ['@vivim/gateway/*'],
  plugins: [zodInEnglish],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
});
