/**
 * How much memory there is for engines: of the machine, or of the control group this process was put into, whichever is less.
 * Reads the kernel's own figures; never guesses from our own.
 */
import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';

export interface Memory {
  readonly totalBytes: number;
  /** What can still be taken without anything being swapped out. */
  readonly availableBytes: number;
}

export type MemoryReading = () => Memory;

const machine = (): Memory => {
  const text = read('/proc/meminfo');
  const of = (name: string) => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text ?? '')?.[1];
    return found === undefined ? null : Number(found) * 1024;
  };
  return { totalBytes: of('MemTotal') ?? totalmem(), availableBytes: of('MemAvailable') ?? freemem() };
};

/**
 * The limit of a control group, version 2 (https://docs.kernel.org/admin-guide/cgroup-v2.html, memory). Cached file pages that
 * nobody has touched lately count as used there and are given back when wanted.
 *
 * @param root where this process sees its own group
 * @returns null where there is no limit
 */
export function groupMemory(root = '/sys/fs/cgroup'): Memory | null {
  const limit = Number(read(`${root}/memory.max`)?.trim() ?? Number.NaN);
  const used = Number(read(`${root}/memory.current`)?.trim() ?? Number.NaN);
  if (!Number.isFinite(limit) || !Number.isFinite(used)) return null;
  const cached = Number(/^inactive_file (\d+)$/m.exec(read(`${root}/memory.stat`) ?? '')?.[1] ?? 0);
  return { totalBytes: limit, availableBytes: Math.max(0, limit - used + cached) };
}

export function readMemory(): Memory {
  const [whole, group] = [machine(), groupMemory()];
  if (group === null) return whole;
  return {
    totalBytes: Math.min(whole.totalBytes, group.totalBytes),
    availableBytes: Math.min(whole.availableBytes, group.availableBytes),
  };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
