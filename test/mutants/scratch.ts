/**
 * A copy of the project in which a mutant can live: sources of its own, the packages that were installed shared by links. The
 * project itself is never changed.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { root } from '../architecture/source-files.ts';
import { type Edit, edited } from './mutant.ts';

export interface Scratch {
  readonly directory: string;
  /** Makes the edits, and runs with them made; whatever happens, they are taken back. */
  with<T>(edits: readonly Edit[], run: () => Promise<T>): Promise<T>;
  /** Bundles the engine as it stands now. @throws Error with what the build said */
  buildEngine(): void;
  remove(): void;
}

const copied = [
  'packages',
  'test',
  'scripts',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'vitest.config.ts',
];
const left = new Set(['node_modules', 'dist', '.vite']);

/** Links to what was installed; the project's own packages are those of the copy. */
function linkPackages(directory: string): void {
  const to = join(directory, 'node_modules');
  mkdirSync(to);
  const from = join(root, 'node_modules');
  const link = (name: string) => {
    const entry = lstatSync(join(from, name));
    const own = entry.isSymbolicLink() ? name.replace('@vivim/', '').replace(/^vivim$/, 'cli') : null;
    symlinkSync(own === null ? join(from, name) : join(directory, 'packages', own), join(to, name));
  };
  for (const name of readdirSync(from).filter((one) => !one.startsWith('.'))) {
    if (name !== '@vivim') link(name);
    else {
      mkdirSync(join(to, name));
      for (const own of readdirSync(join(from, name))) link(`${name}/${own}`);
    }
  }
}

export function makeScratch(): Scratch {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-mutants-'));
  for (const name of copied)
    cpSync(join(root, name), join(directory, name), {
      recursive: true,
      filter: (path) =>
        !relative(root, path)
          .split(sep)
          .some((part) => left.has(part)),
    });
  linkPackages(directory);
  return {
    directory,
    async with(edits, run) {
      const before = new Map<string, string>();
      try {
        for (const edit of edits) {
          const path = join(directory, edit.file);
          const text = readFileSync(path, 'utf8');
          if (!before.has(path)) before.set(path, text);
          writeFileSync(path, edited(text, edit));
        }
        return await run();
      } finally {
        for (const [path, text] of before) writeFileSync(path, text);
      }
    },
    buildEngine() {
      const built = spawnSync(process.execPath, ['scripts/build-engine.mjs'], { cwd: directory, encoding: 'utf8' });
      if (built.status !== 0) throw new Error(`the engine does not build:\n${built.stderr}`);
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
