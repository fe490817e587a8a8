/** Which words a person is asked to type back: different ones each time, in their order. */
import { randomBytes } from '@vivim/contract/random';

/** @param count of words, at most 256 @returns places from 1, ascending */
export function placesToAsk(count: number, wanted: number): number[] {
  const places = Array.from({ length: count }, (_, index) => ({ place: index + 1, at: randomBytes(4) }));
  const order = places.sort((a, b) => compare(a.at, b.at));
  return order
    .slice(0, wanted)
    .map(({ place }) => place)
    .sort((a, b) => a - b);
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
