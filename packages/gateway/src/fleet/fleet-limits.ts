/** The times the fleet keeps, in milliseconds. Defaults suit a server; tests make them short. */
import { availableParallelism } from 'node:os';

export interface FleetLimits {
  /** An engine without a request or a job for this long is stopped. */
  readonly idleMs: number;
  /** From the last byte of a request to the first of its answer. */
  readonly answerMs: number;
  /** The same where a file is made first. An engine whose event loop stands still is found out long before. */
  readonly fileMs: number;
  /** What an engine may compute in one go, silent, while requests are out; then it is killed. */
  readonly hangMs: number;
  /** The same while it works on a job, whose transactions may be long on a slow disk. */
  readonly busyHangMs: number;
  /** To open a space. */
  readonly openMs: number;
  /** To copy a space and bring it to a newer schema. */
  readonly migrateMs: number;
  /** How long a request waits for that; the work goes on. */
  readonly openWaitMs: number;
  /** To end in order; then the process is killed. */
  readonly graceMs: number;
  readonly pooledProcesses: number;
  /** Cold starts under way at once, and requests that may wait for one; how long they wait for their turn. */
  readonly startsAtOnce: number;
  readonly startsWaiting: number;
  readonly startWaitMs: number;
  /** Engines woken for the sake of their jobs that are at it at once, and how long one may take before the next is woken too. */
  readonly wakesAtOnce: number;
  readonly wakeHoldMs: number;
  /** Spaces brought to a newer schema at once. */
  readonly migrationsAtOnce: number;
  /** How long the copy from before is kept. */
  readonly snapshotMs: number;
}

const cores = availableParallelism();

export const defaultLimits: FleetLimits = {
  idleMs: 120_000,
  answerMs: 30_000,
  fileMs: 3_600_000,
  hangMs: 2_000,
  busyHangMs: 15_000,
  openMs: 60_000,
  migrateMs: 1_800_000,
  openWaitMs: 25_000,
  graceMs: 10_000,
  pooledProcesses: 2,
  startsAtOnce: Math.max(4, cores * 2),
  startsWaiting: 256,
  startWaitMs: 10_000,
  wakesAtOnce: Math.max(2, cores),
  wakeHoldMs: 300_000,
  migrationsAtOnce: Math.max(3, cores),
  snapshotMs: 7 * 86_400_000,
};
