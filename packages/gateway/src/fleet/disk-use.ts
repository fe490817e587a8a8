/** How large what lies below a directory is. Follows no link. */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files below; 0 where there is no such directory. What vanishes while it is counted does not count. */
export async function bytesBelow(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  let sum = 0;
  for (const name of names) {
    const found = await lstat(join(directory, name)).catch(() => null);
    if (found?.isFile()) sum += found.size;
  }
  return sum;
}
