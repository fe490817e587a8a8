/** Files that are copies of spaces: looked at and moved. Opens none. */
import { chmod, lstat, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '@vivim/contract/errors';

/** An engine that was taken over must not hand us somebody else's file under this name. */
export async function assertPlain(copy: string, bytes: number): Promise<void> {
  const [directory, found] = await Promise.all(
    [lstat(dirname(copy)), lstat(copy)].map((look) => look.catch(() => null)),
  );
  if (directory?.isDirectory() && found?.isFile() && found.nlink === 1 && found.size === bytes) return;
  throw new AppError('storage_integrity', 'The copy the engine left is not what it said.');
}

export async function move(from: string, to: string): Promise<void> {
  await rename(from, to);
  await chmod(to, 0o600);
}
