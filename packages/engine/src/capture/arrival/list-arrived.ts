/** The list of what an archive brought: each conversation once, in the order it stands there. Counts nothing itself. */
import type { ArchiveRecord } from '@vivim/contract/archive';
import type { Put } from '../../space/stores/conversation-input.ts';
import type { EntryPlace } from '../../space/stores/import-entries.ts';
import type { SpaceWriter } from '../../space/transactors.ts';

/** Where they stand in an archive. */
export const conversationsFile = 'conversations.jsonl';

export function listArrived(
  w: SpaceWriter,
  runPk: number,
  { pk: conversationPk, outcome, before }: Pick<Put, 'pk' | 'outcome' | 'before'>,
  { id, source, raw }: ArchiveRecord<'conversations.jsonl'>,
): void {
  const again = before !== null;
  const rawPk = raw === null ? null : w.rawRecords.find({ source, externalKey: id, sha256: raw });
  if (again && outcome === 'updated') w.importEntries.becameUpdated(runPk, conversationPk);
  const entry = { file: conversationsFile, outcome, degraded: false, conversationPk, rawPk };
  w.importEntries.addInOrder(runPk, entry, again);
}

/** One that did not come in. @returns where it is listed */
export function listLeftOut(w: SpaceWriter, runPk: number): EntryPlace {
  const entry = {
    file: conversationsFile,
    outcome: 'skipped',
    degraded: false,
    conversationPk: null,
    rawPk: null,
  } as const;
  return w.importEntries.addInOrder(runPk, entry, false);
}
