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
    if (unknown.length > 0 && !this.#keep(unknown, measured(read(unknown)))) return measured(read(messagePks));
    return this.#together(messagePks, dimensions);
  }

  clear(): void {
    this.#places.clear();
    this.#chunks = [];
    this.#taken = 0;
  }

  /** @returns whether all of it is kept, and what was before too */
  #keep(asked: readonly number[], { dimensions, messagePks, values, at: places, lengths }: MeasuredVectors): boolean {
    for (let first = 0; first < messagePks.length; ) {
      const pk = messagePks[first] as number;
      let next = first + 1;
      while (messagePks[next] === pk) next += 1;
      const from = places[first] as number;
      const pieces = (values[first] as Int8Array).subarray(from, from + (next - first) * dimensions);
      const at = this.#put(pieces, lengths.subarray(first, next), dimensions);
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
    const values: Int8Array[] = [];
    const at: number[] = [];
    const lengths: number[] = [];
    for (const pk of messagePks) {
      const place = this.#places.get(pk) ?? 0;
      const first = Math.floor(place / room);
      const chunk = this.#chunks[Math.floor(first / inChunk)];
      if (chunk === undefined) continue;
      const from = first % inChunk;
      for (let piece = from; piece < from + (place % room); piece++) {
        of.push(pk);
        values.push(chunk.values);
        at.push(piece * dimensions);
        lengths.push(chunk.lengths[piece] as number);
      }
    }
    return { dimensions, messagePks: of, values, at: Int32Array.from(at), lengths: Float64Array.from(lengths) };
  }
}
