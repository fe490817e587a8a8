/**
 * Work that follows what a person did: imports, rollup, embedding, standing bundles. One step at a time, in order of
 * urgency, with the event loop free between steps, so that a request never waits behind more than one step.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface BackgroundTask {
  readonly name: string;
  /** Units of work left, cheap to ask. */
  pending(): number;
  /** Do a little: at most some tens of milliseconds of synchronous work between awaits. Durable, so that a kill loses one step. */
  step(signal: AbortSignal): Promise<void>;
}

export class Background {
  readonly #tasks: readonly BackgroundTask[];
  readonly #abort = new AbortController();
  readonly #onFailure: (task: string, error: unknown) => void;
  readonly #onPending: (pending: number) => void;
  #running: Promise<void> | null = null;
  #again = false;

  /** @param tasks most urgent first */
  constructor(
    tasks: readonly BackgroundTask[],
    on: { failure: (task: string, error: unknown) => void; pending: (pending: number) => void },
  ) {
    this.#tasks = tasks;
    this.#onFailure = on.failure;
    this.#onPending = on.pending;
  }

  /** Say that there may be work. Returns at once. */
  wake(): void {
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#again && !this.#abort.signal.aborted) this.wake();
    });
  }

  pending(): number {
    return this.#tasks.reduce((sum, task) => sum + task.pending(), 0);
  }

  /** Stop after the step under way. What is left is durable. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const failed = new Set<BackgroundTask>();
    const signal = this.#abort.signal;
    this.#again = false;
    for (;;) {
      await nextTurn();
      if (signal.aborted) return;
      const task = this.#tasks.find((candidate) => !failed.has(candidate) && candidate.pending() > 0);
      this.#onPending(this.pending());
      if (task === undefined) return;
      try {
        await task.step(signal);
      } catch (error) {
        if (signal.aborted) return;
        failed.add(task);
        this.#onFailure(task.name, error);
      }
    }
  }
}
