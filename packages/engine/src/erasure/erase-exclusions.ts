/**
 * Carries a note out on what is kept out of contexts: an exclusion of what is not here any more goes with it, because it would go on
 * naming it. Decides nothing else.
 */
import { excludesErased } from '../capture/erased-exclusion.ts';
import type { Marks } from '../space/marks.ts';
import type { SpaceWriter } from '../space/transactors.ts';

/** Call it once rows, words and profiles are what is left of them. */
export function eraseExclusions(w: SpaceWriter, marks: Marks): void {
  for (const { pk, kind, key } of w.exclusions.all()) {
    const goes =
      excludesErased({ kind, key }, marks, (of, name) => w.corrections.idOf(of, name)) ||
      // A topic may be found again later; what nobody says is not.
      (kind === 'topic' || kind === 'entity' ? !w.corrections.isSaid(key) : !w.exclusions.isHere(kind, key));
    if (goes) w.exclusions.drop(pk);
  }
}
