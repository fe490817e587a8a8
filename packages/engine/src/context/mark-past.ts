/**
 * Marks what was said once and no longer holds, so that whoever reads a context is not told it as if it did. Reads only; leaves
 * nothing out (a view of what is valid only does that).
 */
import type { SpaceReader } from '../space/transactors.ts';
import type { Entry, LayerMaterial } from './layers/layer.ts';
import type { Quote } from './quote.ts';
import { withoutWithheldIds } from './withheld.ts';

/**
 * The layers with what no longer holds marked. Turns that are given word for word are left alone: what comes after them stands there
 * too. What holds instead is told only where its person does not keep it out of contexts.
 */
export function markPast(r: SpaceReader, layers: readonly LayerMaterial[]): LayerMaterial[] {
  const isMarked = ({ verbatim }: Entry, { acu, memory, persona }: Quote): boolean =>
    verbatim !== true && memory === undefined && persona === undefined && acu.pk > 0;
  const quotes = layers.flatMap(({ entries }) =>
    entries.flatMap((entry) =>
      (entry.before === undefined ? [entry.quote] : [entry.quote, entry.before]).filter((quote) =>
        isMarked(entry, quote),
      ),
    ),
  );
  const past = r.pastStatements.among(quotes);
  if (past.size === 0) return [...layers];
  const told = withoutWithheldIds(
    r,
    [...past.values()].flatMap(({ later }) => later?.id ?? []),
  );
  const marks = new Map(
    [...past].map(([i, { state, later }]) => [
      quotes[i] as Quote,
      { state, later: later !== null && told.has(later.id) ? later : null },
    ]),
  );
  const marked = (quote: Quote): Quote => {
    const mark = marks.get(quote);
    return mark === undefined ? quote : { ...quote, past: mark };
  };
  return layers.map((layer) => ({
    ...layer,
    entries: layer.entries.map((entry) => ({
      ...entry,
      quote: marked(entry.quote),
      ...(entry.before === undefined ? {} : { before: marked(entry.before) }),
    })),
  }));
}
