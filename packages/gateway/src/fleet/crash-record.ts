/** How often an engine died lately, and how long to wait before starting it again. Forgives one that lived a while. */
import type { Clock } from '@vivim/contract/clock';

const forgivenAfterMs = 30_000;
/** The first deaths cost nothing: the next request, or the job, has its engine back at once. */
const freeDeaths = 3;
const longestWaitMs = 30_000;
/** A job that kills its engine this often in a row waits for its owner. */
const mostDeaths = 10;

export class CrashRecord {
  readonly #clock: Clock;
  #deaths = 0;
  #notBefore = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Count a death. @returns milliseconds until a restart makes sense, or null when it does not */
  add(startedAt: number): number | null {
    const now = this.#clock();
    this.#deaths = now - startedAt >= forgivenAfterMs ? 1 : this.#deaths + 1;
    const waitMs = this.#deaths <= freeDeaths ? 0 : Math.min(longestWaitMs, 250 * 2 ** (this.#deaths - freeDeaths));
    this.#notBefore = now + waitMs;
    return this.#deaths >= mostDeaths ? null : waitMs;
  }

  /** Milliseconds until the next start is allowed; 0 for now. */
  waitMs(): number {
    // A wall clock set back must not shut anyone out for longer than a wait ever lasts.
    return Math.min(longestWaitMs, Math.max(0, this.#notBefore - this.#clock()));
  }
}
