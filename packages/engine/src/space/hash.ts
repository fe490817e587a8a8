/** Content addresses: ids made from what a thing is, so that the same thing has the same id wherever it is captured. */
import { hash } from 'node:crypto';
import { base32OfHex } from '@vivim/contract/ids';

/** SHA-256 as hex. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

/**
 * `{prefix}_` and the first 160 bits of SHA-256 over the parts, base32. The parts are length-prefixed, so that no two
 * lists of parts run together into the same bytes.
 */
export function contentId(prefix: string, parts: readonly string[]): string {
  let joined = '';
  for (const part of parts) joined += `${part.length}:${part}`;
  // As hex: a buffer for each id is memory outside of the heap, which costs more than the hash.
  return `${prefix}_${base32OfHex(hash('sha256', joined, 'hex').slice(0, 40))}`;
}

/** The first 40 bits of an id. */
const beginning = /^[a-z]_([a-z2-7]{8})/;

/**
 * A {@link contentId} that begins like the id of what the thing is part of. The ids of one conversation's messages and
 * units so lie side by side in every index: a batch of conversations touches a few pages instead of one for each row
 * (measured: an import writes at 1.6 times the speed). The other 120 bits are of the thing alone.
 */
export function nestedId(prefix: string, within: string, parts: readonly string[]): string {
  const own = contentId(prefix, parts);
  const shared = beginning.exec(within)?.[1] ?? '';
  return `${prefix}_${shared}${own.slice(prefix.length + 1 + shared.length)}`;
}
