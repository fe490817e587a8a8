/**
 * Carries a note of an erasure out on what its person hung on things: what hangs on something that goes, goes with it; names and
 * secrets are taken out of the words of the rest. Decides nothing else.
 */
import { withoutErased } from '../capture/erased-annotation.ts';
import type { Marks } from '../space/marks.ts';
import type { SpaceWriter } from '../space/transactors.ts';

/** Call it once rows are what is left of them. */
export function eraseAnnotations(w: SpaceWriter, marks: Marks, nowMs: number): void {
  for (const row of w.annotations.all()) {
    const left = w.annotations.isHere(row.conversationId) ? withoutErased(row, marks) : null;
    if (left === null) w.annotations.drop(row.pk);
    else if (left.text !== null && left.text !== row.text) w.annotations.reword(row.pk, left.text, nowMs);
  }
}
