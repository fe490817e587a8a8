/**
 * Takes names out of a text by the marks of their words: what the name was is known no more when this runs. Pure.
 * A name is found however it is written in capitals and with whatever stands between its words.
 */
import { erasedMark } from '@vivim/contract/erasure';
import type { Marks } from '../space/marks.ts';

const words = /[\p{L}\p{M}\p{N}_]+/gu;

/** The words of a name, as its mark is made from them. */
export const nameWords = (name: string): string[] =>
  [...name.normalize('NFC').toLowerCase().matchAll(words)].map(([word]) => word);

/** The text with `[…]` where an erased name stood; the same string where none did. */
export function redactNames(text: string, marks: Pick<Marks, 'has' | 'nameLengths'>): string {
  const found = [...text.matchAll(words)];
  const lower = found.map(([word]) => word.normalize('NFC').toLowerCase());
  let result = '';
  let after = 0;
  for (let i = 0; i < found.length; ) {
    const length = marks.nameLengths.find(
      (n) => i + n <= lower.length && marks.has(`name${n}`, ...lower.slice(i, i + n)),
    );
    const first = found[i];
    const last = length === undefined ? undefined : found[i + length - 1];
    if (first === undefined || last === undefined) {
      i += 1;
      continue;
    }
    result += text.slice(after, first.index) + erasedMark;
    after = last.index + last[0].length;
    i += length ?? 1;
  }
  return after === 0 ? text : result + text.slice(after);
}
