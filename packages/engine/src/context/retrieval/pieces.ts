/**
 * A message cut into the pieces that get a vector each. A small model reads about 200 words and blurs what is longer,
 * so a long message has several; the first pieces say what it is about, and the rest is left to words. Pure.
 */

/** UTF-16 units of a piece, and pieces of a message: no more than the store has room for. */
export const pieceLimits = { length: 800, most: 6 } as const;

/** Characters of a message that can matter here. */
export const piecedCharacters = pieceLimits.length * pieceLimits.most;

/** At least one piece, whatever the text; each ends at white space where there is some. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > 0 && pieces.length < pieceLimits.most) {
    const end = endOfPiece(rest);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return pieces.length > 0 ? pieces : ['-'];
}

function endOfPiece(text: string): number {
  if (text.length <= pieceLimits.length) return text.length;
  const gap = text.slice(0, pieceLimits.length).search(/\s\S*$/);
  if (gap > pieceLimits.length / 2) return gap;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(pieceLimits.length - 1));
  return splitsPair ? pieceLimits.length - 1 : pieceLimits.length;
}
