/**
 * Where the files of a space lie: `users/<hh>/<storage id>`, `hh` being the first two hex digits of SHA-256 of the id.
 * Never built from anything a client sent, and never trusted before it was looked at without following links.
 */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import type { StorageId } from '@vivim/contract/ids';

export function spaceDirectory(usersRoot: string, storageId: StorageId): string {
  const fan = createHash('sha256').update(storageId).digest('hex').slice(0, 2);
  return join(usersRoot, fan, storageId);
}

/** Make the directory, open to its owner alone. One that exists is left as it is. */
export async function makeSpaceDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/**
 * Look at a space before its engine is let near: the directory and its parent are real directories of ours, and what lies in
 * it is directories and files with one name each, so that nothing planted there leads an engine to another's database.
 *
 * @throws AppError `storage_integrity`
 */
export async function checkSpaceDirectory(path: string): Promise<void> {
  for (const directory of [dirname(path), path]) {
    const found = await lstat(directory).catch(() => null);
    if (found === null) throw unsafe('Its directory is missing');
    if (!found.isDirectory() || !isOurs(found.uid)) throw unsafe('Its directory was tampered with');
  }
  for (const name of await readdir(path)) {
    // A write-ahead log may vanish between listing and looking, when a dying engine closes its database.
    const entry = await lstat(join(path, name)).catch(() => null);
    if (entry === null) continue;
    const sound = entry.isDirectory() || (entry.isFile() && entry.nlink === 1);
    if (!sound || !isOurs(entry.uid)) throw unsafe('A file in it was tampered with');
  }
}

/** Windows knows no owner ids. */
const isOurs = (uid: number): boolean => process.getuid === undefined || process.getuid() === uid;

const unsafe = (what: string) =>
  new AppError(
    'storage_integrity',
    `Your space cannot be opened safely. ${what}; nothing was changed. Ask the operator.`,
  );
