/** The times the fleet keeps, in milliseconds, and what one process may take. Defaults suit a server; tests make them short. */
import { availableParallelism } from 'node:os';
import type { EngineMode } from '@vivim/contract/health';

export interface FleetLimits {
  /** An engine without a request or a job for this long is stopped. */
  readonly idleMs: number;
  /** From the last byte of a request to the first of its answer, without the time in which others had the processor. */
  readonly answerMs: number;
  /** The same where a file is made first. An engine whose event loop stands still is found out long before. */
  readonly fileMs: number;
  /** What an engine may compute in one go, silent, while requests are out; then it is killed. More by what came with the requests. */
  readonly hangMs: number;
  /** The same while it works on a job, or on a request of 32 MiB: the largest conversation that may come in takes seven seconds in one go. */
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
  /** What one process may hold for itself, bytes; then it is killed. */
  readonly memoryBytes: number;
  /** What the kernel lets it allocate, held or not, bytes: a net below that. Null: no net. */
  readonly allocationBytes: number | null;
  /** Files and sockets one process may have open. */
  readonly openFiles: number;
}

type ProcessLimit = 'memoryBytes' | 'allocationBytes' | 'openFiles';

const MiB = 1024 ** 2;
/** Measured: what V8 has the kernel count for each thread that runs JavaScript, used or not. An engine of one person has at most four. */
const reservedBytes = 640 * MiB;

/**
 * A process of one person: 256 MB of JavaScript (`engine-program.ts`), 128 MB twice for an uploaded database, 64 MB of page cache while
 * an import runs, 60 MB of Node. One of many people: so much for each that works at a time, and a page cache for each that is open.
 */
export const processLimits = (mode: EngineMode, memoryMb: number | null): Pick<FleetLimits, ProcessLimit> => {
  const memoryBytes = (memoryMb ?? (mode === 'dedicated' ? 768 : 4_096)) * MiB;
  return mode === 'dedicated'
    ? { memoryBytes, allocationBytes: memoryBytes + 4 * reservedBytes, openFiles: 1_024 }
    : { memoryBytes, allocationBytes: null, openFiles: 65_536 };
};

const cores = availableParallelism();

export const defaultLimits: Omit<FleetLimits, ProcessLimit> = {
  idleMs: 120_000,
  answerMs: 30_000,
  fileMs: 3_600_000,
  hangMs: 1_400,
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
