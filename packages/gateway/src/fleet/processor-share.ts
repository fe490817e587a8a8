/**
 * Whose turn it is on a busy processor: a process at work in the background gives way to all that answer somebody. On Linux, where the
 * scheduler shares a processor among sessions (sched(7), "The autogroup feature"), so that a priority of a thread means nothing outside
 * of its own; elsewhere nothing is done.
 */
import { writeFileSync } from 'node:fs';
import { children } from './process-tree.ts';

/** Nice values of sched(7): a session at 5 has a third of the weight of one at 0, and a processor that is free it has whole. */
const niceOf = { answering: 0, background: 5 } as const;
export type ProcessorShare = keyof typeof niceOf;

/** The kernel takes ten of these a second from all who are not root together. */
const again = { afterMs: 150, times: 20 };

/** Holds a process, and what it started, to the share it was last told. */
export class ProcessorShares {
  readonly #pid: number | undefined;
  #share: ProcessorShare = 'answering';
  #retry: NodeJS.Timeout | undefined;

  constructor(pid: number | undefined) {
    this.#pid = pid;
  }

  set(share: ProcessorShare): void {
    if (this.#pid === undefined || process.platform !== 'linux' || share === this.#share) return;
    this.#share = share;
    this.#apply(this.#pid, again.times);
  }

  /** The process is gone. */
  end(): void {
    clearTimeout(this.#retry);
  }

  #apply(pid: number, left: number): void {
    clearTimeout(this.#retry);
    if (apply(pid, niceOf[this.#share]) || left === 0) return;
    this.#retry = setTimeout(() => this.#apply(pid, left - 1), again.afterMs);
    this.#retry.unref();
  }
}

/** @returns false where the kernel wants to be asked again later */
function apply(pid: number, nice: number): boolean {
  try {
    for (const child of children(pid)) if (!apply(child, nice)) return false;
    writeFileSync(`/proc/${pid}/autogroup`, String(nice));
    return true;
  } catch (error) {
    // Any other reason stays: a kernel without sessions' shares, a process that is gone.
    return (error as NodeJS.ErrnoException).code !== 'EAGAIN';
  }
}
