/**
 * The vectors around a question, compared exactly and, once something was found, compared again: a question in a few
 * words is moved a little towards the first messages found for it (Rocchio, 1971), which speak of its matter in more.
 * Pure: holds what was read, reads nothing.
 */
import type { StoredVector } from '../../space/stores/embeddings.ts';
import { cosine } from './quantise.ts';

export interface Near {
  readonly messagePk: number;
  /** Cosine, −1 to 1, of the piece that is nearest. */
  readonly similarity: number;
}

export class Vicinity {
  readonly #rows: readonly StoredVector[];
  readonly #count: number;

  /** @param count messages at most in an answer */
  constructor(rows: readonly StoredVector[], count: number) {
    this.#rows = rows;
    this.#count = count;
  }

  /** The nearest messages, nearest first. @param vector of unit length */
  nearest(vector: Float32Array): Near[] {
    return [...this.#bestPieces(vector)]
      .map(([messagePk, { similarity }]) => ({ messagePk, similarity }))
      .sort((a, b) => b.similarity - a.similarity || a.messagePk - b.messagePk)
      .slice(0, this.#count);
  }

  /** The vector moved towards these messages, of unit length. One that is not around here is left out. */
  towards(vector: Float32Array, messagePks: readonly number[], weight: number): Float32Array {
    const best = this.#bestPieces(vector);
    const towards = messagePks.flatMap((pk) => best.get(pk)?.piece ?? []);
    const moved = Float32Array.from(vector);
    for (const piece of towards) {
      const signed = new Int8Array(piece.buffer, piece.byteOffset, piece.byteLength);
      const length = Math.hypot(...signed) || 1;
      for (let i = 0; i < moved.length; i++) {
        moved[i] = (moved[i] ?? 0) + (weight * (signed[i] ?? 0)) / (length * towards.length);
      }
    }
    const length = Math.hypot(...moved) || 1;
    return moved.map((value) => value / length);
  }

  #bestPieces(vector: Float32Array): Map<number, { similarity: number; piece: Uint8Array }> {
    const best = new Map<number, { similarity: number; piece: Uint8Array }>();
    for (const { messagePk, vector: piece } of this.#rows) {
      const similarity = cosine(vector, piece);
      if (similarity > (best.get(messagePk)?.similarity ?? Number.NEGATIVE_INFINITY)) {
        best.set(messagePk, { similarity, piece });
      }
    }
    return best;
  }
}
