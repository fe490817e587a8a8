/** Cutting the text of a bundle at its own marks. Pure; never takes `[10]` that somebody wrote for a mark. */
import type { BundleFormat } from '@vivim/contract/recipe';
import type { Piece } from '../../pieces.ts';

/** Where each format puts the mark of a line; quoted words cannot stand there. */
const places = {
  markdown: /^- \[(\d+)\]/gm,
  xml: /<q ref="\[(\d+)\]"/g,
  json: /"ref":"\[(\d+)\]"/g,
  messages: /(?:\\n- |"content":")\[(\d+)\]/g,
} as const satisfies Record<BundleFormat, RegExp>;

/** @param lines how many marks there are: they count from 1, each once, in order */
export function citedPieces(text: string, format: BundleFormat, lines: number): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  let next = 1;
  for (const match of text.matchAll(places[format])) {
    if (next > lines || match[1] !== String(next)) continue;
    const mark = `[${next}]`;
    const at = match.index + match[0].indexOf(mark);
    pieces.push({ text: text.slice(end, at), mark: null }, { text: mark, mark: String(next) });
    end = at + mark.length;
    next += 1;
  }
  pieces.push({ text: text.slice(end), mark: null });
  return pieces.filter((piece) => piece.text !== '');
}
