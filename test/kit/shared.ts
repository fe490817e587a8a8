/** Files that lie beside the project, never in it: real exports, test vectors, evaluation sets. Absent on most machines. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';
import { root } from '../architecture/source-files.ts';

const shared = resolve(root, '../shared');

/** Absolute path of a file or folder beside the project. */
export const sharedPath = (...parts: string[]): string => join(shared, ...parts);

/** Every file below a folder beside the project, as paths from that folder. Empty where there is none. */
export function sharedFiles(...parts: string[]): string[] {
  const folder = sharedPath(...parts);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
}

/**
 * A suite over files beside the project: skipped by name where they are absent, as on a stranger's machine. Where the
 * folder beside the project is there at all, a missing part of it is a failure.
 */
export function describeShared(folder: string, name: string, suite: () => void): void {
  const there = existsSync(shared);
  if (there && !existsSync(sharedPath(folder))) throw new Error(`../shared is there, but not ../shared/${folder}.`);
  describe.skipIf(!there)(there ? name : `${name} (skipped: needs ../shared/${folder} beside the project)`, suite);
}
