/** What a person decided, out of an archive: unless what it speaks of was erased here. Decides nothing. */
import type { ArchiveRecord } from '@vivim/contract/archive';
import type { Marks } from '../../space/marks.ts';
import type { SpaceWriter } from '../../space/transactors.ts';
import { namesErased } from '../erased-correction.ts';
import { excludesErased } from '../erased-exclusion.ts';

export function putCorrection(
  w: SpaceWriter,
  record: ArchiveRecord<'corrections.jsonl'>,
  marks: Marks,
  nowMs: number,
): void {
  const idOf = (key: string) => w.corrections.idOf(record.kind, key);
  if (!namesErased(record, marks, idOf)) w.corrections.put(record, nowMs);
}

export function putExclusion(w: SpaceWriter, record: ArchiveRecord<'exclusions.jsonl'>, marks: Marks): void {
  if (!excludesErased(record, marks, (kind, key) => w.corrections.idOf(kind, key))) w.exclusions.put(record);
}
