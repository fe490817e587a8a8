/** What a person decided, out of an archive: unless what it speaks of was erased here. Decides nothing. */
import type { ArchiveRecord } from '@vivim/contract/archive';
import type { Marks } from '../../space/marks.ts';
import { readAnnotation } from '../../space/stores/annotations.ts';
import type { SpaceWriter } from '../../space/transactors.ts';
import { withoutErased } from '../erased-annotation.ts';
import { namesErased } from '../erased-correction.ts';
import { excludesErased } from '../erased-exclusion.ts';

function putCorrection(w: SpaceWriter, record: ArchiveRecord<'corrections.jsonl'>, marks: Marks, nowMs: number): void {
  const idOf = (key: string) => w.corrections.idOf(record.kind, key);
  if (!namesErased(record, marks, idOf)) w.corrections.put(record, nowMs);
}

function putExclusion(w: SpaceWriter, record: ArchiveRecord<'exclusions.jsonl'>, marks: Marks): void {
  if (!excludesErased(record, marks, (kind, key) => w.corrections.idOf(kind, key))) w.exclusions.put(record);
}

/** Of a conversation that did not come along it says nothing. */
function putAnnotation(w: SpaceWriter, record: ArchiveRecord<'annotations.jsonl'>, marks: Marks): void {
  const { conversation, message, ...rest } = record;
  const row = readAnnotation({ ...rest, conversationId: conversation, messageId: message ?? '' });
  const left = row === null || !w.annotations.isHere(conversation) ? null : withoutErased(row, marks);
  if (left !== null) w.annotations.put(left);
}

/** @param file which of the files of decisions the record is from */
export function arriveDecision(
  w: SpaceWriter,
  file: 'corrections.jsonl' | 'exclusions.jsonl' | 'annotations.jsonl',
  record: ArchiveRecord,
  { marks, nowMs }: { readonly marks: Marks; readonly nowMs: number },
): void {
  if (file === 'corrections.jsonl') putCorrection(w, record as ArchiveRecord<'corrections.jsonl'>, marks, nowMs);
  else if (file === 'exclusions.jsonl') putExclusion(w, record as ArchiveRecord<'exclusions.jsonl'>, marks);
  else putAnnotation(w, record as ArchiveRecord<'annotations.jsonl'>, marks);
}
