/** Cutting plain text into pieces a page can mark or link. Pure; never makes markup out of what it is given. */

import { isUnspaced, sharedBeginning, wordsIn, wordsOfRun, wordsPattern } from '@vivim/contract/words';

export interface Piece {
  readonly text: string;
  /** What the piece stands for: the matched word, or the mark. Null for the text between. */
  readonly mark: string | null;
}

function cut(text: string, pattern: RegExp, mark: (match: RegExpExecArray) => string | null): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const found = mark(match);
    if (found === null || match[0] === '') continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), mark: null });
    pieces.push({ text: match[0], mark: found });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), mark: null });
  return pieces;
}

/**
 * Marks the words of a query where they begin a word of the text, so that `deploy` marks in `deployment` and `deployed` too; in scripts
 * without spaces wherever they stand.
 */
export function markWords(text: string, query: string): Piece[] {
  const words = Array.from(wordsIn(query)).flatMap(({ text: word, unspaced }) =>
    unspaced ? wordsOfRun(word) : [word.toLowerCase()],
  );
  const pattern = wordsPattern(
    words.filter((word) => word.length > 1 || isUnspaced(word)).flatMap((word) => [word, sharedBeginning(word)]),
  );
  if (pattern === null) return text === '' ? [] : [{ text, mark: null }];
  return cut(text, pattern, ([word]) => word);
}

/**
 * Takes out what ChatGPT's pages replace by a chip: private-use runs like `citeturn0search1` and the older
 * `【12†source】`. The sources themselves are listed under the message.
 */
export function withoutCiteMarkers(text: string): string {
  return text.replace(/\uE200[^\uE200\uE201]{0,2000}\uE201|[ \t]?【\d{1,4}(?::\d{1,4})?†[^】]{0,200}】/g, '');
}

/** A quoted piece of Markdown to be read as a line: without the marks of what is bold or code, and of headings. The words stay as they are. */
export function withoutEmphasis(text: string): string {
  return text
    .replace(/\*\*(?=\S)([^*\n]+?)\*\*/g, '$1')
    .replace(/(`{1,2})(?!`)([^`\n]+?)\1(?!`)/g, '$2')
    .replace(/^[ \t]{0,3}#{1,6}[ \t]+/gm, '');
}

/** The beginning of a Markdown text on one line, without its marks. @param most UTF-16 units */
export function plainStart(text: string, most: number): string {
  const plain = text
    .replace(/[`*_#>~]+/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > most ? `${plain.slice(0, most).toWellFormed()}…` : plain;
}
