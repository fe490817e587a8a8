/** The times the fleet keeps, in milliseconds, and what one process may take. Defaults suit a server; tests make them short. */
import type { EngineMode } from '@vivim/contract/health';

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
  /** To open a space, migrations included. */
  readonly openMs: number;
  /** To end in order; then the process is killed. */
  readonly graceMs: number;
  readonly pooledProcesses: number;
  /** What one process may hold for itself, bytes; then it is killed. */
  readonly memoryBytes: number;
  /** Files and sockets one process may have open. */
  readonly openFiles: number;
}

const MiB = 1024 ** 2;

/**
 * A process of one person: 256 MB of JavaScript (`engine-program.ts`), 128 MB twice for an uploaded database, 64 MB of page cache while
 * an import runs, 60 MB of Node. One of many people: so much for each that works at a time, and a page cache for each that is open.
 */
export const processLimits = (
  mode: EngineMode,
  memoryMb: number | null,
): Pick<FleetLimits, 'memoryBytes' | 'openFiles'> => ({
  memoryBytes: (memoryMb ?? (mode === 'dedicated' ? 768 : 4_096)) * MiB,
  openFiles: mode === 'dedicated' ? 1_024 : 65_536,
});

export const defaultLimits: Omit<FleetLimits, 'memoryBytes' | 'openFiles'> = {
  idleMs: 120_000,
  answerMs: 30_000,
  fileMs: 3_600_000,
  hangMs: 2_000,
  busyHangMs: 15_000,
  openMs: 60_000,
  graceMs: 10_000,
  pooledProcesses: 2,
};
