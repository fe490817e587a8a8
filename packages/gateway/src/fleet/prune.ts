/** Takes away copies from before a change of schema when their time is over. Touches no other file. */
import type { Clock } from '@vivim/contract/clock';
import { regularly } from '../master/regularly.ts';
import type { Snapshots } from './snapshots.ts';

const everyMs = 3_600_000;

/** Remove the copies of every space whose newest one is older than `keepMs`. */
export async function pruneSnapshots(snapshots: Snapshots, keepMs: number, clock: Clock): Promise<void> {
  for (const storageId of await snapshots.spaces()) {
    const newest = await snapshots.newest(storageId);
    if (newest !== null && clock() - newest >= keepMs) await snapshots.remove(storageId);
  }
}

/** Now, and every hour. What cannot be removed is tried again. @returns stops, after the pass under way */
export function pruneRegularly(snapshots: Snapshots, keepMs: number, clock: Clock): () => Promise<void> {
  const pruning = regularly(() => pruneSnapshots(snapshots, keepMs, clock), everyMs);
  void pruning.again();
  return pruning.stop;
}
