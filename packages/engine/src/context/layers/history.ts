/** L6: the conversation that is continued: its recent messages word for word, of older ones the best sentence each. */
import type { Quote } from '../quote.ts';
import { type Entry, emptyLayer, type Group, type LayerMaterial } from './layer.ts';

/** Recent messages given word for word at most, and the tokens of budget that earn one. */
const verbatim = { least: 4, most: 80, budgetEach: 400 };

/** How many of a conversation's last messages are worth giving word for word at this budget. */
export const verbatimCount = (budget: number): number =>
  Math.min(verbatim.most, Math.max(verbatim.least, Math.floor(budget / verbatim.budgetEach)));

/**
 * @param recent whole parts of the recent messages, in the order they were said
 * @param older units of the messages before them, in the order they were said
 */
export function historyLayer(recent: readonly Quote[], older: readonly Quote[]): LayerMaterial {
  if (recent.length === 0) return emptyLayer('L6', 'The conversation has no messages');
  const groups = new Map<string, Group>([
    ['earlier', { heading: 'Earlier', order: '0' }],
    ['recent', { heading: null, order: '1', turns: true }],
  ]);
  const best = new Map<string, Quote>();
  for (const unit of older) {
    const known = best.get(unit.message.id);
    if (known === undefined || unit.acu.quality > known.acu.quality) best.set(unit.message.id, unit);
  }
  const entries: Entry[] = [
    ...recent.toReversed().map((quote): Entry => ({ quote, group: 'recent', verbatim: true })),
    ...[...best.values()].toReversed().map((quote): Entry => ({ quote, group: 'earlier' })),
  ];
  return {
    layer: 'L6',
    reason: 'The latest messages of this conversation word for word, earlier ones in brief',
    groups,
    entries,
    order: 'time',
    show: { speaker: 'always', day: false },
    omitted: [],
  };
}
