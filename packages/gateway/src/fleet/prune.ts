/** Takes away copies from before a change of schema when their time is over. Touches no other file. */
import type { Clock } from '@vivim/contract/clock';
import type { Snapshots } from './snapshots.ts';

const everyMs = 3_600_000;

/** Remove the copies of every space whose newest one is older than `keepMs`. */
export async function pruneSnapshots(snapshots: Snapshots, keepMs: number, clock: Clock): Promise<void> {
  for (const storageId of await snapshots.spaces()) {
    const newest = await snapshots.newest(storageId);
    if (newest !== null && clock() - newest >= keepMs) await snapshots.remove(storageId);
  }
}

/** Now, and every hour. What cannot be removed is tried again. */
export function pruneRegularly(snapshots: Snapshots, keepMs: number, clock: Clock) {
  let last: Promise<void> = Promise.resolve();
  const prune = () => {
    last = last.then(() => pruneSnapshots(snapshots, keepMs, clock)).catch(() => {});
  };
  prune();
  const timer = setInterval(prune, everyMs).unref();
  return { stop: () => clearInterval(timer), settled: () => last };
}
