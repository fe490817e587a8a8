/** What a bundle says it left out: all that is pinned and the first few of the rest one by one, the others counted. Pure. */
import type { BundleOmission, LayerName } from '@vivim/contract/context';
import type { Quote } from './quote.ts';
import { safeLabel } from './render/escape.ts';

/** Left-out units that are not pinned, named one by one for each layer and reason. */
const named = 10;

export class Omissions {
  readonly #layer: LayerName;
  readonly #byReason = new Map<BundleOmission['reason'], Quote[]>();

  constructor(layer: LayerName) {
    this.#layer = layer;
  }

  add(reason: BundleOmission['reason'], quote: Quote): void {
    const quotes = this.#byReason.get(reason);
    if (quotes === undefined) this.#byReason.set(reason, [quote]);
    else quotes.push(quote);
  }

  /** The same with what was left for want of room taken back: there is more of it. */
  withMoreRoom(): Omissions {
    const others = new Omissions(this.#layer);
    for (const [reason, quotes] of this.#byReason) if (reason !== 'budget') others.#byReason.set(reason, [...quotes]);
    return others;
  }

  list(): BundleOmission[] {
    return [...this.#byReason].flatMap(([reason, quotes]) => {
      const layer = this.#layer;
      const pins = quotes.filter(({ pinned }) => pinned !== undefined);
      const others = quotes.filter(({ pinned }) => pinned === undefined);
      const each = [...pins, ...others.slice(0, named)].map((quote): BundleOmission => {
        const what = safeLabel(quote.acu.text);
        const { memory, persona, pinned } = quote;
        const told = {
          layer,
          what,
          reason,
          ...(pinned === undefined || reason === 'duplicate' ? {} : { pinned: true as const }),
        };
        if (persona !== undefined) return told;
        return memory === undefined ? { ...told, acuId: quote.acu.id } : { ...told, memoryId: memory.id };
      });
      const more = quotes.length - each.length;
      return more === 0 ? each : [...each, { layer, what: 'further units', reason, count: more }];
    });
  }
}
