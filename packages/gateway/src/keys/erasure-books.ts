/**
 * The books of what people erased inside their spaces: `<books>/<storage id>.jsonl`, one note a line. They lie beside the keys
 * and in no backup of a space, so that an older copy of one is brought up to its book before it is served. A note holds
 * hashes under a salt that only the space knows; a book says how much was erased and when, and nothing of what.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ErasureNote } from '@vivim/contract/erasure';
import { StorageId } from '@vivim/contract/ids';
import { removeDurably } from './durable-file.ts';
import { type LineFile, openLineFile } from './line-file.ts';

export interface ErasureBooks {
  /** Oldest first. @throws Error in plain words when a line of the book is none: a space must not be served past it */
  read(storageId: StorageId): Promise<ErasureNote[]>;
  /** On disk before this returns. A note that is there already keeps its line. */
  append(storageId: StorageId, note: ErasureNote): Promise<void>;
  /** The space itself was erased. */
  destroy(storageId: StorageId): Promise<void>;
  /** Spaces there is a book of. */
  list(): Promise<StorageId[]>;
}

/** @param directory e.g. `<data>/keys/erasures`; made 0700 */
export async function openErasureBooks(directory: string): Promise<ErasureBooks> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const pathOf = (storageId: StorageId) => join(directory, `${storageId}.jsonl`);
  const files = new Map<StorageId, Promise<LineFile>>();
  const fileOf = (storageId: StorageId): Promise<LineFile> => {
    const known = files.get(storageId) ?? openLineFile(pathOf(storageId));
    files.set(storageId, known);
    known.catch(() => files.delete(storageId));
    return known;
  };
  const read = async (storageId: StorageId) =>
    (await (await fileOf(storageId)).read()).map((line, ix) => parse(line, pathOf(storageId), ix + 1));
  // Notes of one space stand in the order they were given.
  const last = new Map<StorageId, Promise<void>>();
  return {
    read,
    append(storageId, note) {
      const done = (last.get(storageId) ?? Promise.resolve()).then(async () => {
        if ((await read(storageId)).some(({ id }) => id === note.id)) return;
        await (await fileOf(storageId)).append(note, true);
      });
      last.set(
        storageId,
        done.catch(() => {}),
      );
      return done;
    },
    async destroy(storageId) {
      await last.get(storageId);
      last.delete(storageId);
      files.delete(storageId);
      await removeDurably(pathOf(storageId));
    },
    async list() {
      const names = await readdir(directory);
      return names.flatMap((name) => StorageId.safeParse(name.replace(/\.jsonl$/, '')).data ?? []);
    },
  };
}

function parse(line: string, path: string, number: number): ErasureNote {
  try {
    return ErasureNote.parse(JSON.parse(line));
  } catch {
    throw new Error(
      `Line ${number} of ${path} is no note of an erasure. The book was damaged; put it back from a copy.`,
    );
  }
}
