/**
 * What its person pinned, as it stands in a context: by this request, by its recipe, by them for every one. Reads only; how much of it
 * fits the budget decides.
 */
import type { BundleOmission } from '@vivim/contract/context';
import type { AcuId, MemoryId } from '@vivim/contract/ids';
import type { PinKind, PinnedBy } from '@vivim/contract/pin';
import type { SpaceReader } from '../space/transactors.ts';
import type { LayerMaterial } from './layers/layer.ts';
import { quotesOf } from './memories/quote-memories.ts';
import type { Quote } from './quote.ts';
import type { SettledRequest } from './settings.ts';
import { withoutWithheld } from './withheld.ts';

export interface Pinned {
  /** In the order they are to be tried: of this request, of its recipe, of every context. */
  readonly quotes: readonly Quote[];
  /** What is pinned and cannot be told. */
  readonly omitted: readonly BundleOmission[];
}

interface Asked {
  readonly kind: PinKind;
  readonly key: string;
  readonly by: PinnedBy;
}

export function pinnedFor(r: SpaceReader, { pin, recipe }: Pick<SettledRequest, 'pin' | 'recipe'>): Pinned {
  const asked: Asked[] = [
    ...(pin?.acuIds ?? []).map((key): Asked => ({ kind: 'unit', key, by: 'request' })),
    ...(pin?.memoryIds ?? []).map((key): Asked => ({ kind: 'memory', key, by: 'request' })),
    ...r.pins
      .into(recipe)
      .map(({ kind, key, recipe: of }): Asked => ({ kind, key, by: of === '' ? 'always' : 'recipe' })),
  ];
  if (asked.length === 0) return { quotes: [], omitted: [] };
  const rows = r.pins.units(asked.flatMap(({ kind, key }) => (kind === 'unit' ? key : [])));
  // A unit may be pinned by ids it had and by the one it has.
  const once = [...new Map(asked.toReversed().map((one) => [rows.get(one.key) ?? one.key, one])).values()].reverse();
  const units = new Map(r.acus.byPks([...rows.values()]).map((unit) => [unit.acu.pk, unit]));
  const quoteOf = ({ kind, key }: Asked): Quote | undefined =>
    kind === 'unit' ? units.get(rows.get(key) ?? 0) : memoryQuote(r, key as MemoryId);
  const quotes: Quote[] = [];
  const omitted: BundleOmission[] = [];
  for (const one of once) {
    const quote = quoteOf(one);
    if (quote === undefined) omitted.push(omissionOf(one));
    else quotes.push({ ...quote, pinned: one.by });
  }
  return { quotes, omitted };
}

/** Undefined for one that holds no more, or that may not be told. */
function memoryQuote(r: SpaceReader, id: MemoryId): Quote | undefined {
  const memory = r.memories.find(id);
  if (memory === null || memory.state !== 'active') return undefined;
  const [told] = withoutWithheld(r, [memory]);
  const row = told === undefined ? undefined : r.memoryLookup.whole([told.pk]).get(told.pk);
  return row === undefined ? undefined : quotesOf(r, [{ row, why: 'pinned' }])[0];
}

const omissionOf = ({ kind, key }: Asked): BundleOmission => ({
  layer: 'L5',
  what: 'pinned, but hidden from contexts, kept out of them, no longer so, or no longer there',
  reason: 'excluded',
  pinned: true,
  ...(kind === 'unit' ? { acuId: key as AcuId } : { memoryId: key as MemoryId }),
});

/** What is pinned is marked so wherever it stands: where a layer before the history tells it, it is not told again. */
export function markPinned(layer: LayerMaterial, { quotes }: Pinned): LayerMaterial {
  if (quotes.length === 0 || layer.layer === 'L5') return layer;
  const by = new Map(quotes.map(({ acu, pinned }) => [acu.id, pinned]));
  const entries = layer.entries.map((entry) => {
    const pinned = by.get(entry.quote.acu.id);
    return pinned === undefined ? entry : { ...entry, quote: { ...entry.quote, pinned } };
  });
  return { ...layer, entries };
}

/** Pins of a layer that is left out: they stay out with it, and that is told. */
export const leftOutPins = ({ quotes, omitted }: Pinned): BundleOmission[] => [
  ...omitted,
  ...quotes.map(
    ({ acu, memory }): BundleOmission => ({
      layer: 'L5',
      what: 'pinned, but the layer it stands in is left out',
      reason: 'excluded',
      pinned: true,
      ...(memory === undefined ? { acuId: acu.id } : { memoryId: memory.id }),
    }),
  ),
];
