/**
 * Whether somebody waits for an answer now, or did a moment ago: who asks one thing after the other is not to find the engine busy
 * with what they may ask later. What is made ready in advance steps aside as long as that is so.
 */
export class UnderWay {
  #waiting = 0;
  #resting: NodeJS.Timeout | null = null;
  #aside = new AbortController();
  #closed = false;
  readonly #onFree: () => void;
  readonly #restMs: number;

  /**
   * @param onFree called when nobody has waited for `restMs`
   * @param restMs milliseconds
   */
  constructor(onFree: () => void, restMs: number) {
    this.#onFree = onFree;
    this.#restMs = restMs;
  }

  get busy(): boolean {
    return this.#closed || this.#waiting > 0 || this.#resting !== null;
  }

  /** Aborts as soon as somebody comes to wait. */
  get aside(): AbortSignal {
    return this.#aside.signal;
  }

  /** Somebody waits, until what is given back is called; calling it again does nothing. */
  enter(): () => void {
    this.#waiting += 1;
    this.#stopResting();
    this.#aside.abort();
    let here = true;
    return () => {
      if (!here) return;
      here = false;
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#closed) this.#rest();
    };
  }

  async during<T>(work: () => T | Promise<T>): Promise<T> {
    const leave = this.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Nothing is made ready any more. */
  close(): void {
    this.#closed = true;
    this.#stopResting();
    this.#aside.abort();
  }

  #rest(): void {
    const free = () => {
      this.#resting = null;
      this.#aside = new AbortController();
      this.#onFree();
    };
    if (this.#restMs === 0) free();
    else this.#resting = setTimeout(free, this.#restMs).unref();
  }

  #stopResting(): void {
    if (this.#resting !== null) clearTimeout(this.#resting);
    this.#resting = null;
  }
}
