/**
 * Work that follows what a person did: imports, rollup, embedding, standing bundles. One step at a time, in order of
 * urgency, with the event loop free between steps, so that a request never waits behind more than one step.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface BackgroundTask {
  readonly name: string;
  /** Its steps await another process, and compute next to nothing themselves. */
  readonly awaits?: true;
  /** Units of work left, cheap to ask. */
  pending(): number;
  /** Do a little: at most some tens of milliseconds of synchronous work between awaits. Durable, so that a kill loses one step. */
  step(signal: AbortSignal): Promise<void>;
}

/** Characters read before the event loop has a turn: a few tens of milliseconds of work. */
const breath = 40_000;

/**
 * Do what is read piece by piece with breaks, so that requests are answered in between.
 * @param work yields the characters of each piece it read
 * @returns what it came to; null once aborted
 */
export async function withBreaks<T>(work: Iterator<number, T>, signal: AbortSignal): Promise<T | null> {
  let read = 0;
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    read += next.value;
    if (read < breath) continue;
    read = 0;
    await nextTurn();
    if (signal.aborted) return null;
  }
}

/** A task that failed rests this long, twice as long each time it fails again, at most so long. Milliseconds. */
const rest = { first: 1_000, most: 60_000 };

export class Background {
  readonly #tasks: readonly BackgroundTask[];
  readonly #abort = new AbortController();
  readonly #onFailure: (task: string, error: unknown) => void;
  readonly #onPending: (pending: number, computing: boolean) => void;
  readonly #failures = new Map<BackgroundTask, number>();
  readonly #resting = new Map<BackgroundTask, NodeJS.Timeout>();
  #running: Promise<void> | null = null;
  #again = false;

  /** @param tasks most urgent first */
  constructor(
    tasks: readonly BackgroundTask[],
    on: { failure: (task: string, error: unknown) => void; pending: (pending: number, computing: boolean) => void },
  ) {
    this.#tasks = tasks;
    this.#onFailure = on.failure;
    this.#onPending = on.pending;
  }

  /** Say that there may be work. Returns at once. */
  wake(): void {
    this.#again = true;
    if (this.#abort.signal.aborted) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#again) this.wake();
    });
  }

  /** Work that can be done now. What rests after a failure does not count: it keeps no engine alive. */
  pending(): number {
    return this.#tasks.reduce((sum, task) => sum + (this.#resting.has(task) ? 0 : task.pending()), 0);
  }

  #isComputing(): boolean {
    return this.#tasks.some((task) => task.awaits !== true && !this.#resting.has(task) && task.pending() > 0);
  }

  /** Stop after the step under way. What is left is durable. */
  async stop(): Promise<void> {
    this.#abort.abort();
    for (const timer of this.#resting.values()) clearTimeout(timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    const signal = this.#abort.signal;
    this.#again = false;
    for (;;) {
      await nextTurn();
      if (signal.aborted) return;
      this.#onPending(this.pending(), this.#isComputing());
      const task = this.#tasks.find((candidate) => !this.#resting.has(candidate) && candidate.pending() > 0);
      if (task === undefined) return;
      try {
        await task.step(signal);
        this.#failures.delete(task);
      } catch (error) {
        if (signal.aborted) return;
        this.#onFailure(task.name, error);
        this.#rest(task);
      }
    }
  }

  #rest(task: BackgroundTask): void {
    const failures = (this.#failures.get(task) ?? 0) + 1;
    this.#failures.set(task, failures);
    const timer = setTimeout(
      () => {
        this.#resting.delete(task);
        this.wake();
      },
      Math.min(rest.most, rest.first * 2 ** (failures - 1)),
    );
    timer.unref();
    this.#resting.set(task, timer);
  }
}
