/**
 * Byte-pair merging: how many tokens a piece of text becomes. Exact, and n·log n where the usual loop is quadratic:
 * a run of one repeated character is one piece, and a megabyte of it must not stop an engine.
 *
 * @see Sennrich, Haddow, Birch: Neural Machine Translation of Rare Words with Subword Units (2016)
 */
import type { Vocabulary } from './vocabulary.ts';

/** A pair waiting to be merged is one number, `rank · 2^32 + position`: the lowest rank first, the leftmost among equals. */
const rankUnit = 2 ** 32;

/** A binary heap of numbers, smallest first. */
class Heap {
  readonly #items: number[] = [];

  push(item: number): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((items[parent] as number) <= item) break;
      items[at] = items[parent] as number;
      at = parent;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const top = items[0];
    const item = items.pop();
    if (item === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && (items[child + 1] as number) < (items[child] as number)) child += 1;
      if ((items[child] as number) >= item) break;
      items[at] = items[child] as number;
      at = child;
    }
    items[at] = item;
    return top;
  }
}

/** Tokens of `bytes[0, length)` when it is encoded as one piece. */
export function countPairs(vocabulary: Vocabulary, bytes: Uint8Array, length: number): number {
  if (length === 0) return 0;
  if (vocabulary.rankOf(bytes, 0, length) >= 0) return 1;
  // A segment starts at each position that is not merged away; `next` and `previous` are starts of its neighbours.
  const next = new Uint32Array(length + 1);
  const previous = new Int32Array(length + 1);
  const rankAt = new Int32Array(length).fill(-1);
  const heap = new Heap();
  const offer = (at: number): void => {
    const middle = next[at] as number;
    rankAt[at] = middle >= length ? -1 : vocabulary.rankOf(bytes, at, next[middle] as number);
    if ((rankAt[at] as number) >= 0) heap.push((rankAt[at] as number) * rankUnit + at);
  };
  for (let at = 0; at <= length; at += 1) {
    next[at] = at + 1;
    previous[at] = at - 1;
  }
  for (let at = 0; at < length; at += 1) offer(at);
  let count = length;
  for (let pair = heap.pop(); pair !== undefined; pair = heap.pop()) {
    const at = pair % rankUnit;
    if (rankAt[at] !== Math.floor(pair / rankUnit)) continue;
    const merged = next[at] as number;
    const after = next[merged] as number;
    rankAt[merged] = -1;
    next[at] = after;
    previous[after] = at;
    count -= 1;
    offer(at);
    if ((previous[at] as number) >= 0) offer(previous[at] as number);
  }
  return count;
}
