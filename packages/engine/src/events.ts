/** What happens in a space, told to whoever listens. Nothing is kept: a listener that was away asks for the state. */
import type { SpaceEvent } from '@vivim/contract/imports';

export class SpaceEvents {
  readonly #listeners = new Set<(event: SpaceEvent) => void>();

  emit(event: SpaceEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Events from now until the signal aborts. A slow reader gets the newest of what it missed, not all of it. */
  async *listen(signal: AbortSignal): AsyncGenerator<SpaceEvent> {
    const queue: SpaceEvent[] = [];
    let wake: () => void = () => {};
    const push = (event: SpaceEvent) => {
      if (queue.length >= 256) queue.shift();
      queue.push(event);
      wake();
    };
    const stop = () => wake();
    this.#listeners.add(push);
    signal.addEventListener('abort', stop);
    try {
      while (!signal.aborted) {
        const next = queue.shift();
        if (next !== undefined) yield next;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      this.#listeners.delete(push);
      signal.removeEventListener('abort', stop);
    }
  }
}
