/**
 * The vectors around a question, compared exactly and, once something was found, compared again: a question in a few
 * words is moved a little towards the first messages found for it (Rocchio, 1971), which speak of its matter in more.
 * Pure: holds what was read, reads nothing.
 */
import type { StoredVector } from '../../space/stores/embeddings.ts';

export interface Near {
  readonly messagePk: number;
  /** Cosine, −1 to 1, of the piece that is nearest. */
  readonly similarity: number;
}

/** A stored vector made ready to be compared. */
interface Piece {
  readonly messagePk: number;
  readonly values: Int8Array;
  readonly length: number;
}

interface Best {
  readonly piece: Piece;
  readonly similarity: number;
}

export class Vicinity {
  readonly #pieces: readonly Piece[];
  readonly #count: number;
  readonly #compared = new WeakMap<Float32Array, ReadonlyMap<number, Best>>();

  /** @param count messages at most in an answer */
  constructor(rows: readonly StoredVector[], count: number) {
    this.#pieces = rows.map(({ messagePk, vector }) => {
      const values = new Int8Array(vector.buffer, vector.byteOffset, vector.byteLength);
      return { messagePk, values, length: lengthOf(values) };
    });
    this.#count = count;
  }

  /** The nearest messages, nearest first, each by the vector it is nearest to. @param vectors of unit length */
  nearest(vectors: readonly Float32Array[]): Near[] {
    const best = new Map<number, number>();
    for (const vector of vectors) {
      for (const [messagePk, { similarity }] of this.#bestPieces(vector))
        best.set(messagePk, Math.max(similarity, best.get(messagePk) ?? similarity));
    }
    return [...best]
      .map(([messagePk, similarity]) => ({ messagePk, similarity }))
      .sort((a, b) => b.similarity - a.similarity || a.messagePk - b.messagePk)
      .slice(0, this.#count);
  }

  /** The vector moved towards these messages, of unit length. One that is not around here is left out. */
  towards(vector: Float32Array, messagePks: readonly number[], weight: number): Float32Array {
    const all = this.#bestPieces(vector);
    const best = new Set(messagePks.flatMap((pk) => all.get(pk) ?? []));
    const moved = Float32Array.from(vector);
    for (const { piece } of best) {
      const step = weight / (piece.length * best.size);
      for (let i = 0; i < moved.length; i++) moved[i] = (moved[i] ?? 0) + step * (piece.values[i] ?? 0);
    }
    const length = lengthOf(moved);
    return moved.map((value) => value / length);
  }

  /** Each message by the piece nearest to a vector. A question's vectors are asked for twice, and compared once. */
  #bestPieces(vector: Float32Array): ReadonlyMap<number, Best> {
    const compared = this.#compared.get(vector);
    if (compared !== undefined) return compared;
    const best = new Map<number, Best>();
    for (const piece of this.#pieces) {
      const similarity = dot(vector, piece.values) / piece.length;
      const known = best.get(piece.messagePk);
      if (known === undefined || similarity > known.similarity) best.set(piece.messagePk, { piece, similarity });
    }
    this.#compared.set(vector, best);
    return best;
  }
}

function dot(a: Float32Array, b: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function lengthOf(values: Float32Array | Int8Array): number {
  let square = 0;
  for (let i = 0; i < values.length; i++) square += (values[i] ?? 0) ** 2;
  return Math.sqrt(square) || 1;
}
