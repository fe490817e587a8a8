/**
 * Carries a note out on what a person put right: a correction of what was erased goes with it, and one whose words nobody says
 * any more. Decides nothing else.
 */
import type { ConversationId, CorrectionId } from '@vivim/contract/ids';
import { namesErased } from '../capture/erased-correction.ts';
import type { Marks } from '../space/marks.ts';
import type { SpaceWriter } from '../space/transactors.ts';

/** Call it once words and profiles are what is left of them. */
export function eraseCorrections(w: SpaceWriter, marks: Marks, nowMs: number): void {
  for (const correction of w.corrections.all()) {
    const { id, kind, action, key, of } = correction;
    const goes =
      namesErased(correction, marks, (each) => w.corrections.idOf(kind, each)) ||
      (action === 'move' && of.every((one) => w.conversations.stored(one as ConversationId) === null)) ||
      !w.corrections.isSaid(key);
    if (goes) w.corrections.undo(id as CorrectionId, nowMs);
  }
}
