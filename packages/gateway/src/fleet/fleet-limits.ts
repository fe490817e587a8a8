/** The times the fleet keeps, in milliseconds. Defaults suit a server; tests make them short. */
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
}

export const defaultLimits: FleetLimits = {
  idleMs: 120_000,
  answerMs: 30_000,
  fileMs: 3_600_000,
  hangMs: 2_000,
  busyHangMs: 15_000,
  openMs: 60_000,
  graceMs: 10_000,
  pooledProcesses: 2,
};
