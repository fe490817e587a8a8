/**
 * Keeps the pool as large as the machine bears: looks at it now and then and after every start, stops engines by the rules of
 * warmth, and wakes the ones whose jobs were interrupted, a few at a time. Works beside requests, never on their path.
 */
import type { Clock } from '@vivim/contract/clock';
import type { FleetLimits } from './fleet-limits.ts';
import type { MemoryReading } from './memory.ts';
import type { Residence } from './residence.ts';
import type { StartGate } from './start-gate.ts';
import { toEvict, type Warm } from './warmth.ts';

export interface PoolKeeperDeps {
  readonly residences: () => Iterable<Residence>;
  readonly gates: readonly StartGate[];
  readonly limits: Pick<FleetLimits, 'idleMs' | 'wakesAtOnce' | 'wakeHoldMs'>;
  readonly warmEngines: number;
  readonly memory: MemoryReading;
  readonly clock: Clock;
}

interface Open extends Warm {
  readonly residence: Residence;
}

/** Often enough that what is idle goes soon after its time. */
export const lookEveryMs = ({ idleMs }: Pick<FleetLimits, 'idleMs'>): number =>
  Math.min(5_000, Math.max(50, idleMs / 4));

export class PoolKeeper {
  readonly #deps: PoolKeeperDeps;
  readonly #timer: NodeJS.Timeout;
  #soon: NodeJS.Immediate | null = null;

  constructor(deps: PoolKeeperDeps) {
    this.#deps = deps;
    this.#timer = setInterval(() => this.#look(), lookEveryMs(deps.limits));
    this.#timer.unref();
  }

  /** Look soon: one more is open. */
  nudge(): void {
    this.#soon ??= setImmediate(() => {
      this.#soon = null;
      this.#look();
    });
  }

  /** How many engines are open, and how many of them nobody uses; what is on its way, and how much work they have. */
  counts(): { readonly open: number; readonly idle: number; readonly opening: number; readonly pendingJobs: number } {
    const open = this.#open();
    const all = [...this.#deps.residences()];
    return {
      open: open.length,
      idle: open.filter(({ inUse }) => !inUse).length,
      opening: all.filter((one) => one.isOpening()).length,
      pendingJobs: all.reduce((sum, one) => sum + one.pendingJobs(), 0),
    };
  }

  /**
   * Wake one after the other; the next when one of those that are at it is done, or has been for long.
   *
   * @param wake starts one, and answers with what settles when its jobs are done; null for one that is not to be woken
   */
  async wakeAll<T>(
    sleepers: readonly T[],
    wake: (sleeper: T) => Promise<{ readonly rest: Promise<void> } | null>,
  ): Promise<void> {
    const { wakesAtOnce, wakeHoldMs } = this.#deps.limits;
    const left = sleepers[Symbol.iterator]();
    const work = async () => {
      for (let next = left.next(); !next.done; next = left.next()) {
        const woken = await wake(next.value);
        if (woken !== null) await within(woken.rest, wakeHoldMs);
      }
    };
    await Promise.all(Array.from({ length: wakesAtOnce }, work));
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#soon !== null) clearImmediate(this.#soon);
    for (const gate of this.#deps.gates) gate.close();
  }

  #open(): Open[] {
    return [...this.#deps.residences()].flatMap((residence) => {
      const warmth = residence.warmth();
      return warmth === null ? [] : [{ residence, ...warmth }];
    });
  }

  #look(): void {
    const { clock, gates, limits, memory, warmEngines } = this.#deps;
    const rules = { now: clock(), idleMs: limits.idleMs, warmEngines, memory: memory() };
    for (const { residence } of toEvict(this.#open(), rules)) residence.evictIfUnused();
    for (const gate of gates) gate.look();
  }
}

async function within(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms).unref();
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
