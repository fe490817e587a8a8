/**
 * A unit in the pieces it can be told in: sentences, items of a list, lines that define something in code. Pure; each piece is
 * exactly a slice of its unit, so that its citation leads to the very words.
 */

import { type CodeSymbol, symbolsOf } from '../../space/words/code-symbols.ts';
import type { Quote } from '../quote.ts';

export interface Span {
  readonly quote: Quote;
  /** What code in it defines. */
  readonly symbols: readonly string[];
}

/** Code this short is told whole, UTF-16 units. */
const shortCode = 200;
/** A sentence longer than this is told by a shorter beginning when it is packed; it is not split further. */
const fence = /^[ \t]*(?:```|~~~)[ \t]*([^\s`{]*)[^\n]*\n([\s\S]*?)(?:^[ \t]*(?:```|~~~)[ \t]*$|$(?![\s\S]))/m;
let sentences: Intl.Segmenter | undefined;

/** @param start,end offsets in the text of the quotation */
export function slice(quote: Quote, start: number, end: number): Quote {
  if (start === 0 && end === quote.acu.text.length) return quote;
  return {
    ...quote,
    acu: {
      ...quote.acu,
      text: quote.acu.text.slice(start, end),
      start: quote.acu.start + start,
      end: quote.acu.start + end,
    },
  };
}

export function spansOf(quote: Quote): Span[] {
  const { text, type } = quote.acu;
  if (type === 'code') return codeSpans(quote);
  if (type === 'table') return [{ quote, symbols: [] }];
  const spans: Span[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    sentences ??= new Intl.Segmenter(undefined, { granularity: 'sentence' });
    for (const { segment, index } of sentences.segment(line)) {
      const start = from + index + (segment.length - segment.trimStart().length);
      const end = from + index + segment.trimEnd().length;
      if (end - start > 1) spans.push({ quote: slice(quote, start, end), symbols: [] });
    }
    from += line.length + 1;
  }
  return spans;
}

/** The sentence that leads in, and the lines that define something; a short block whole. */
function codeSpans(quote: Quote): Span[] {
  const { text } = quote.acu;
  const found = fence.exec(text);
  const [language, code, at] =
    found === null ? [null, text, 0] : [found[1] || null, found[2] ?? '', found.index + found[0].indexOf('\n') + 1];
  const symbols = symbolsOf(code, language);
  if (text.length <= shortCode) return [{ quote, symbols: symbols.map(({ name }) => name) }];
  const lead = text.slice(0, found?.index ?? 0).trimEnd();
  return [
    ...(lead === '' ? [] : [{ quote: asProse(slice(quote, 0, lead.length)), symbols: [] }]),
    ...symbols.map(({ name, start, end }: CodeSymbol) => ({
      quote: slice(quote, at + start, at + end),
      symbols: [name],
    })),
  ];
}

const asProse = (quote: Quote): Quote => ({ ...quote, acu: { ...quote.acu, type: 'statement' } });
