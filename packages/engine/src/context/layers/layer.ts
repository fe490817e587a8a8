/** What a layer brings to a bundle, before anyone knows how much of it fits. */
import type { BundleOmission, LayerName } from '@vivim/contract/context';
import type { Quote } from '../quote.ts';

/** Quotations under one heading: a conversation and day, a topic, an entity. */
export interface Group {
  /** Said once for all of its lines, or null where the layer's own title says enough. */
  readonly heading: string | null;
  /** Where it stands among the groups of its layer: compared as text. */
  readonly order: string;
  /** The turns of the conversation itself, which a format may render as turns. */
  readonly turns?: true;
  /** Its lines say their day, whatever the layer does. */
  readonly days?: true;
}

export interface Entry {
  readonly quote: Quote;
  /** Key of its group. */
  readonly group: string;
  /** Keep the line breaks, whatever the type of the unit. */
  readonly verbatim?: true;
  /** It is one piece of a unit: others of the same unit may stand beside it. */
  readonly piece?: true;
  /** What was said just before, without which the quotation cannot be understood: comes in with it or not at all. */
  readonly before?: Quote;
}

export interface LayerMaterial {
  readonly layer: LayerName;
  /** Why the layer is there, or why it is empty, for a person. */
  readonly reason: string;
  readonly groups: ReadonlyMap<string, Group>;
  /** Most valuable first. */
  readonly entries: readonly Entry[];
  /** How the lines of a group are ordered when all are chosen. */
  readonly order: 'value' | 'time';
  /** What each line says beside its words. */
  readonly show: { readonly speaker: 'always' | 'named'; readonly day: boolean };
  /** What was left out before packing, and why. */
  readonly omitted: readonly BundleOmission[];
}

export const emptyLayer = (layer: LayerName, reason: string): LayerMaterial => ({
  layer,
  reason,
  groups: new Map(),
  entries: [],
  order: 'value',
  show: { speaker: 'named', day: false },
  omitted: [],
});
