/**
 * From blocks to the spans units are made of: what stays whole, what is split, what is merged. Spans are in order, do
 * not overlap and cover every block. Knows no ids.
 *
 * | block      | rule                                                                                         |
 * |------------|----------------------------------------------------------------------------------------------|
 * | heading    | opens the span of what follows; alone at the end it joins what stood before                  |
 * | prose      | a paragraph; sentences of a different kind apart (human), over {@link sizes.most} at sentences |
 * | code       | whole; over {@link sizes.code} at blank lines, else at line ends                             |
 * | table, list| whole; over {@link sizes.whole} at rows or items, an over-long item at its own blocks        |
 * | formula    | whole, and front matter too; over {@link sizes.code} as prose                                  |
 * | quote      | whole; over {@link sizes.whole} at its own blocks                                            |
 *
 * A short line ending in a colon opens the list or table after it. What is shorter than {@link sizes.least} joins its
 * neighbour. A single word is never cut, however long.
 */
import type { AcuType } from '@vivim/contract/acu';
import { type Block, isSpace, trimRange } from './markdown-blocks.ts';
import { onBoundary, sentenceEnds } from './sentences.ts';
import { humanProseType, modelProseType } from './unit-type.ts';

/** Characters. */
export const sizes = { least: 40, good: 400, most: 600, whole: 1200, code: 6000 } as const;

export interface UnitSpan {
  start: number;
  end: number;
  type: AcuType;
  /** Info string of a code fence. */
  info: string | null;
  hasHeading: boolean;
}

/** Types a standing bundle repeats: they stand alone, not diluted by the sentence beside them. */
const apart: ReadonlySet<AcuType> = new Set(['instruction', 'preference', 'personal_fact', 'decision']);
const pseudoHeading = /^(?:\*\*[^*\n]{1,80}\*\*|__[^_\n]{1,80}__):?$/;

/**
 * The spans of one text.
 * @param byHuman whether a person wrote it; their sentences are told apart by type
 * @param language of the text
 * @param byFormer as they were told before version 3 of the rules
 */
export function unitSpans(
  text: string,
  blocks: readonly Block[],
  byHuman: boolean,
  language: string | null = null,
  byFormer = false,
): UnitSpan[] {
  const spans: UnitSpan[] = [];
  collect(text, blocks, byHuman ? { language, byFormer } : null, spans);
  return joinShort(spans);
}

function collect(text: string, blocks: readonly Block[], human: Human | null, into: UnitSpan[]): void {
  let heading: number | null = null;
  blocks.forEach((block, i) => {
    const isHeading = block.kind === 'heading' || (block.kind === 'prose' && isPseudoHeading(text, block));
    const opens = isHeading || opensNext(text, block, blocks[i + 1]);
    if (opens && block.end - (heading ?? block.start) <= sizes.most) {
      heading ??= block.start;
      return;
    }
    const first = into.length;
    spansOf(text, block, human, into);
    const opened = into[first];
    if (heading !== null && opened !== undefined) {
      opened.start = heading;
      opened.hasHeading = true;
    }
    heading = null;
  });
  const last = blocks.at(-1);
  if (heading === null || last === undefined) return;
  const before = into.at(-1);
  if (before === undefined)
    into.push({ start: heading, end: last.end, type: 'statement', info: null, hasHeading: true });
  else before.end = last.end;
}

const isPseudoHeading = (text: string, block: Block): boolean =>
  block.end - block.start <= 90 && pseudoHeading.test(text.slice(block.start, block.end));

/** A line such as "You will need:" belongs to the list it announces, when both fit one unit. */
const opensNext = (text: string, block: Block, next: Block | undefined): boolean =>
  block.kind === 'prose' &&
  (next?.kind === 'list' || next?.kind === 'table') &&
  block.end - block.start <= 160 &&
  next.end - block.start <= sizes.whole &&
  text.charCodeAt(block.end - 1) === 58;

function spansOf(text: string, block: Block, human: Human | null, into: UnitSpan[]): void {
  const size = block.end - block.start;
  const span = (start: number, end: number, type: AcuType): UnitSpan => ({
    start,
    end,
    type,
    info: block.info,
    hasHeading: false,
  });
  switch (block.kind) {
    case 'code':
      if (size <= sizes.code) into.push(span(block.start, block.end, 'code'));
      else for (const [a, b] of splitCode(text, block.start, block.end)) into.push(span(a, b, 'code'));
      return;
    case 'list':
    case 'table':
      if (size <= sizes.whole || block.children.length === 0) into.push(span(block.start, block.end, block.kind));
      else splitChildren(text, block, block.kind, human, into);
      return;
    case 'formula':
      if (size <= sizes.code) into.push(span(block.start, block.end, 'statement'));
      else splitProse(text, block.start, block.end, human, into);
      return;
    case 'quote':
      if (size <= sizes.whole || block.children.length === 0) into.push(span(block.start, block.end, 'reference'));
      else collect(text, block.children, human, into);
      return;
    default:
      splitProse(text, block.start, block.end, human, into);
  }
}

