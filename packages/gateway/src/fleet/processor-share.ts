/**
 * Whose turn it is on a busy processor: a process at work in the background gives way to all that answer somebody. On Linux, where the
 * scheduler shares a processor among sessions (sched(7), "The autogroup feature"), so that a priority of a thread means nothing outside
 * of its own; elsewhere nothing is done.
 */
import { writeFileSync } from 'node:fs';
import { type Turns, turnsOf } from './cpu-time.ts';
import { children } from './process-tree.ts';

/**
 * Nice values of sched(7): of the weight of a session that answers, one at 5 has a third and one at 10 a tenth; a processor that is
 * free it has whole. A tenth where people alone are given way to; where the machine has none to spare for long, a third, or an import
 * would stand still (6 % of a processor at a load of 20).
 */
const niceOf = { answering: 0, background: 10, crowdedOut: 5 } as const;
type HeldShare = keyof typeof niceOf;
export type ProcessorShare = Exclude<HeldShare, 'crowdedOut'>;

/** How often a process in the background is looked at, and of the time it would compute, how much it is left: too little, and enough again. */
const look = { everyMs: 2_000, tooLittle: 1 / 3, enough: 2 / 3 } as const;

/** The kernel takes ten of these a second from all who are not root together. */
const again = { afterMs: 150, times: 20 };

/** Holds a process, and what it started, to the share it was last told. */
export class ProcessorShares {
  readonly #pid: number | undefined;
  #share: HeldShare = 'answering';
  #retry: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;

  constructor(pid: number | undefined) {
    this.#pid = pid;
  }

  set(share: ProcessorShare): void {
    if (this.#pid === undefined || process.platform !== 'linux') return;
    if ((share === 'answering') === (this.#share === 'answering')) return;
    this.#become(this.#pid, share);
    clearTimeout(this.#watch);
    if (share === 'background') this.#look(this.#pid, turnsOf(this.#pid));
  }

  /** The process is gone. */
  end(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#watch);
  }

  /** Who is left too little gives way less, until there is room again. */
  #look(pid: number, before: Turns | null): void {
    this.#watch = setTimeout(() => {
      const now = turnsOf(pid);
      const share = before === null || now === null ? this.#share : afterALook(this.#share, before, now);
      if (share !== this.#share) this.#become(pid, share);
      this.#look(pid, now);
    }, look.everyMs);
    this.#watch.unref();
  }

  #become(pid: number, share: HeldShare): void {
    this.#share = share;
    this.#apply(pid, again.times);
  }

  #apply(pid: number, left: number): void {
    clearTimeout(this.#retry);
    if (apply(pid, niceOf[this.#share]) || left === 0) return;
    this.#retry = setTimeout(() => this.#apply(pid, left - 1), again.afterMs);
    this.#retry.unref();
  }
}

/** What becomes of a share where its process did so much between two looks. One that wanted nothing keeps what it has. */
export function afterALook(share: HeldShare, before: Turns, now: Turns): HeldShare {
  const [computed, waited] = [now.computedMs - before.computedMs, now.waitedMs - before.waitedMs];
  if (share === 'background' && computed < look.tooLittle * (computed + waited)) return 'crowdedOut';
  if (share === 'crowdedOut' && computed > look.enough * (computed + waited)) return 'background';
  return share;
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
