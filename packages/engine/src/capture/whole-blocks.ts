/**
 * What Markdown's blocks do not know: front matter, formulas set apart, and rows of values pasted as they are. Each becomes one block,
 * so that it is not cut into sentences. Pure; looks at each line a bounded number of times.
 */
import type { Block } from './markdown-blocks.ts';
import { trimRange } from './markdown-blocks.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The blocks with those that lie in one formula or in the front matter made one, and pasted rows made tables. */
export function wholeBlocks(text: string, blocks: readonly Block[]): readonly Block[] {
  const ranges = [...frontMatter(text), ...formulas(text)];
  const joined = ranges.length === 0 ? blocks : joinedIn(ranges, blocks);
  return joined.some((block) => block.kind === 'prose') ? joined.map((block) => rowsOf(text, block)) : joined;
}

function joinedIn(ranges: readonly Range[], blocks: readonly Block[]): Block[] {
  const out: Block[] = [];
  let next = 0;
  let opened = -1;
  for (const block of blocks) {
    while (next < ranges.length && (ranges[next]?.end ?? 0) <= block.start) next++;
    const range = ranges[next];
    const last = out.at(-1);
    // Code keeps its own structure, whatever signs stand in it, and a list that goes on beyond.
    const touches =
      range !== undefined &&
      block.start < range.end &&
      block.end > range.start &&
      block.kind !== 'code' &&
      (block.kind !== 'list' || (block.start >= range.start && block.end <= range.end));
    if (touches && opened === next && last !== undefined) {
      out[out.length - 1] = { ...last, end: Math.max(last.end, block.end), children: [] };
    } else if (touches) {
      out.push({ kind: 'formula', start: block.start, end: block.end, info: null, children: [] });
      opened = next;
    } else out.push(block);
  }
  return out;
}

/** YAML between `---` lines at the very beginning. */
function frontMatter(text: string): Range[] {
  const first = /^---\r?\n(?=[\w-]+:)/.exec(text.slice(0, 200));
  if (first === null) return [];
  const close = /\n---[ \t]*(?:\r?\n|$)/.exec(text.slice(0, 20_000));
  return close === null ? [] : [{ start: 0, end: close.index + close[0].length }];
}

/** `$$ … $$` and `\[ … \]` over several lines. What is never closed is no formula. */
function formulas(text: string): Range[] {
  const ranges: Range[] = [];
  for (const [open, shut] of [
    ['$$', '$$'],
    ['\\[', '\\]'],
  ] as const) {
    for (let at = text.indexOf(open); at >= 0; ) {
      const end = text.indexOf(shut, at + open.length);
      if (end < 0) break;
      if (end - at < longestFormula) ranges.push({ start: at, end: end + shut.length });
      at = text.indexOf(open, end + shut.length);
    }
  }
  return ranges.sort((a, b) => a.start - b.start);
}

const longestFormula = 6_000;
const leastRows = 3;

/** A paragraph whose first lines have the same number of separators is a table of values. */
function rowsOf(text: string, block: Block): Block {
  if (block.kind !== 'prose' || !looksLikeRows(text, block)) return block;
  const children: Block[] = [];
  for (let at = block.start; at < block.end; ) {
    const line = text.indexOf('\n', at);
    const to = line < 0 || line >= block.end ? block.end : line + 1;
    const range = trimRange(text, at, to);
    if (range !== null) children.push({ kind: 'row', ...range, info: null, children: [] });
    at = to;
  }
  return { ...block, kind: 'table', children };
}

function looksLikeRows(text: string, { start, end }: Block): boolean {
  const head = text.slice(start, Math.min(end, start + 4_000));
  const lines = head.split(/\r?\n/, 6);
  // The last line may be cut.
  const whole = end - start > 4_000 ? lines.slice(0, -1) : lines;
  if (whole.length < leastRows) return false;
  return ['\t', ';', ','].some((sign) => {
    const counts = whole.map((line) => line.replace(/"[^"]*"/g, '').split(sign).length - 1);
    const [first = 0] = counts;
    // Sentences have commas too, followed by a space.
    const spaced = sign === ',' && /, /.test(whole[0] ?? '');
    return first >= (spaced ? 4 : 2) && counts.every((count) => count === first);
  });
}
