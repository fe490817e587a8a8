/**
 * Exact vectors that were compared before, in memory for as long as the space says the same: in the file each lies on a page of its
 * own, and questions of one history meet the same ones again and again. Bounded; full, it begins anew. Reads nothing itself.
 */
import { mostPieces, type StoredVectors } from '../../space/stores/embeddings.ts';
import { type MeasuredVectors, measured } from './vicinity.ts';

/** Of one allocation, and of all together: 120,000 pieces of 384 dimensions. Bytes. */
const chunkBytes = 2 ** 20;
const mostBytes = 48 * 2 ** 20;

/** Pieces of a message at most, and one more. Where they begin and how many they are is one number: tens of thousands of objects would be looked at by every collection. */
const room = mostPieces + 1;

export class VectorMemory {
  /** Of each message `first piece · room + pieces`, pieces counted over all chunks. */
  readonly #places = new Map<number, number>();
  #chunks: { readonly values: Int8Array; readonly lengths: Float64Array }[] = [];
  /** Pieces of the last chunk that are taken. */
  #taken = 0;
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
  ): MeasuredVectors {
    if (version !== this.#version) this.clear();
    this.#version = version;
    const unknown = messagePks.filter((pk) => !this.#places.has(pk));
    // What does not fit beside what is there, or at all, is read as it comes.
    if (unknown.length > 0 && !this.#keep(unknown, dimensions, measured(read(unknown))))
      return measured(read(messagePks));
    return this.#together(messagePks, dimensions);
  }

  clear(): void {
    this.#places.clear();
    this.#chunks = [];
    this.#taken = 0;
  }

  /** @returns whether all of it is kept, and what was before too */
  #keep(asked: readonly number[], dimensions: number, { messagePks, values, lengths }: MeasuredVectors): boolean {
    for (let first = 0; first < messagePks.length; ) {
      const pk = messagePks[first] as number;
      let next = first + 1;
      while (messagePks[next] === pk) next += 1;
      const at = this.#put(
        values.subarray(first * dimensions, next * dimensions),
        lengths.subarray(first, next),
        dimensions,
      );
      if (at === null) {
        this.clear();
        return false;
      }
      this.#places.set(pk, at * room + next - first);
      first = next;
    }
    // A message that is gone, or has no vector, is known for that.
    for (const pk of asked) if (!this.#places.has(pk)) this.#places.set(pk, 0);
    return true;
  }

  /** @returns the first piece; null where it is full */
  #put(values: Int8Array, lengths: Float64Array, dimensions: number): number | null {
    const pieces = lengths.length;
    const inChunk = Math.floor(chunkBytes / dimensions);
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || this.#taken + pieces > inChunk) {
      if ((this.#chunks.length + 1) * chunkBytes > mostBytes || pieces > inChunk) return null;
      chunk = { values: new Int8Array(inChunk * dimensions), lengths: new Float64Array(inChunk) };
      this.#chunks.push(chunk);
      this.#taken = 0;
    }
    chunk.values.set(values, this.#taken * dimensions);
    chunk.lengths.set(lengths, this.#taken);
    const at = (this.#chunks.length - 1) * inChunk + this.#taken;
    this.#taken += pieces;
    return at;
  }

  #together(messagePks: readonly number[], dimensions: number): MeasuredVectors {
    const inChunk = Math.floor(chunkBytes / dimensions);
    const of: number[] = [];
    for (const pk of messagePks) {
      const pieces = (this.#places.get(pk) ?? 0) % room;
      for (let piece = 0; piece < pieces; piece++) of.push(pk);
    }
    const values = new Int8Array(of.length * dimensions);
    const lengths = new Float64Array(of.length);
    let to = 0;
    for (const pk of messagePks) {
      const place = this.#places.get(pk) ?? 0;
      const [at, pieces] = [Math.floor(place / room), place % room];
      const from = at % inChunk;
      const chunk = this.#chunks[Math.floor(at / inChunk)];
      if (chunk !== undefined) {
        values.set(chunk.values.subarray(from * dimensions, (from + pieces) * dimensions), to * dimensions);
        lengths.set(chunk.lengths.subarray(from, from + pieces), to);
      }
      to += pieces;
    }
    return { messagePks: of, values, lengths };
  }
}
