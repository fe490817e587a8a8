/**
 * A database another program has open, copied by SQLite itself into a file of its own: whole, with what is not folded in yet,
 * and without disturbing its writer. The copy is removed when the work with it is done.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** @throws Error what SQLite and the disk say */
export async function withDatabaseCopy<T>(file: string, work: (copy: string) => Promise<T>): Promise<T> {
  // Asked for when it is needed: loading it says that it is new.
  const { DatabaseSync, backup } = await import('node:sqlite');
  const directory = await mkdtemp(path.join(tmpdir(), 'vivim-watch-'));
  try {
    const copy = path.join(directory, path.basename(file));
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      await backup(database, copy);
    } finally {
      database.close();
    }
    return await work(copy);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
