/** Where two texts differ: what they begin and end with alike stands outside of it. Pure. */

export interface Differing {
  readonly before: string;
  /** What only this one says; may be empty. */
  readonly own: string;
  readonly after: string;
}

const isLetter = (letter: string | undefined): boolean =>
  letter !== undefined && /[\p{L}\p{N}\p{M}\ud800-\udfff]/u.test(letter);

/** Cut at words. */
export function differing(one: string, other: string): readonly [Differing, Differing] {
  const least = Math.min(one.length, other.length);
  let start = 0;
  while (start < least && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < least - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  while (start > 0 && isLetter(one[start - 1]) && (isLetter(one[start]) || isLetter(other[start]))) start -= 1;
  while (end > 0 && isLetter(one.at(-end)) && (isLetter(one.at(-end - 1)) || isLetter(other.at(-end - 1)))) end -= 1;
  const cut = (text: string): Differing => ({
    before: text.slice(0, start),
    own: text.slice(start, text.length - end),
    after: text.slice(text.length - end),
  });
  return [cut(one), cut(other)];
}
