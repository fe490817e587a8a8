/**
 * What the kernel refuses one engine process beyond its wall: too many open files, too much memory at once, a dump of its
 * memory. Set by the shell, which becomes the program and is gone. Never the only watch on memory: see `memory-watch.ts`.
 */
import type { Enclosure } from './enclosure.ts';

export interface ProcessLimits {
  readonly openFiles: number;
  /** Private memory, bytes: beyond it allocations fail. Null: as the machine has it. */
  readonly allocationBytes: number | null;
}

/**
 * A core would hold the key and the content in the clear. A limit the machine's own is below of stays as it is. There is none on
 * processes, which counts all of a user's, nor on address space, of which V8 reserves what it never uses, nor on
 * processor time over a life, which says nothing about the moment.
 */
const script = 'ulimit -c 0; ulimit -n "$0" 2>/dev/null; ulimit -d "$1" 2>/dev/null; shift; exec "$@"';

/** The same enclosure under limits; itself where there is no such shell. */
export function withLimits(enclosure: Enclosure, { openFiles, allocationBytes }: ProcessLimits): Enclosure {
  if (process.platform === 'win32') return enclosure;
  const kibibytes = allocationBytes === null ? 'unlimited' : String(Math.ceil(allocationBytes / 1024));
  const { file, args } = enclosure;
  return { ...enclosure, file: '/bin/sh', args: ['-c', script, String(openFiles), kibibytes, file, ...args] };
}
