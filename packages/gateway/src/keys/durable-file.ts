/**
 * Small secret files that survive a power cut: written beside, synced, renamed, the directory synced, mode 0600.
 * Never leaves a half-written file under the final name, and never reads a secret that others could have read.
 */
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { uuidv7 } from '@vivim/contract/random';

/** Replace a file as one step: after a crash it holds the old bytes or the new ones, whole. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${uuidv7()}.tmp`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** Remove a file, and drafts of it that a crash left, so that they stay removed. A file that is not there is fine. */
export async function removeDurably(path: string): Promise<void> {
  const [directory, name] = [dirname(path), basename(path)];
  const drafts = (await readdir(directory)).filter((each) => each.startsWith(`${name}.`) && each.endsWith('.tmp'));
  for (const each of [name, ...drafts]) await rm(join(directory, each), { force: true });
  await syncDirectory(directory);
}

/**
 * The bytes of a secret file, or null where there is none.
 *
 * @throws Error naming the file and the command that mends it, when its mode lets group or world in
 */
export async function readSecret(path: string): Promise<Uint8Array | null> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { mode } = await file.stat();
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      throw new Error(`${path} can be read by others than its owner. Run: chmod 600 ${path}`);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Makes what was renamed or removed in a directory stay so after a crash. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
