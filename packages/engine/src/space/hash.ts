/** Content addresses: ids made from what a thing is, so that the same thing has the same id wherever it is captured. */
import { hash } from 'node:crypto';
import { base32 } from '@vivim/contract/ids';

/** SHA-256 as hex. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex');

/**
 * `{prefix}_` and the first 160 bits of SHA-256 over the parts, base32. The parts are length-prefixed, so that no two
 * lists of parts run together into the same bytes.
 */
export function contentId(prefix: string, parts: readonly string[]): string {
  const joined = parts.map((part) => `${part.length}:${part}`).join('');
  return `${prefix}_${base32(hash('sha256', joined, 'buffer').subarray(0, 20))}`;
}
