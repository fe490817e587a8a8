/**
 * The vectors around a question, compared exactly and, once something was found, compared again: a question in a few
 * words is moved a little towards the first messages found for it (Rocchio, 1971), which speak of its matter in more.
 * Pure: holds what was read, reads nothing.
 */
import type { StoredVectors } from '../../space/stores/embeddings.ts';
import { PieceTable } from './piece-table.ts';

/** Pieces where they lie, so that none is copied to be compared. */
export interface PlacedVectors {
  /** Of each piece its message, those of a message together. */
  readonly messagePks: readonly number[];
  readonly table: PieceTable;
  /** What number each piece has there. */
  readonly nths: Int32Array;
}

/** Of messages the cosine, −1 to 1, of the piece that is nearest. */
export type Similarities = ReadonlyMap<number, number>;

/** Each message's nearest piece, and how near that is. */
interface Compared {
  readonly pieces: Int32Array;
  readonly similarities: Float64Array;
}

export class Vicinity {
  readonly #pieces: PlacedVectors;
  /** Messages, and the first piece of each; what comes after the last message's is the end. */
  readonly #messagePks: number[] = [];
  readonly #firsts: number[] = [];
  readonly #compared = new WeakMap<Float32Array, Compared>();

  constructor(pieces: PlacedVectors) {
    const { messagePks } = pieces;
    this.#pieces = pieces;
    messagePks.forEach((pk, piece) => {
      if (piece > 0 && messagePks[piece - 1] === pk) return;
      this.#messagePks.push(pk);
      this.#firsts.push(piece);
    });
    this.#firsts.push(messagePks.length);
  }

  /** How near each message is, by the vector it is nearest to. @param vectors of unit length */
  similarities(vectors: readonly Float32Array[]): Similarities {
    const each = vectors.map((vector) => this.#compare(vector).similarities);
    const nearest = new Map<number, number>();
    for (let message = 0; message < this.#messagePks.length; message++) {
      let best = Number.NEGATIVE_INFINITY;
      for (const similarities of each) best = Math.max(best, similarities[message] as number);
      nearest.set(this.#messagePks[message] as number, best);
    }
    return nearest;
  }

  /** The vector moved towards these messages, of unit length. One that is not around here is left out. */
  towards(vector: Float32Array, messagePks: readonly number[], weight: number): Float32Array {
    const { table, nths } = this.#pieces;
    const { pieces } = this.#compare(vector);
    const best = messagePks.flatMap((pk) => pieces[this.#messagePks.indexOf(pk)] ?? []);
    const moved = Float32Array.from(vector);
    for (const piece of best) {
      const nth = nths[piece] as number;
      const values = table.vector(nth);
      const step = weight / (table.length(nth) * best.length);
      for (let i = 0; i < moved.length; i++) moved[i] = (moved[i] ?? 0) + step * (values[i] ?? 0);
    }
    const length = Math.sqrt(moved.reduce((square, value) => square + value ** 2, 0)) || 1;
    return moved.map((value) => value / length);
  }

  /** Each message by the piece nearest to a vector. A question's vectors are asked for twice, and compared once. */
  #compare(vector: Float32Array): Compared {
    const known = this.#compared.get(vector);
    if (known !== undefined) return known;
    const cosines = this.#pieces.table.cosines(vector, this.#pieces.nths);
    const pieces = new Int32Array(this.#messagePks.length);
    const similarities = new Float64Array(this.#messagePks.length).fill(Number.NEGATIVE_INFINITY);
    for (let message = 0; message < pieces.length; message++) {
      const end = this.#firsts[message + 1] ?? 0;
      for (let piece = this.#firsts[message] ?? 0; piece < end; piece++) {
        const similarity = cosines[piece] as number;
        if (similarity <= (similarities[message] as number)) continue;
        similarities[message] = similarity;
        pieces[message] = piece;
      }
    }
    const compared = { pieces, similarities };
    this.#compared.set(vector, compared);
    return compared;
  }
}

/** Pieces as they were read, one after the other, in a table of their own. */
export function placed({ messagePks, values }: StoredVectors, dimensions: number): PlacedVectors {
  const table = new PieceTable(dimensions);
  table.add(values);
  return { messagePks, table, nths: Int32Array.from(messagePks.keys()) };
}