/** Rows or items, packed up to a good size; an item that is too long alone goes by its own blocks. */
function splitChildren(
  text: string,
  block: Block,
  type: 'list' | 'table',
  human: Human | null,
  into: UnitSpan[],
): void {
  let open: UnitSpan | null = null;
  for (const [i, child] of block.children.entries()) {
    // A block reaches from where its first child begins, whatever the parser says of the child's own start.
    const start = i === 0 ? block.start : child.start;
    if (open !== null && child.end - open.start <= sizes.most) {
      open.end = child.end;
      continue;
    }
    if (child.end - start > sizes.whole && child.children.length > 0) {
      open = null;
      const first = into.length;
      collect(text, child.children, human, into);
      const opened = into[first];
      if (opened !== undefined) opened.start = start;
      continue;
    }
    open = { start, end: child.end, type, info: null, hasHeading: false };
    into.push(open);
  }
}

function splitProse(text: string, start: number, end: number, human: Human | null, into: UnitSpan[]): void {
  if (human === null && end - start <= sizes.most) {
    into.push({ start, end, type: modelProseType(text.slice(start, end)), info: null, hasHeading: false });
    return;
  }
  let open: UnitSpan | null = null;
  let from = start;
  for (const to of sentenceEnds(text, start, end)) {
    for (const [a, b] of splitLong(text, from, to)) {
      const range = trimRange(text, a, b);
      if (range === null) continue;
      const sentence = text.slice(range.start, range.end);
      const type = human === null ? modelProseType(sentence) : humanProseType(sentence, human.language, human.byFormer);
      if (open !== null && belongsTo(open, range, type)) {
        open.end = range.end;
        open.type = stronger(open.type, type);
        continue;
      }
      open = { ...range, type, info: null, hasHeading: false };
      into.push(open);
    }
    from = to;
  }
}

function belongsTo(open: UnitSpan, next: { start: number; end: number }, type: AcuType): boolean {
  if (next.end - open.start > sizes.good) return false;
  if (open.type === type) return true;
  if (apart.has(open.type) || apart.has(type)) {
    // "Thanks!" beside a fact is no reason for a unit of its own.
    return Math.min(open.end - open.start, next.end - next.start) < 16;
  }
  return true;
}

/** What a unit of two kinds is: the standing kind, else the question. */
function stronger(a: AcuType, b: AcuType): AcuType {
  if (apart.has(a)) return a;
  if (apart.has(b)) return b;
  return a === 'question' || b === 'question' ? 'question' : a;
}

/** A sentence longer than a unit may be, cut after a comma or between words; a single word stays whole. */
function* splitLong(text: string, start: number, end: number): Generator<[number, number]> {
  let from = start;
  while (end - from > sizes.whole) {
    const cut = cutBefore(text, from, end);
    if (cut === null) break;
    yield [from, cut];
    from = cut;
  }
  yield [from, end];
}

const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]|[\ud840-\ud8bf]/;

function cutBefore(text: string, from: number, end: number): number | null {
  const limit = Math.min(end, from + sizes.most);
  for (const fits of [(code: number) => ';,:)，、；：'.includes(String.fromCharCode(code)), () => true]) {
    for (let at = limit; at > from + sizes.good / 2; at--) {
      if (isSpace(text.charCodeAt(at)) && fits(text.charCodeAt(at - 1))) return at;
      if ('，、；：'.includes(text.charAt(at - 1))) return at;
    }
  }
  // Scripts that write without spaces may be cut between any two characters.
  if (unspaced.test(text.charAt(limit))) return onBoundary(text, limit);
  for (let at = limit; at < end; at++) if (isSpace(text.charCodeAt(at))) return at;
  return null;
}

/** Code over its limit: cut after the last blank line that fits, else the last line end, else left whole. */
function* splitCode(text: string, start: number, end: number): Generator<[number, number]> {
  let from = start;
  while (end - from > sizes.code) {
    const window = text.slice(from, from + sizes.code);
    let cut = window.lastIndexOf('\n\n') + 1;
    if (cut <= sizes.code / 4) cut = window.lastIndexOf('\n') + 1;
    if (cut <= 0) {
      const line = text.indexOf('\n', from + sizes.code);
      if (line < 0 || line >= end) break;
      cut = line + 1 - from;
    }
    const range = trimRange(text, from, from + cut);
    if (range !== null) yield [range.start, range.end];
    from += cut;
  }
  const rest = trimRange(text, from, end);
  if (rest !== null) yield [rest.start, rest.end];
}

/** A person wrote it, in a language that may be known. */
interface Human {
  readonly language: string | null;
  readonly byFormer: boolean;
}

const isProse = (span: UnitSpan): boolean => span.type === 'statement' || span.type === 'question';

/** Spans shorter than {@link sizes.least} join the prose after them, else the prose before. */
function joinShort(spans: readonly UnitSpan[]): UnitSpan[] {
  const joined: UnitSpan[] = [];
  for (const span of spans) {
    const before = joined.at(-1);
    const short =
      before !== undefined &&
      isProse(before) &&
      isProse(span) &&
      Math.min(before.end - before.start, span.end - span.start) < sizes.least &&
      span.end - before.start <= sizes.most;
    if (short) {
      before.end = span.end;
      before.type = stronger(before.type, span.type);
      before.hasHeading ||= span.hasHeading;
    } else joined.push(span);
  }
  return joined;
}
