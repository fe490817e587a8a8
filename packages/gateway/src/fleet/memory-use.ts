/**
 * Memory that a process and what it started hold for themselves: what is given back when they end. Code and libraries, which all
 * engines share, do not count. Known on Linux only.
 */
import { readFileSync } from 'node:fs';
import { children } from './process-tree.ts';

/** Bytes in memory now, or null where that cannot be told. */
export function memoryBytes(pid: number): number | null {
  try {
    return children(pid).reduce((sum, child) => sum + (memoryBytes(child) ?? 0), ownBytes(pid));
  } catch {
    return null;
  }
}

/** Anonymous and shared memory of proc_pid_status(5). */
function ownBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return [/^RssAnon:\s+(\d+) kB/m, /^RssShmem:\s+(\d+) kB/m].reduce(
    (sum, field) => sum + Number(field.exec(status)?.[1] ?? 0) * 1024,
    0,
  );
}
