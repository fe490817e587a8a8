/** Counts of tokens that were asked for lately, under marks that stand for texts. Bounded; holds no text. */

/**
 * In two halves: what is asked for again is taken along into the newer one, the rest of the older goes when that is full. A clock of
 * each use would cost more than it saves.
 */
export class RecentCounts {
  readonly #half: number;
  #recent: CountTable;
  #before: CountTable;

  /** @param most how many are kept */
  constructor(most: number) {
    this.#half = most / 2;
    this.#recent = new CountTable(this.#half);
    this.#before = new CountTable(this.#half);
  }

  /** @param mark see {@link markOf} */
  get(mark: number): number | undefined {
    const known = this.#recent.get(mark);
    if (known !== undefined) return known;
    const before = this.#before.get(mark);
    return before === undefined ? undefined : this.add(mark, before);
  }

  /** @returns the count */
  add(mark: number, count: number): number {
    if (this.#recent.size >= this.#half) {
      const emptied = this.#before.emptied();
      this.#before = this.#recent;
      this.#recent = emptied;
    }
    this.#recent.add(mark, count);
    return count;
  }
}

/**
 * Marks and counts side by side in two columns, a mark at the place its last bits say or the next free one (linear probing; Knuth,
 * TAOCP 6.4). A map of words looks for each in three places of the memory; counting a context asks for a thousand of them.
 */
class CountTable {
  readonly #last: number;
  /** A mark and one: 0 is an empty place. */
  readonly #marks: Float64Array;
  readonly #counts: Uint32Array;
  #size = 0;

  /** @param most at least half of the places stay empty */
  constructor(most: number) {
    const places = 2 ** Math.ceil(Math.log2(2 * most));
    this.#last = places - 1;
    this.#marks = new Float64Array(places);
    this.#counts = new Uint32Array(places);
  }

  get size(): number {
    return this.#size;
  }

  get(mark: number): number | undefined {
    const place = this.#placeOf(mark);
    return this.#marks[place] === 0 ? undefined : this.#counts[place];
  }

  add(mark: number, count: number): void {
    const place = this.#placeOf(mark);
    if (this.#marks[place] === 0) this.#size += 1;
    this.#marks[place] = mark + 1;
    this.#counts[place] = count;
  }

  emptied(): this {
    this.#marks.fill(0);
    this.#size = 0;
    return this;
  }

  #placeOf(mark: number): number {
    let place = mark & this.#last;
    while (this.#marks[place] !== 0 && this.#marks[place] !== mark + 1) place = (place + 1) & this.#last;
    return place;
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
