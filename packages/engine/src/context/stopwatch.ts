/** How long each stage of a request took. Measures for people; nothing is ever decided by it. */

export class Stopwatch {
  readonly #started = performance.now();
  readonly #laps: Record<string, number> = {};
  #last = this.#started;

  /** The stage that ends now. */
  lap(stage: string): void {
    const now = performance.now();
    this.#laps[stage] = milliseconds(now - this.#last);
    this.#last = now;
  }

  /** Milliseconds by stage, and of all together as `total`. */
  laps(): Record<string, number> {
    return { ...this.#laps, total: milliseconds(this.#last - this.#started) };
  }
}

const milliseconds = (ms: number): number => Math.round(ms * 100) / 100;
