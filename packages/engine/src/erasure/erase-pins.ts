/** Carries a note out on pins: one of what is not here any more goes with it, because it would go on naming it. Decides nothing else. */
import { pinsErased } from '../capture/erased-pin.ts';
import type { Marks } from '../space/marks.ts';
import type { SpaceWriter } from '../space/transactors.ts';

/** Call it once rows and memories are what is left of them. */
export function erasePins(w: SpaceWriter, marks: Marks): void {
  for (const pin of w.pins.all()) if (pinsErased(pin, marks) || !w.pins.isHere(pin.kind, pin.key)) w.pins.drop(pin.pk);
}
