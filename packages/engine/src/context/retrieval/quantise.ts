/**
 * Vectors made small: sign bits to search by (48 bytes for 384 dimensions) and int8 to compare by. Pure.
 * Comparing the nearest 200 by Hamming distance again by int8 finds 95 % of the true nearest 10 (design, parts).
 */

/** One bit for each dimension, set where it is above zero, in little-endian order. `dimensions` is a multiple of 32. */
export function signBits(vector: Float32Array): Uint8Array {
  const bits = new Uint8Array(vector.length / 8);
  for (let i = 0; i < vector.length; i++) {
    if ((vector[i] ?? 0) > 0) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return bits;
}

/** int8 for each dimension, its largest at ±127; the scale is not kept, because cosine does not need it. */
export function int8(vector: Float32Array): Uint8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scaled = Int8Array.from(vector, (value) => Math.round((value * 127) / (largest || 1)));
  return new Uint8Array(scaled.buffer);
}

/** Whether a vector is one: the right length, every number finite, not all zero. */
export const isVector = (vector: Float32Array, dimensions: number): boolean =>
  vector.length === dimensions &&
  vector.every((value) => Number.isFinite(value)) &&
  vector.some((value) => value !== 0);
