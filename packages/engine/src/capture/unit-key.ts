/** What makes two texts the same unit, and nearly the same. */
import { streamSafe } from '@vivim/contract/words';
import { sha256 } from '../space/hash.ts';

const beyondAscii = /[^ -~\s]/;
const odd = /[^\S ]+\s*| {2,}/g;

/** White space and Unicode form do not make another text (Unicode Standard Annex #15, form NFC). */
export function normalText(text: string): string {
  const composed = beyondAscii.test(text) ? streamSafe(text).normalize('NFC') : text;
  return composed.replace(odd, ' ').replace(/ {2,}/g, ' ').trim();
}

/** A normal text in lower case without its signs, one space between words: equal for near-duplicates. */
export function keyWords(normal: string): string {
  const lower = normal.toLowerCase();
  const bare = lower.replace(beyondAscii.test(lower) ? /[^\p{L}\p{M}\p{N} ]+/gu : /[^a-z0-9 ]+/g, '');
  return bare.replace(/ {2,}/g, ' ').trim();
}

/** First 8 bytes of the SHA-256 of {@link keyWords}, hex. A text of signs only is its own key. */
export const textKey = (normal: string, words: string): string => sha256(words === '' ? normal : words).slice(0, 16);
