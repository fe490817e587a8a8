/**
 * Durable marks of the spaces whose engines have jobs under way, so that after a restart those engines, and only those,
 * are started without waiting for their owner. Holds ids, never what the job is.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageId, UserId } from '@vivim/contract/ids';
import { z } from 'zod';
import { removeDurably, writeDurably } from '../keys/durable-file.ts';

const Marker = z.strictObject({ userId: UserId, storageId: StorageId });
export type Marker = z.infer<typeof Marker>;

export interface RunMarkers {
  /** Say whether a space has jobs. Writes only when that changes; calls are applied in order. */
  set(marker: Marker, pending: boolean): Promise<void>;
  all(): Promise<Marker[]>;
  /** Wait for every change to be on disk. */
  settle(): Promise<void>;
}

/** @param directory e.g. `<data>/run-pending` */
export async function openRunMarkers(directory: string): Promise<RunMarkers> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const marked = new Set(await readdir(directory));
  let last: Promise<void> = Promise.resolve();
  return {
    set({ userId, storageId }, pending) {
      if (marked.has(storageId) === pending) return last;
      const path = join(directory, storageId);
      if (pending) marked.add(storageId);
      else marked.delete(storageId);
      const change = () =>
        pending ? writeDurably(path, Buffer.from(JSON.stringify({ userId, storageId }))) : removeDurably(path);
      last = last.then(change, change);
      return last;
    },
    async all() {
      const found = await Promise.all([...marked].map((name) => readMarker(join(directory, name))));
      return found.filter((marker) => marker !== null);
    },
    settle: () => last.catch(() => {}),
  };
}

/** Null for a file that is no marker: a leftover must not keep the server from starting. */
async function readMarker(path: string): Promise<Marker | null> {
  try {
    return Marker.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
