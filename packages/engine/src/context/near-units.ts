/** Which of the units that were gathered say nearly the same, so that a bundle says it once. Reads only; judges nothing. */
import type { SpaceReader } from '../space/transactors.ts';
import type { SharingLayer } from './budget.ts';
import type { LayerMaterial } from './layers/layer.ts';

/** For each unit that repeats an earlier one: the earliest, by rows. */
export function nearUnits(
  r: SpaceReader,
  layers: Readonly<Record<SharingLayer, LayerMaterial>>,
): ReadonlyMap<number, number> {
  const pks = Object.values(layers).flatMap(({ entries }) =>
    entries.flatMap(({ quote }) => (quote.acu.pk > 0 ? quote.acu.pk : [])),
  );
  const repeats = r.nearUnits.repeats([...new Set(pks)]);
  return new Map([...repeats].map(([pk, earlier]) => [pk, earlier.pk]));
}
