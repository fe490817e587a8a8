/** Whether somebody waits for an answer now. What is made ready in advance steps aside as long as that is so. */
export class UnderWay {
  #waiting = 0;
  #aside = new AbortController();
  readonly #onFree: () => void;

  /** @param onFree called when nobody waits any more */
  constructor(onFree: () => void) {
    this.#onFree = onFree;
  }

  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Aborts as soon as somebody comes to wait. */
  get aside(): AbortSignal {
    return this.#aside.signal;
  }

  /** Somebody waits, until what is given back is called; calling it again does nothing. */
  enter(): () => void {
    this.#waiting += 1;
    this.#aside.abort();
    let here = true;
    return () => {
      if (!here) return;
      here = false;
      this.#waiting -= 1;
      if (this.#waiting > 0) return;
      this.#aside = new AbortController();
      this.#onFree();
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
}
