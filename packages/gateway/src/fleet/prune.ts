/**
 * Takes away files that lie beside spaces for a time: copies from before a change of schema, and what a restore replaced. Touches
 * no other file.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@vivim/contract/clock';
import { regularly } from '../master/regularly.ts';
import { dropReplaced } from './replace-space.ts';
import type { Snapshots } from './snapshots.ts';

const everyMs = 3_600_000;
/** What a restore replaced is kept this long beside the space. */
const keepReplacedMs = 7 * 86_400_000;

export interface PruneDeps {
  readonly snapshots: Snapshots;
  /** How long a copy from before a change of schema is kept. */
  readonly snapshotMs: number;
  readonly usersRoot: string;
  readonly clock: Clock;
}

export async function prune({ snapshots, snapshotMs, usersRoot, clock }: PruneDeps): Promise<void> {
  for (const storageId of await snapshots.spaces()) {
    const newest = await snapshots.newest(storageId);
    if (newest !== null && clock() - newest >= snapshotMs) await snapshots.remove(storageId);
  }
  for (const fan of await readdir(usersRoot).catch(() => [])) {
    for (const space of await readdir(join(usersRoot, fan)).catch(() => []))
      await dropReplaced(join(usersRoot, fan, space), clock() - keepReplacedMs);
  }
}

/** Now, and every hour. What cannot be removed is tried again. @returns stops, after the pass under way */
export function pruneRegularly(deps: PruneDeps): () => Promise<void> {
  const pruning = regularly(() => prune(deps), everyMs);
  void pruning.again();
  return pruning.stop;
}
