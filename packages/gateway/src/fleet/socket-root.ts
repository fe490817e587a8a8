/**
 * Where the sockets of this run lie: a short private directory, because the path of a unix socket ends at 107 bytes.
 * Never shared between two engines: each gets a directory of its own below it.
 */
import { lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export interface SocketRoot {
  /** A fresh directory, 0700. */
  makeDirectory(): Promise<string>;
  removeDirectory(path: string): Promise<void>;
  close(): Promise<void>;
}

const prefix = 'vivim-';
/** macOS ends at 103; what follows the root is at most `/zzzz/s`. */
const longestRoot = 90;

/** @param noteFile remembers the root, so that the next start clears what a killed gateway left behind */
export async function openSocketRoot(noteFile: string): Promise<SocketRoot> {
  await clearLeftover(noteFile);
  const parent = tmpdir().length + prefix.length + 6 > longestRoot ? '/tmp' : tmpdir();
  const root = await mkdtemp(join(parent, prefix));
  await writeFile(noteFile, root, { mode: 0o600 });
  let count = 0;
  return {
    async makeDirectory() {
      const path = join(root, (count++).toString(36));
      await mkdir(path, { mode: 0o700 });
      return path;
    },
    removeDirectory: (path) => rm(path, { recursive: true, force: true }),
    async close() {
      await rm(root, { recursive: true, force: true });
      await rm(noteFile, { force: true });
    },
  };
}

async function clearLeftover(noteFile: string): Promise<void> {
  const left = await readFile(noteFile, 'utf8').catch(() => null);
  if (left === null || !basename(left).startsWith(prefix)) return;
  const found = await lstat(left).catch(() => null);
  if (found?.isDirectory() && (process.getuid === undefined || found.uid === process.getuid())) {
    await rm(left, { recursive: true, force: true });
  }
}
