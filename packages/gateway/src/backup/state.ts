/**
 * What this server remembers of its backups between starts: which write each space had seen when it was copied, what its files
 * looked like, and how the last run went. Losing it costs copies that were not needed, never one that was.
 */
import { readFile } from 'node:fs/promises';
import { BackupRun } from '@vivim/contract/backup';
import { z } from 'zod';
import { writeDurably } from '../keys/durable-file.ts';

const Known = z.strictObject({
  /** Of the copy in the place of backups. */
  file: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  version: z.int().nullable(),
  /** See `FleetControl.print`; null: ask the engine. */
  print: z.string().nullable(),
});
export type Known = z.infer<typeof Known>;

const State = z.strictObject({
  /** The place the copies are in: another place has none of them. */
  place: z.string(),
  spaces: z.record(z.string(), Known),
  lastRun: BackupRun.nullable(),
  lastSuccessAt: z.string().nullable(),
});
export type BackupState = z.infer<typeof State>;

/** @param path e.g. `<data>/backup-state.json` */
export async function readState(path: string, place: string): Promise<BackupState> {
  const empty: BackupState = { place, spaces: {}, lastRun: null, lastSuccessAt: null };
  try {
    const state = State.parse(JSON.parse(await readFile(path, 'utf8')));
    return state.place === place ? state : empty;
  } catch {
    return empty;
  }
}

export const writeState = (path: string, state: BackupState): Promise<void> =>
  writeDurably(path, Buffer.from(JSON.stringify(state)));
