/** What a person decided, out of an archive: unless what it speaks of was erased here. Decides nothing. */
import type { ArchiveRecord } from '@vivim/contract/archive';
import type { Marks } from '../../space/marks.ts';
import { readAnnotation } from '../../space/stores/annotations.ts';
import type { SpaceWriter } from '../../space/transactors.ts';
import { withoutErased } from '../erased-annotation.ts';
import { namesErased } from '../erased-correction.ts';
import { excludesErased } from '../erased-exclusion.ts';
import { pinsErased } from '../erased-pin.ts';

/** Of a conversation that did not come along it says nothing. */
function putAnnotation(w: SpaceWriter, record: ArchiveRecord<'annotations.jsonl'>, marks: Marks): void {
  const { conversation, message, ...rest } = record;
  const row = readAnnotation({ ...rest, conversationId: conversation, messageId: message ?? '' });
  const left = row === null || !w.annotations.isHere(conversation) ? null : withoutErased(row, marks);
  if (left !== null) w.annotations.put(left);
}

export type DecisionFile =
  | 'corrections.jsonl'
  | 'recipes.jsonl'
  | 'exclusions.jsonl'
  | 'pins.jsonl'
  | 'annotations.jsonl';

/** One line of one of these files; what is here already stays as it is. */
export function arriveDecision(
  w: SpaceWriter,
  file: DecisionFile,
  record: unknown,
  { marks, nowMs }: { readonly marks: Marks; readonly nowMs: number },
): void {
  switch (file) {
    case 'corrections.jsonl': {
      const correction = record as ArchiveRecord<'corrections.jsonl'>;
      const idOf = (key: string) => w.corrections.idOf(correction.kind, key);
      if (!namesErased(correction, marks, idOf)) w.corrections.put(correction, nowMs);
      return;
    }
    case 'recipes.jsonl':
      w.records.putRecipe(record as ArchiveRecord<'recipes.jsonl'>);
      return;
    case 'exclusions.jsonl': {
      const exclusion = record as ArchiveRecord<'exclusions.jsonl'>;
      if (!excludesErased(exclusion, marks, (kind, key) => w.corrections.idOf(kind, key))) w.exclusions.put(exclusion);
      return;
    }
    case 'pins.jsonl': {
      const pin = record as ArchiveRecord<'pins.jsonl'>;
      // What of an erased conversation did not come in is not named by what was pinned of it.
      if (!pinsErased(pin, marks) && w.pins.isHere(pin.kind, pin.key) && w.pins.isRecipe(pin.recipe)) w.pins.put(pin);
      return;
    }
    case 'annotations.jsonl':
      putAnnotation(w, record as ArchiveRecord<'annotations.jsonl'>, marks);
  }
}
