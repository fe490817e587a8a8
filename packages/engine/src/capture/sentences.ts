/**
 * Sentence ranges of running text. Latin, Greek and Cyrillic text goes by a rule (several times faster than
 * `Intl.Segmenter` and as good on chat text); other scripts by `Intl.Segmenter`, in pieces, because it is quadratic.
 */

/** Scripts whose sentences the rule does not know: Hebrew to Myanmar and beyond, CJK, kana, hangul, wide forms. */
const needsSegmenter = /[\u0590-\u1dff\u2e80-\ud7ff\uf900-\ufdff\ufe70-\ufefe\uff00-\uffef]|[\ud840-\ud8bf]/;

/** Where a sentence may end: a terminator with what closes it before white space, or a line break. */
const stop = /(?<![.!?…])[.!?…]+["'”’»)\]*_]*(?=\s)|\r?\n\s*/g;

/** A word before a full stop that does not end a sentence. */
const abbreviation =
  /(?:^|[\s(["'])(?:mr|mrs|ms|dr|prof|sr|jr|st|vs|etc|e\.g|i\.e|cf|no|fig|approx|inc|ltd|co|corp|dept|est|vol|pp?|al|a\.m|p\.m|u\.s|u\.k|z\.b|d\.h|bzw|usw|ca|\p{L}|\d{1,2})\.$/iu;

const pieceSize = 1000;
let segmenter: Intl.Segmenter | undefined;

/**
 * Ends of the sentences in `text` between two offsets; the last one is `end`. White space after a sentence belongs to it.
 */
export function sentenceEnds(text: string, start: number, end: number): number[] {
  const slice = text.slice(start, end);
  const ends = needsSegmenter.test(slice) ? endsBySegmenter(slice) : endsByRule(slice);
  return ends.map((offset) => start + offset);
}

function endsByRule(slice: string): number[] {
  const ends: number[] = [];
  let begun = 0;
  stop.lastIndex = 0;
  for (let match = stop.exec(slice); match !== null; match = stop.exec(slice)) {
    const at = stop.lastIndex;
    if (at >= slice.length) break;
    const isEnd = match[0].trim() === '' ? breaksLine(slice, match.index, at) : !isAbbreviation(slice, begun, at);
    if (isEnd && at > begun) {
      ends.push(at);
      begun = at;
    }
  }
  ends.push(slice.length);
  return ends;
}

const isAbbreviation = (slice: string, begun: number, at: number): boolean =>
  slice.charCodeAt(at - 1) === 46 && abbreviation.test(slice.slice(Math.max(begun, at - 12), at));

/** A line break ends a sentence unless the next line goes on in lower case, as hard-wrapped prose does. */
const breaksLine = (slice: string, at: number, next: number): boolean =>
  !/\p{Ll}/u.test(slice.charAt(next)) || /[.!?:;]/.test(slice.charAt(at - 1));

function endsBySegmenter(slice: string): number[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'sentence' });
  const ends: number[] = [];
  let from = 0;
  while (from < slice.length) {
    const to = pieceEnd(slice, from);
    for (const { index, segment } of segmenter.segment(slice.slice(from, to))) ends.push(from + index + segment.length);
    // A cut that was not a sentence's end is undone, unless the whole piece is one sentence.
    if (to < slice.length && ends.length > 1 && (ends.at(-2) ?? 0) > from && !endsSentence(slice, to)) ends.pop();
    from = ends.at(-1) ?? to;
  }
  return ends;
}

const endsSentence = (slice: string, at: number): boolean =>
  /[.!?…。！？｡।؟۔\n]\s*$/.test(slice.slice(Math.max(0, at - 4), at));

/** Where a piece that begins at `from` ends: after a terminator or white space, else anywhere but inside a pair. */
function pieceEnd(slice: string, from: number): number {
  const limit = from + pieceSize;
  if (limit >= slice.length) return slice.length;
  for (const kind of [/[。！？!?।؟۔\n]/, /\s/]) {
    for (let at = limit; at > from + pieceSize / 2; at--) if (kind.test(slice.charAt(at - 1))) return at;
  }
  return onBoundary(slice, limit);
}

/** The offset itself, or the one before where it would cut a surrogate pair or a mark from its letter. */
export function onBoundary(text: string, at: number): number {
  const lowest = Math.max(1, at - 16);
  let offset = at;
  while (offset > lowest && /[\udc00-\udfff\p{M}\u200d]/u.test(text.charAt(offset))) offset--;
  const low = text.charCodeAt(offset);
  return low >= 0xdc00 && low <= 0xdfff ? offset - 1 : offset;
}
