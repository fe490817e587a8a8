/** Waiting for what is away: longer each time it fails, and at least as long as it says. */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';

const retry = { firstMs: 1_000, mostMs: 60_000 };

export class BackOff {
  readonly #deps: { readonly clock: Clock; readonly wake: () => void };
  #failures = 0;
  #notBefore = 0;
  #timer: NodeJS.Timeout | null = null;

  /** @param deps.wake called when it is time to try again */
  constructor(deps: { readonly clock: Clock; readonly wake: () => void }) {
    this.#deps = deps;
  }

  isWaiting(): boolean {
    return this.#deps.clock() < this.#notBefore;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(error: unknown): void {
    const asked = error instanceof AppError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
    const waitMs = Math.max(asked, Math.min(retry.mostMs, retry.firstMs * 2 ** this.#failures));
    this.#failures++;
    this.#notBefore = this.#deps.clock() + waitMs;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#deps.wake, waitMs);
    this.#timer.unref();
  }

  /** Somebody changed what it failed for. */
  reset(): void {
    this.#failures = 0;
    this.#notBefore = 0;
  }
}
