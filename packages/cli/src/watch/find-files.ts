/** The files of a watched place, with their sizes and times. Follows no link, and passes over what cannot be read. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { WatchedPlace } from './places.ts';

export interface FoundFile {
  readonly place: WatchedPlace;
  /** Absolute. */
  readonly path: string;
  /** Bytes; of a database with what lies beside it. */
  readonly size: number;
  readonly mtimeMs: number;
}

/** Folders within folders are looked at down to here. */
const deepest = 12;

/** @returns in the order of their last change, the latest first; none where the folder is not there */
export async function findFiles(place: WatchedPlace): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  await look(place, '', 0, found);
  return found.sort((a, b) => b.mtimeMs - a.mtimeMs);
}

async function look(place: WatchedPlace, within: string, depth: number, found: FoundFile[]): Promise<void> {
  const entries = await readdir(path.join(place.folder, within), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const name = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory() && depth < deepest && entry.name !== 'node_modules')
      await look(place, name, depth + 1, found);
    if (!entry.isFile() || !place.files.test(name)) continue;
    const file = path.join(place.folder, name);
    const seen = await sizeOf(place, file);
    if (seen !== null && seen.size > 0) found.push({ place, path: file, ...seen });
  }
}

async function sizeOf(place: WatchedPlace, file: string): Promise<{ size: number; mtimeMs: number } | null> {
  const own = await stat(file).catch(() => null);
  if (own === null) return null;
  const log = place.kind === 'database' ? await stat(`${file}-wal`).catch(() => null) : null;
  return { size: own.size + (log?.size ?? 0), mtimeMs: Math.max(own.mtimeMs, log?.mtimeMs ?? 0) };
}
