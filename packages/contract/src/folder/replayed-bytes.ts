/**
 * Reads bytes that can be made anew as if they lay on disk. Going on from where the last read ended costs nothing; going back
 * begins at the beginning. Holds one piece.
 */
export class ReplayedBytes {
  readonly #open: () => AsyncIterable<Uint8Array>;
  #pieces: AsyncIterator<Uint8Array> | null = null;
  /** What was read and not yet asked for, and where it begins. */
  #rest: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(open: () => AsyncIterable<Uint8Array>) {
    this.#open = open;
  }

  /** From `start` up to `end`, exclusive. @throws Error where the bytes end before */
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#pieces === null || start < this.#at) await this.#begin();
    const piece = new Uint8Array(end - start);
    while (this.#at < end) {
      if (this.#rest.length === 0) await this.#next();
      const taken = this.#rest.subarray(0, (this.#at < start ? start : end) - this.#at);
      if (this.#at >= start) piece.set(taken, this.#at - start);
      this.#rest = this.#rest.subarray(taken.length);
      this.#at += taken.length;
    }
    return piece;
  }

  /** Whatever is open is closed. It may be read again, from anywhere. */
  async close(): Promise<void> {
    const pieces = this.#pieces;
    this.#pieces = null;
    await pieces?.return?.();
  }

  async #begin(): Promise<void> {
    await this.close();
    this.#pieces = this.#open()[Symbol.asyncIterator]();
    this.#rest = new Uint8Array();
    this.#at = 0;
  }

  async #next(): Promise<void> {
    const next = await this.#pieces?.next();
    if (next === undefined || next.done === true) throw new Error('The bytes ended before what was asked for.');
    this.#rest = next.value;
  }
}
