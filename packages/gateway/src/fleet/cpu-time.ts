/**
 * Processor time a process and what it started have used, and how long they waited for a processor. Tells an engine that spins from one
 * that merely waits for its turn on a busy machine. Known on Linux only.
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

/** What the first threads of some processes did, in milliseconds since these began: Node's event loop is one. */
export interface Turns {
  readonly computedMs: number;
  /** Could have gone on, and another had the processor. */
  readonly waitedMs: number;
}

/** Of a process and what it started, without their other threads: those collect garbage and draft imports. Null where it cannot be told. */
export function turnsOf(pid: number): Turns | null {
  try {
    return children(pid).reduce((sum, child) => plus(sum, turnsOf(child) ?? noTurns), ownTurns(pid));
  } catch {
    return null;
  }
}

const noTurns: Turns = { computedMs: 0, waitedMs: 0 };
const plus = (a: Turns, b: Turns): Turns => ({
  computedMs: a.computedMs + b.computedMs,
  waitedMs: a.waitedMs + b.waitedMs,
});

/** Nanoseconds on a processor and on the way to one (https://docs.kernel.org/scheduler/sched-stats.html); a kernel may count none. */
function ownTurns(pid: number): Turns {
  const [computed = 0, waited = 0] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ').map(Number);
  return computed > 0
    ? { computedMs: computed / 1e6, waitedMs: waited / 1e6 }
    : { ...noTurns, computedMs: ownTimeMs(pid) };
}

function ownTimeMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name stands in parentheses and may hold anything, so the fields are counted from the last of them.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[userTime]) + Number(fields[systemTime])) * msPerTick;
}
