/** Counts of tokens that were asked for lately, and marks that stand for long texts in them. Bounded; holds no text that is longer than a word. */

/**
 * In two halves: what is asked for again is taken along into the newer one, the rest of the older goes when that is full. A clock of
 * each use would cost more than it saves.
 */
export class RecentCounts<Key extends string | number> {
  readonly #half: number;
  #recent = new Map<Key, number>();
  #before = new Map<Key, number>();

  /** @param most how many are kept */
  constructor(most: number) {
    this.#half = most / 2;
  }

  get(key: Key): number | undefined {
    const known = this.#recent.get(key);
    if (known !== undefined) return known;
    const before = this.#before.get(key);
    return before === undefined ? undefined : this.add(key, before);
  }

  /** @returns the count */
  add(key: Key, count: number): number {
    if (this.#recent.size >= this.#half) {
      this.#before = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, count);
    return count;
  }
}

/**
 * A number of 53 bits that stands for a text, and does not lead back to it. Of 16,384 texts two share one in one of 67 million cases;
 * one of them is then told the other's count.
 * @see cyrb53, Bryc: two multiplicative hashes, mixed as MurmurHash3 ends
 */
export function markOf(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2_654_435_761);
    b = Math.imul(b ^ unit, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 2 ** 32 * (b & 0x1f_ffff) + (a >>> 0);
}
