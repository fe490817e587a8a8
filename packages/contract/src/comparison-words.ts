/**
 * Six words two people or two devices read to each other. Both sides work them out from what they hold; a server in between
 * that swapped a key would change them. 66 bits, and a request lives ten minutes.
 */
import { canonicalJson } from './signed-object.ts';

const wordCount = 6;
const bitsPerWord = 11;

/** @param subject what both sides know; @param words the 2048 words of BIP-39 in the order of the list */
export async function comparisonWords(subject: unknown, words: readonly string[]): Promise<readonly string[]> {
  const bytes = new TextEncoder().encode(`VIVIM-COMPARE-V1\n${canonicalJson(subject)}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const bits = Array.from(digest, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: wordCount }, (_, index) => {
    const at = index * bitsPerWord;
    return words[Number.parseInt(bits.slice(at, at + bitsPerWord), 2)] ?? '';
  });
}
