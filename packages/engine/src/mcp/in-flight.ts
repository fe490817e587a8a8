/**
 * Work that runs for messages of the protocol, so that it can be stopped by a later message of the same session: the older
 * revisions say `notifications/cancelled` in a request of its own, where the newest one closes the connection. Holds nothing of
 * what is asked, and forgets each when it ends.
 */
export interface Going {
  /** Aborts when its session takes it back. */
  readonly signal: AbortSignal;
  end(): void;
}

export class InFlight {
  readonly #running = new Map<string, Set<AbortController>>();

  begin(sessionId: string, requestId: string | number): Going {
    const key = keyOf(sessionId, requestId);
    const controller = new AbortController();
    const same = this.#running.get(key) ?? new Set();
    this.#running.set(key, same.add(controller));
    return {
      signal: controller.signal,
      end: () => {
        same.delete(controller);
        if (same.size === 0 && this.#running.get(key) === same) this.#running.delete(key);
      },
    };
  }

  /** Stops what runs under this id. Where two clients of a session count alike nothing says whose is meant, and both go on. */
  cancel(sessionId: string, requestId: string | number): void {
    const [only, ...others] = this.#running.get(keyOf(sessionId, requestId)) ?? [];
    if (others.length === 0) only?.abort();
  }
}

/** The numbers and the strings of ids are told apart. */
const keyOf = (sessionId: string, requestId: string | number): string => JSON.stringify([sessionId, requestId]);
