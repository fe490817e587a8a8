/** Which processes a process started. Known on Linux only. */
import { readFileSync } from 'node:fs';

/** Ids of the processes `pid` started that still run. @throws Error where that cannot be told */
export const children = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
