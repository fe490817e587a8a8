/**
 * L0 and L1: who the person is and what they always want, in their own words, from the standing bundles. What bears on
 * the message comes first.
 */
import type { Quote } from '../quote.ts';
import { byRelevance, type Relevance } from '../relevance.ts';
import { emptyLayer, type LayerMaterial } from './layer.ts';

const reasons = {
  L0: { some: 'Facts you stated about yourself', none: 'You have stated no facts about yourself yet' },
  L1: {
    some: 'Instructions and preferences you stated to hold always',
    none: 'You have stated no standing preferences yet',
  },
} as const;

/** @param first what the message is about, most of all first; the others follow by how much they bear on it */
export function standingLayer(
  layer: 'L0' | 'L1',
  first: readonly Quote[],
  quotes: readonly Quote[],
  relevance: Relevance,
): LayerMaterial {
  if (quotes.length + first.length === 0) return emptyLayer(layer, reasons[layer].none);
  return {
    layer,
    reason: reasons[layer].some,
    groups: new Map([['', { heading: null, order: '' }]]),
    entries: [...first, ...byRelevance(quotes, relevance)].map((quote) => ({ quote, group: '' })),
    order: 'value',
    show: { speaker: 'named', day: true },
    omitted: [],
  };
}
