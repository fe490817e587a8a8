/** The files of a watched place, with their sizes and times. Follows no link, and tells of folders that
 * may not be read. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { WatchedKind } from '@vivim/contract/folder/program-files';
import { systemCode } from '../cli-error.ts';
import type { WatchedPlace } from './places.ts';
import { piecesOf } from './session-pieces.ts';

export interface FoundFile {
  readonly place: WatchedPlace;
  /** How it changes. */
  readonly kind: WatchedKind;
  /** Absolute. */
  readonly path: string;
  /** Bytes; of a database with what lies beside it, of a session in pieces of all of them. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Number of the file in its file system: another file in its place has another. */
  readonly inode: number;
}

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
    if (entry.isDirectory() && depth < place.depth && mayHold(place, entry.name))
      await look(place, name, depth + 1, finding);
    const form = entry.isFile() ? place.forms.find(({ files }) => files.test(name)) : undefined;
    if (form === undefined) continue;
    const file = path.join(place.folder, name);
    const seen = await sizeOf(form.kind, file);
    if (seen !== null && seen.size > 0) found.push({ place, kind: form.kind, path: file, ...seen });
  }
}

const mayHold = ({ passOver }: WatchedPlace, folder: string): boolean =>
  folder !== 'node_modules' && passOver?.test(folder) !== true;

async function sizeOf(kind: WatchedKind, file: string): Promise<Pick<FoundFile, 'size' | 'mtimeMs' | 'inode'> | null> {
  const own = await stat(file).catch(() => null);
  if (own === null) return null;
  const log = kind === 'database' ? await stat(`${file}-wal`).catch(() => null) : null;
  const all = kind === 'pieces' ? await piecesOf(file) : [own, ...(log === null ? [] : [log])];
  return {
    size: all.reduce((sum, { size }) => sum + size, 0),
    mtimeMs: all.reduce((latest, { mtimeMs }) => Math.max(latest, mtimeMs), 0),
    inode: own.ino,
  };
}
