/**
 * The block structure of a Markdown text as a tree of UTF-16 ranges in the original. Only blocks are parsed, never
 * inline markup. Knows nothing of units or authors.
 */
import MarkdownIt, { type MarkdownIt as Parser, type Token } from 'markdown-it';

export type BlockKind = 'prose' | 'heading' | 'formula' | 'code' | 'table' | 'list' | 'quote' | 'item' | 'row';

export interface Block {
  readonly kind: BlockKind;
  /** Offsets in the text given, without surrounding white space. */
  readonly start: number;
  readonly end: number;
  /** The info string of a code fence. */
  readonly info: string | null;
  /** Items of a list, rows of a table, blocks of an item or a quote. */
  readonly children: readonly Block[];
}

/**
 * Something at the start of a line that only a Markdown parser can judge; a table has its ruler (`|-`, `:-`, `-`).
 * Looks no further than a line's first characters, so that no text makes it slow.
 */
const markdownSign = /^(?: {0,3}(?:[#>|*+-]|:-|`{3}|~{3}|\d{1,9}[.)][ \t]|<[a-zA-Z/!?]|={2})|\t| {4})/m;

/** Above this a text is parsed in pieces cut at blank lines, so that no rule of the parser can turn quadratic on it. */
const pieceSize = 64 * 1024;

/** Above this a text is pasted data, not something somebody wrote: what comes after goes by its blank lines alone. */
const mostParsed = 512 * 1024;

const kinds: Readonly<Record<string, BlockKind>> = {
  paragraph_open: 'prose',
  html_block: 'prose',
  heading_open: 'heading',
  fence: 'code',
  code_block: 'code',
  table_open: 'table',
  tr_open: 'row',
  bullet_list_open: 'list',
  ordered_list_open: 'list',
  list_item_open: 'item',
  blockquote_open: 'quote',
};

let parser: Parser | undefined;

function blockParser(): Parser {
  if (parser !== undefined) return parser;
  parser = new MarkdownIt({ html: true, maxNesting: 20 });
  // Reference definitions would vanish from the tree; here every line belongs to a block.
  parser.block.ruler.disable('reference', true);
  // Only kinds and ranges are wanted: tokens without the rest, and without a copy of their lines, take half the time.
  parser.block.State = class extends parser.block.State {
    override getLines(): string {
      return '';
    }
    override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
      const token: Token = Object.create(this.Token.prototype);
      token.type = type;
      token.tag = tag;
      token.nesting = nesting;
      token.map = null;
      token.info = '';
      if (nesting < 0) this.level--;
      token.level = this.level;
      if (nesting > 0) this.level++;
      this.tokens.push(token);
      return token;
    }
  };
  return parser;
}

/** The block tokens of a text. Line ends are made equal first, as the parser's own front does; that keeps line numbers. */
function blockTokens(source: string): Token[] {
  const tokens: Token[] = [];
  const md = blockParser();
  md.block.parse(source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source, md, {}, tokens);
  return tokens;
}

/** Top-level blocks in order. Every character that is neither white space nor a thematic break is inside one. */
export function markdownBlocks(text: string): Block[] {
  if (!markdownSign.test(text)) return paragraphs(text, 0, text.length);
  const blocks: Block[] = [];
  for (const [start, end] of pieces(text)) {
    const parsed = start < mostParsed ? parsePiece(text, start, end) : paragraphs(text, start, end);
    for (const block of parsed) blocks.push(block);
  }
  return blocks;
}

/** A range without the white space at its ends, or null when nothing is left. */
export function trimRange(text: string, start: number, end: number): { start: number; end: number } | null {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return from < to ? { start: from, end: to } : null;
}

export const isSpace = (code: number): boolean =>
  code === 32 ||
  (code >= 9 && code <= 13) ||
  code === 0xa0 ||
  code === 0xfeff ||
  code === 0x3000 ||
  (code >= 0x2000 && code <= 0x200a) ||
  code === 0x2028 ||
  code === 0x2029;

/** Text between blank lines, for a text or a piece of one that has no other structure. */
function paragraphs(text: string, from: number, to: number): Block[] {
  const blocks: Block[] = [];
  const blank = /\n[ \t\r]*\n|\r[ \t]*\r/g;
  blank.lastIndex = from;
  let start = from;
  while (start < to) {
    const gap = blank.exec(text);
    const end = gap === null || gap.index >= to ? to : gap.index;
    const range = trimRange(text, start, end);
    if (range !== null) blocks.push({ kind: 'prose', ...range, info: null, children: [] });
    if (gap === null || gap.index >= to) break;
    // The second line break of this gap may be the first of the next.
    start = gap.index + 1;
    blank.lastIndex = gap.index + gap[0].length - 1;
  }
  return blocks;
}

/** Ranges of at most about {@link pieceSize}, cut at blank lines that are not inside a code fence. */
function pieces(text: string): [number, number][] {
  if (text.length <= pieceSize) return [[0, text.length]];
  const ranges: [number, number][] = [];
  let start = 0;
  let fence: string | null = null;
  const line = /[^\n]*\n|[^\n]+$/g;
  for (let match = line.exec(text); match !== null; match = line.exec(text)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(match[0].length > 200 ? match[0].slice(0, 200) : match[0])?.[1];
    if (mark !== undefined) {
      if (fence === null) fence = mark;
      else if (mark[0] === fence[0] && mark.length >= fence.length) fence = null;
    }
    const size = line.lastIndex - start;
    const blank = fence === null && match[0].length < 100 && match[0].trim() === '';
    // Without a blank line in twice that size any line end must do.
    if ((blank && size >= pieceSize) || (fence === null && size >= 2 * pieceSize)) {
      ranges.push([start, line.lastIndex]);
      start = line.lastIndex;
    }
  }
  if (start < text.length) ranges.push([start, text.length]);
  return ranges;
}

interface Open {
  kind: BlockKind | null;
  map: [number, number] | null;
  info: string | null;
  children: Block[];
}

function parsePiece(text: string, from: number, to: number): Block[] {
  const source = from === 0 && to === text.length ? text : text.slice(from, to);
  if (!source.includes('\n') && !source.includes('\r') && source.length > pieceSize) return paragraphs(text, from, to);
  const lines = lineStarts(source, from, to);
  const top: Open = { kind: null, map: null, info: null, children: [] };
  const stack: Open[] = [top];
  const close = (open: Open, parent: Open) => {
    if (open.kind === null || open.map === null) {
      parent.children.push(...open.children);
      return;
    }
    const range = trimRange(text, lines[open.map[0]] ?? to, lines[open.map[1]] ?? to);
    if (range !== null) parent.children.push({ kind: open.kind, ...range, info: open.info, children: open.children });
  };
  for (const token of blockTokens(source)) {
    const kind = kinds[token.type] ?? null;
    const open: Open = { kind, map: token.map, info: token.info === '' ? null : token.info, children: [] };
    if (token.nesting === 1) stack.push(open);
    else if (token.nesting === -1) close(stack.pop() ?? top, stack.at(-1) ?? top);
    else if (kind !== null) close(open, stack.at(-1) ?? top);
  }
  return top.children;
}

/** Offset of each line's start, by the line ends the parser knows, and of the end after the last. */
function lineStarts(source: string, from: number, to: number): number[] {
  const starts = [from];
  for (let i = 0; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === 10 || (code === 13 && source.charCodeAt(i + 1) !== 10)) starts.push(from + i + 1);
  }
  starts.push(to);
  return starts;
}
