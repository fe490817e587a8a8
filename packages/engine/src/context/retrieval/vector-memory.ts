/**
 * Exact vectors that were compared before, in memory for as long as the space has them: in the file each lies on a page of its
 * own, and questions of one history meet the same ones again and again. Bounded; full, it begins anew. Reads nothing itself.
 */
import { mostPieces, type StoredVectors } from '../../space/stores/embeddings.ts';
import type { VectorChanges } from '../../space/stores/vector-changes.ts';
import { PieceTable } from './piece-table.ts';
import type { PlacedVectors } from './vicinity.ts';

/** 120,000 pieces of 384 dimensions. Bytes. */
const mostBytes = 48 * 2 ** 20;

/** Pieces of a message at most, and one more. Where they begin and how many they are is one number: tens of thousands of objects would be looked at by every collection. */
const room = mostPieces + 1;

export class VectorMemory {
  readonly #dimensions: number;
  readonly #mostBytes: number;
  /** Of each message `first piece · room + pieces`. */
  readonly #places = new Map<number, number>();
  #table: PieceTable;
  /** Changes that are taken account of. */
  #seen = -1;

  constructor(dimensions: number, most = mostBytes) {
    this.#dimensions = dimensions;
    this.#mostBytes = most;
    this.#table = new PieceTable(dimensions);
  }

  /**
   * Every piece of these messages, those that are not known read and kept.
   * @param changes of vectors up to what is read
   * @param read answers for messages what {@link StoredVectors} says
   */
  of(
    messagePks: readonly number[],
    changes: VectorChanges,
    read: (messagePks: readonly number[]) => StoredVectors,
  ): PlacedVectors {
    // What one question asks for is kept whole, and let go of by the next if it is more than there is room for.
    const changed = this.#seen === changes.count ? [] : changes.since(this.#seen);
    if (changed === null || this.#table.size * this.#dimensions > this.#mostBytes) this.clear();
    else for (const pk of changed) this.#places.delete(pk);
    this.#seen = changes.count;
    const unknown = messagePks.filter((pk) => !this.#places.has(pk));
    if (unknown.length > 0) this.#keep(unknown, read(unknown));
    return this.#together(messagePks);
  }

  clear(): void {
    this.#places.clear();
    this.#table = new PieceTable(this.#dimensions);
  }

  #keep(asked: readonly number[], { messagePks, values }: StoredVectors): void {
    let at = this.#table.add(values);
    for (let first = 0; first < messagePks.length; ) {
      const pk = messagePks[first] as number;
      let next = first + 1;
      while (messagePks[next] === pk) next += 1;
      this.#places.set(pk, at * room + next - first);
      at += next - first;
      first = next;
    }
    // A message that is gone, or has no vector, is known for that.
    for (const pk of asked) if (!this.#places.has(pk)) this.#places.set(pk, 0);
  }

  #together(asked: readonly number[]): PlacedVectors {
    const messagePks: number[] = [];
    const nths: number[] = [];
    for (const pk of asked) {
      const place = this.#places.get(pk) ?? 0;
      const first = Math.floor(place / room);
      for (let nth = first; nth < first + (place % room); nth += 1) {
        messagePks.push(pk);
        nths.push(nth);
      }
    }
    return { messagePks, table: this.#table, nths: Int32Array.from(nths) };
  }
}
