/**
 * Bundles as chat messages, a JSON array of `{role, content}`. Our own notice is the only system message; quotations
 * come in messages of the user, as Markdown; the turns of the conversation that is continued come as turns.
 */
import type { LayerName } from '@vivim/contract/context';
import { jsonString, safeLines } from './escape.ts';
import { markdown } from './markdown.ts';
import { notice, type Piece, type Renderer } from './renderer.ts';

/** The inside of a JSON string. */
const inside = (text: string): string => jsonString(text).slice(1, -1);

/** A piece of Markdown as a message of its own, opened and closed. */
const message = (piece: Piece): Piece => ({
  open: `,\n{"role":"user","content":"${inside(piece.open)}`,
  between: '',
  close: `${inside(piece.close)}"}`,
});

/** Recent messages are turns: each its own message, not lines inside one. */
const hasTurns = (layer: LayerName): boolean => layer === 'L6';

export const messages: Renderer = {
  format: 'messages',
  document: (text) => ({
    open: `[{"role":"system","content":${jsonString(notice)}}`,
    between: '',
    close: `,\n{"role":"user","content":${jsonString(text)}}]`,
  }),
  layer: (layer) => (hasTurns(layer) ? { open: '', between: '', close: '' } : message(markdown.layer(layer))),
  group: (group, layer) => {
    if (group.turns) return { open: '', between: '', close: '' };
    const piece = markdown.group(group, layer);
    return hasTurns(layer) ? message(piece) : { ...piece, open: inside(piece.open) };
  },
  line: (line, group) => {
    if (!group.turns) return inside(markdown.line(line, group));
    const role = line.quote.message.role === 'assistant' ? 'assistant' : 'user';
    const words = `[${line.ref}] ${safeLines(line.quote.acu.text).join('\n')}`;
    return `,\n{"role":"${role}","content":${jsonString(words)}}`;
  },
};
