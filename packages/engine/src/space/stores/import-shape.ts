/** A run as the API shows it, from its row. Pure. */
import { isoTime } from '@vivim/contract/clock';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportIssue, ImportProgress, ImportRun, ImportSource } from '@vivim/contract/imports';
import { foundIn, type ImportCounts, parseCounts } from './import-counts.ts';

/** Codes of conversations that were left out for a fault of ours, not theirs: the same file may bring them in later. */
export const ourFaults = { notRead: 'conversation_not_read', notStored: 'conversation_not_stored' } as const;

/** Code of what was left out because its owner erased it: the same file may bring it in once they allow it. */
export const erasedByYou = 'erased_by_you';

/** Code of a file that found no room: the same export may bring it in later. */
export const noRoomForFile = 'file_no_room';

export interface ImportRow {
  pk: number;
  id: ImportId;
  state: ImportRun['state'];
  fileName: string;
  fileBytes: number;
  fileSha256: string | null;
  askedSource: ImportSource | null;
  source: ImportSource | null;
  confidence: number | null;
  why: string | null;
  createdMs: number;
  startedMs: number | null;
  finishedMs: number | null;
  position: string | null;
  /** How often it was opened since it last moved on. */
  starts: number;
  counts: string;
  errorCode: string | null;
  errorDetail: string | null;
  sameFileAs: ImportId | null;
}

/** @param issues the first of them */
export function shownRun(
  row: ImportRow,
  issues: ImportIssue[],
  issueCount: number,
  erasedAt: string | null,
): ImportRun {
  const counts = parseCounts(row.counts);
  return {
    id: row.id,
    state: row.state,
    fileName: row.fileName,
    fileBytes: row.fileBytes,
    fileSha256: row.fileSha256,
    detected: row.source === null ? null : { source: row.source, confidence: row.confidence ?? 0, why: row.why ?? '' },
    createdAt: isoTime(row.createdMs),
    startedAt: isoTime(row.startedMs),
    finishedAt: isoTime(row.finishedMs),
    progress: progressOf(counts, row.state === 'running'),
    report: {
      conversations: { ...counts.conversations },
      messages: { ...counts.messages },
      acus: counts.acus,
      files: { ...counts.files },
      kept: { ...counts.kept },
      secrets: counts.secrets,
      issues,
      issueCount,
    },
    error: row.errorCode === null ? null : { code: row.errorCode, detail: row.errorDetail ?? '' },
    sameFileAs: row.sameFileAs,
    erasedAt,
  };
}

function progressOf(counts: ImportCounts, running: boolean): ImportProgress {
  const bytesPerSecond = counts.workedMs > 0 ? Math.round((counts.bytesRead / counts.workedMs) * 1000) : 0;
  const left = counts.bytesTotal === null ? null : Math.max(0, counts.bytesTotal - counts.bytesRead);
  return {
    bytesRead: counts.bytesRead,
    bytesTotal: counts.bytesTotal,
    conversations: foundIn(counts.conversations),
    messages: foundIn(counts.messages),
    bytesPerSecond,
    remainingSeconds:
      running && left !== null && bytesPerSecond > 0 ? Math.round((left / bytesPerSecond) * 10) / 10 : null,
  };
}
