/**
 * The vectors around a question, compared exactly and, once something was found, compared again: a question in a few
 * words is moved a little towards the first messages found for it (Rocchio, 1971), which speak of its matter in more.
 * Pure: holds what was read, reads nothing.
 */
import type { StoredVectors } from '../../space/stores/embeddings.ts';

/** Pieces where they lie, so that none is copied to be compared. */
export interface MeasuredVectors {
  readonly dimensions: number;
  /** Of each piece its message, those of a message together. */
  readonly messagePks: readonly number[];
  /** What each piece stands in, and where in it. */
  readonly values: readonly Int8Array[];
  readonly at: Int32Array;
  /** The length of each piece, 1 for one of nothing. */
  readonly lengths: Float64Array;
}

/** Of messages the cosine, −1 to 1, of the piece that is nearest. */
export type Similarities = ReadonlyMap<number, number>;

/** Each message's nearest piece, and how near that is. */
interface Compared {
  readonly pieces: Int32Array;
  readonly similarities: Float64Array;
}

export class Vicinity {
  readonly #pieces: MeasuredVectors;
  /** Messages, and the first piece of each; what comes after the last message's is the end. */
  readonly #messagePks: number[] = [];
  readonly #firsts: number[] = [];
  readonly #compared = new WeakMap<Float32Array, Compared>();

  constructor(pieces: MeasuredVectors) {
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
    return new Map(
      this.#messagePks.map((pk, i) => [
        pk,
        each.reduce((best, of) => Math.max(best, of[i] as number), Number.NEGATIVE_INFINITY),
      ]),
    );
  }

  /** The vector moved towards these messages, of unit length. One that is not around here is left out. */
  towards(vector: Float32Array, messagePks: readonly number[], weight: number): Float32Array {
    const { values, at, lengths } = this.#pieces;
    const { pieces } = this.#compare(vector);
    const best = messagePks.flatMap((pk) => pieces[this.#messagePks.indexOf(pk)] ?? []);
    const moved = Float32Array.from(vector);
    for (const piece of best) {
      const step = weight / ((lengths[piece] ?? 1) * best.length);
      const from = at[piece] ?? 0;
      for (let i = 0; i < moved.length; i++) moved[i] = (moved[i] ?? 0) + step * (values[piece]?.[from + i] ?? 0);
    }
    const length = Math.sqrt(moved.reduce((square, value) => square + value ** 2, 0)) || 1;
    return moved.map((value) => value / length);
  }

  /** Each message by the piece nearest to a vector. A question's vectors are asked for twice, and compared once. */
  #compare(vector: Float32Array): Compared {
    const known = this.#compared.get(vector);
    if (known !== undefined) return known;
    const { lengths } = this.#pieces;
    const dots = dotsOf(vector, this.#pieces);
    const pieces = new Int32Array(this.#messagePks.length);
    const similarities = new Float64Array(this.#messagePks.length).fill(Number.NEGATIVE_INFINITY);
    for (let message = 0; message < pieces.length; message++) {
      const end = this.#firsts[message + 1] ?? 0;
      for (let piece = this.#firsts[message] ?? 0; piece < end; piece++) {
        const similarity = (dots[piece] ?? 0) / (lengths[piece] ?? 1);
        if (similarity <= (similarities[message] ?? 0)) continue;
        similarities[message] = similarity;
        pieces[message] = piece;
      }
    }
    const compared = { pieces, similarities };
    this.#compared.set(vector, compared);
    return compared;
  }
}

/** The product of a vector with each piece. */
function dotsOf(vector: Float32Array, { values, at }: MeasuredVectors): Float64Array {
  const asked = Float64Array.from(vector);
  const dots = new Float64Array(at.length);
  for (let piece = 0; piece < at.length; piece++)
    dots[piece] = dot(asked, values[piece] as Int8Array, at[piece] as number);
  return dots;
}

/** Four sums at a time: one would wait for itself. */
function dot(asked: Float64Array, values: Int8Array, at: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (const whole = asked.length - 3; i < whole; i += 4) {
    a += (asked[i] as number) * (values[at + i] as number);
    b += (asked[i + 1] as number) * (values[at + i + 1] as number);
    c += (asked[i + 2] as number) * (values[at + i + 2] as number);
    d += (asked[i + 3] as number) * (values[at + i + 3] as number);
  }
  for (; i < asked.length; i++) a += (asked[i] as number) * (values[at + i] as number);
  return a + b + (c + d);
}

/** Pieces as they were read, one after the other. Their lengths are of whole numbers, so exact in any order. */
export function measured({ messagePks, values }: StoredVectors): MeasuredVectors {
  const dimensions = values.length / Math.max(1, messagePks.length);
  const lengths = new Float64Array(messagePks.length);
  for (let piece = 0, at = 0; piece < lengths.length; piece++) {
    let square = 0;
    for (const end = at + dimensions; at < end; at++) {
      const value = values[at] as number;
      square += value * value;
    }
    lengths[piece] = Math.sqrt(square) || 1;
  }
  return {
    dimensions,
    messagePks,
    values: messagePks.map(() => values),
    at: Int32Array.from(messagePks, (_, piece) => piece * dimensions),
    lengths,
  };
}
