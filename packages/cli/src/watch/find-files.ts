/** The files of a watched place, with their sizes and times. Follows no link, and tells of folders that
 * may not be read. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../cli-error.ts';
import type { WatchedPlace } from './places.ts';

export interface FoundFile {
  readonly place: WatchedPlace;
  /** Absolute. */
  readonly path: string;
  /** Bytes; of a database with what lies beside it. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Number of the file in its file system: another file in its place has another. */
  readonly inode: number;
}

/** Folders within folders are looked at down to here. */
const deepest = 12;

/**
 * @param closed called with each folder that may not be read, and why; one that is not there says nothing
 * @returns in the order of their last change, the latest first; none where the folder is not there
 */
export async function findFiles(
  place: WatchedPlace,
  closed: (folder: string, error: unknown) => void = () => {},
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  await look(place, '', 0, { found, closed });
  return found.sort((a, b) => b.mtimeMs - a.mtimeMs);
}

interface Finding {
  readonly found: FoundFile[];
  readonly closed: (folder: string, error: unknown) => void;
}

async function look(place: WatchedPlace, within: string, depth: number, finding: Finding): Promise<void> {
  const { found, closed } = finding;
  const folder = path.join(place.folder, within);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') closed(folder, error);
    return [];
  });
  for (const entry of entries) {
    const name = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory() && depth < deepest && entry.name !== 'node_modules')
      await look(place, name, depth + 1, finding);
    if (!entry.isFile() || !place.files.test(name)) continue;
    const file = path.join(place.folder, name);
    const seen = await sizeOf(place, file);
    if (seen !== null && seen.size > 0) found.push({ place, path: file, ...seen });
  }
}

async function sizeOf(
  place: WatchedPlace,
  file: string,
): Promise<Pick<FoundFile, 'size' | 'mtimeMs' | 'inode'> | null> {
  const own = await stat(file).catch(() => null);
  if (own === null) return null;
  const log = place.kind === 'database' ? await stat(`${file}-wal`).catch(() => null) : null;
  return {
    size: own.size + (log?.size ?? 0),
    mtimeMs: Math.max(own.mtimeMs, log?.mtimeMs ?? 0),
    inode: own.ino,
  };
}
