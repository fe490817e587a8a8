/**
 * Sign bits of many vectors in memory, and the nearest to a question by Hamming distance: 100,000 in a few
 * milliseconds, 53 bytes each. Grows, and never shrinks below what it holds; knows no database.
 */
import { tuning } from './tuning.ts';

export class SignTable {
  readonly #words: number;
  readonly #bits: number;
  #signs: Uint32Array;
  #messagePks: Uint32Array;
  #size = 0;

  /** @param dimensions a multiple of 32 */
  constructor(dimensions: number) {
    this.#bits = dimensions;
    this.#words = dimensions / 32;
    this.#signs = new Uint32Array(0);
    this.#messagePks = new Uint32Array(0);
  }

  get size(): number {
    return this.#size;
  }

  /** Add one; beyond `tuning.mostVectors` it is not kept. @param sign as `signBits` made it */
  add(messagePk: number, sign: Uint8Array): void {
    if (this.#size >= tuning.mostVectors) return;
    if (this.#size === this.#messagePks.length) this.#grow();
    const view = new DataView(sign.buffer, sign.byteOffset, sign.byteLength);
    for (let word = 0; word < this.#words; word++) {
      this.#signs[this.#size * this.#words + word] = view.getUint32(word * 4, true);
    }
    this.#messagePks[this.#size] = messagePk;
    this.#size++;
  }

  /** Messages of the `count` nearest, each once, in no order; a few more where distances are equal. */
  nearest(sign: Uint8Array, count: number): number[] {
    const distances = this.#distances(sign);
    const reach = this.#reachOf(distances, count);
    const messagePks = this.#messagePks;
    const found = new Set<number>();
    for (let i = 0; i < distances.length; i++) {
      if ((distances[i] ?? 0) <= reach) found.add(messagePks[i] ?? 0);
    }
    return [...found];
  }

  #distances(sign: Uint8Array): Uint16Array {
    const view = new DataView(sign.buffer, sign.byteOffset, sign.byteLength);
    const asked = Uint32Array.from({ length: this.#words }, (_, word) => view.getUint32(word * 4, true));
    const distances = new Uint16Array(this.#size);
    const signs = this.#signs;
    const words = this.#words;
    for (let i = 0, at = 0; i < distances.length; i++) {
      let distance = 0;
      for (let word = 0; word < words; word++, at++) distance += ones((signs[at] ?? 0) ^ (asked[word] ?? 0));
      distances[i] = distance;
    }
    return distances;
  }

  /** The distance within which at least `count` lie. */
  #reachOf(distances: Uint16Array, count: number): number {
    const histogram = new Uint32Array(this.#bits + 1);
    for (let i = 0; i < distances.length; i++) {
      const distance = distances[i] ?? 0;
      histogram[distance] = (histogram[distance] ?? 0) + 1;
    }
    let within = 0;
    for (let distance = 0; distance <= this.#bits; distance++) {
      within += histogram[distance] ?? 0;
      if (within >= count) return distance;
    }
    return this.#bits;
  }

  #grow(): void {
    const capacity = Math.max(1_024, Math.ceil(this.#messagePks.length * 1.5));
    const signs = new Uint32Array(capacity * this.#words);
    signs.set(this.#signs);
    this.#signs = signs;
    const messagePks = new Uint32Array(capacity);
    messagePks.set(this.#messagePks);
    this.#messagePks = messagePks;
  }
}

/** How many bits of a 32-bit word are set (Hacker's Delight, 5-2). */
function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
