/**
 * A text of somebody's memory or instructions → its statements: one for each list item or line, wrapped lines as one, a
 * long line by its sentences. Pure. A statement is always exactly a slice of the text.
 */
import { sentenceEnds } from './sentences.ts';

export interface Statement {
  readonly text: string;
  /** UTF-16 offsets in the text it was read from. */
  readonly start: number;
  readonly end: number;
}

/** A paragraph beyond this is taken by its sentences, so many to a statement that none grows beyond it. Characters. */
const longParagraph = 480;
/** No statement is longer, whatever the text: it could not be shown or edited. */
const longest = 4_000;

/** A title alone says nothing. */
const heading = /^(?:#{1,6}\s.*|\*\*[^*]+\*\*:?|__[^_]+__:?|[-=*_]{3,}|```.*)$/;
const marker = /^(?:[-*+•]\s+|\d{1,3}[.)]\s+|>\s?)+/;
const bearsWords = /[\p{L}\p{N}]/u;

export function statementsIn(text: string): Statement[] {
  const found: Statement[] = [];
  let open: { start: number; end: number } | null = null;
  const close = (): void => {
    if (open !== null) found.push(...pieces(text, open.start, open.end));
    open = null;
  };
  for (const { start, end } of linesOf(text)) {
    const line = text.slice(start, end);
    const trimmed = line.trim();
    if (trimmed === '' || heading.test(trimmed)) {
      close();
      continue;
    }
    const from = start + line.length - line.trimStart().length;
    const mark = marker.exec(trimmed)?.[0].length ?? 0;
    if (mark > 0 || open === null || !goesOn(text.slice(open.start, open.end), trimmed)) {
      close();
      open = { start: from + mark, end: from + trimmed.length };
    } else open = { start: open.start, end: from + trimmed.length };
  }
  close();
  return found;
}

/** Prose that was wrapped: the next line goes on in lower case after a line that did not end. */
const goesOn = (before: string, next: string): boolean => /^\p{Ll}/u.test(next) && !/[.!?:;]$/.test(before);

function* linesOf(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  for (const match of text.matchAll(/\r?\n/g)) {
    yield { start, end: match.index };
    start = match.index + match[0].length;
  }
  yield { start, end: text.length };
}

function pieces(text: string, start: number, end: number): Statement[] {
  if (end - start <= longParagraph) return slice(text, start, end);
  const found: Statement[] = [];
  let from = start;
  let to = start;
  for (const at of sentenceEnds(text, start, end)) {
    if (at - from > longParagraph && to > from) {
      found.push(...slice(text, from, to));
      from = to;
    }
    to = at;
  }
  found.push(...slice(text, from, end));
  return found;
}

function slice(text: string, start: number, end: number): Statement[] {
  const raw = text.slice(start, end);
  const from = start + raw.length - raw.trimStart().length;
  const words = raw.trim();
  if (!bearsWords.test(words)) return [];
  if (words.length <= longest) return [{ text: words, start: from, end: from + words.length }];
  const cut = /[\uD800-\uDBFF]/.test(words.charAt(longest - 1)) ? longest - 1 : longest;
  return [{ text: words.slice(0, cut), start: from, end: from + cut }, ...slice(text, from + cut, end)];
}
