/**
 * Exact vectors that were compared before, in memory for as long as the space says the same: in the file each lies on a page of its
 * own, and questions of one history meet the same ones again and again. Bounded; full, it begins anew. Reads nothing itself.
 */
import type { StoredVectors } from '../../space/stores/embeddings.ts';

/** Of one allocation, and of all together: 120,000 pieces of 384 dimensions. Bytes. */
const chunkBytes = 2 ** 20;
const mostBytes = 48 * 2 ** 20;

/** Where the pieces of a message lie. */
interface Place {
  readonly chunk: Int8Array;
  readonly start: number;
  readonly end: number;
}

export class VectorMemory {
  readonly #places = new Map<number, Place>();
  #chunks: Int8Array[] = [];
  #used = 0;
  #version = -1;

  /**
   * Every piece of these messages, those that are not known read and kept.
   * @param version of the space as it is read
   * @param read answers for messages what {@link StoredVectors} says
   */
  of(
    messagePks: readonly number[],
    version: number,
    dimensions: number,
    read: (messagePks: readonly number[]) => StoredVectors,
  ): StoredVectors {
    if (version !== this.#version) this.clear();
    this.#version = version;
    const unknown = messagePks.filter((pk) => !this.#places.has(pk));
    // What does not fit beside what is there, or at all, is read as it comes.
    if (unknown.length > 0 && !this.#keep(unknown, dimensions, read(unknown))) return read(messagePks);
    return this.#together(messagePks, dimensions);
  }

  clear(): void {
    this.#places.clear();
    this.#chunks = [];
    this.#used = 0;
  }

  /** @returns whether all of it is kept, and what was before too */
  #keep(asked: readonly number[], dimensions: number, { messagePks, values }: StoredVectors): boolean {
    const none: Place = { chunk: new Int8Array(0), start: 0, end: 0 };
    for (let first = 0; first < messagePks.length; ) {
      const pk = messagePks[first] as number;
      let next = first + 1;
      while (messagePks[next] === pk) next += 1;
      const place = this.#put(values.subarray(first * dimensions, next * dimensions));
      if (place === null) {
        this.clear();
        return false;
      }
      this.#places.set(pk, place);
      first = next;
    }
    // A message that is gone, or has no vector, is known for that.
    for (const pk of asked) if (!this.#places.has(pk)) this.#places.set(pk, none);
    return true;
  }

  /** Null where it is full. */
  #put(pieces: Int8Array): Place | null {
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || this.#used + pieces.length > chunk.length) {
      if ((this.#chunks.length + 1) * chunkBytes > mostBytes || pieces.length > chunkBytes) return null;
      chunk = new Int8Array(chunkBytes);
      this.#chunks.push(chunk);
      this.#used = 0;
    }
    const start = this.#used;
    chunk.set(pieces, start);
    this.#used += pieces.length;
    return { chunk, start, end: this.#used };
  }

  #together(messagePks: readonly number[], dimensions: number): StoredVectors {
    const places = messagePks.flatMap((pk) => this.#places.get(pk) ?? []);
    const values = new Int8Array(places.reduce((sum, { start, end }) => sum + end - start, 0));
    const pieces: number[] = [];
    let at = 0;
    places.forEach(({ chunk, start, end }, ix) => {
      values.set(chunk.subarray(start, end), at);
      at += end - start;
      for (let piece = start; piece < end; piece += dimensions) pieces.push(messagePks[ix] as number);
    });
    return { messagePks: pieces, values };
  }
}
