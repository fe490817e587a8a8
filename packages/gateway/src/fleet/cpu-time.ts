/**
 * Processor time a process and what it started have used. Tells an engine that spins from one that merely waits for its turn on a
 * busy machine. Known on Linux only.
 */
import { readFileSync } from 'node:fs';
import { children } from './process-tree.ts';

/** Of the fields in proc_pid_stat(5), counted after the name: user and system time, in ticks. */
const [userTime, systemTime] = [11, 12] as const;
/** USER_HZ, the same on every Linux that Node runs on. */
const msPerTick = 10;

/** Milliseconds since the process began, or null where that cannot be told. */
export function cpuTimeMs(pid: number): number | null {
  try {
    return children(pid).reduce((sum, child) => sum + (cpuTimeMs(child) ?? 0), ownTimeMs(pid));
  } catch {
    return null;
  }
}

function ownTimeMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name stands in parentheses and may hold anything, so the fields are counted from the last of them.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[userTime]) + Number(fields[systemTime])) * msPerTick;
}
