/**
 * Decode turbo-stream, the serialisation React Router streams its data in: one JSON array is a pool of values, integers
 * are places in it, negative ones constants, and `_n` is a key standing at place n.
 * @see https://github.com/jacob-ebey/turbo-stream (version 2)
 */
import { isRecord, type JsonRecord } from './json-value.ts';

const constants: ReadonlyMap<number, unknown> = new Map<number, unknown>([
  [-2, Number.NaN],
  [-3, Number.NEGATIVE_INFINITY],
  [-4, -0],
  [-5, null],
  [-6, Number.POSITIVE_INFINITY],
]);

/**
 * Constants with no value in JSON (a hole, undefined) and promises not yet kept become undefined. A value that
 * contains itself does so in the answer too.
 * @param pool the parsed first line of the stream
 */
export function decodeTurboStream(pool: readonly unknown[]): unknown {
  const made = new Map<number, unknown>();
  /** Containers whose contents are still to be filled in: a queue, because a pool may be deeper than the stack. */
  const waiting: (() => void)[] = [];

  const at = (place: unknown): unknown => {
    if (typeof place !== 'number') return undefined;
    if (place < 0) return constants.get(place);
    if (!made.has(place)) make(place);
    return made.get(place);
  };
  const make = (place: number): void => {
    const value = pool[place];
    if (Array.isArray(value)) {
      makeList(place, value);
    } else if (isRecord(value)) {
      const filled: Record<string, unknown> = {};
      made.set(place, filled);
      waiting.push(() => fillRecord(filled, value));
    } else {
      made.set(place, value);
    }
  };
  const makeList = (place: number, value: readonly unknown[]): void => {
    const [tag, first] = value;
    if (typeof tag !== 'string') {
      const filled: unknown[] = [];
      made.set(place, filled);
      waiting.push(() => filled.push(...value.map(at)));
    } else if (tag === 'N' && isRecord(first)) {
      const filled: Record<string, unknown> = {};
      made.set(place, filled);
      waiting.push(() => fillRecord(filled, first));
    } else {
      // D: a date in milliseconds; U, B, Y, R: text of an address, a number, a symbol, an expression. P and E: nothing yet.
      made.set(place, tag === 'P' || tag === 'E' ? undefined : first);
    }
  };
  const fillRecord = (filled: Record<string, unknown>, value: JsonRecord): void => {
    for (const [name, place] of Object.entries(value)) {
      const key = pool[Number(name.slice(1))];
      if (!name.startsWith('_') || typeof key !== 'string') continue;
      // Defined, not assigned: a key named __proto__ is data.
      Object.defineProperty(filled, key, { value: at(place), enumerable: true, configurable: true, writable: true });
    }
  };

  const root = at(0);
  for (let fill = waiting.pop(); fill !== undefined; fill = waiting.pop()) fill();
  return root;
}
