/** Keys that must differ within one conversation: one that is taken is counted up. Pure, and as quick for the thousandth twin. */

export class DistinctKeys {
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();

  /** The key itself, or it with a number behind it where it stood before. */
  take(wanted: string): string {
    let key = wanted;
    let count = this.#next.get(wanted) ?? 2;
    for (; this.#taken.has(key); count += 1) key = `${wanted}#${count}`;
    if (key !== wanted) this.#next.set(wanted, count);
    this.#taken.add(key);
    return key;
  }
}
