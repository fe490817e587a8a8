/** A run as the API shows it, from its row. Pure. */
import { isoTime } from '@vivim/contract/clock';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportIssue, ImportProgress, ImportRun, ImportSource, StoredImportState } from '@vivim/contract/imports';
import { type PaceSample, remainingSeconds, speedOf } from '@vivim/contract/pace';
import { uploadIdleMs } from '@vivim/contract/tus';
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
  state: StoredImportState;
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
  /** JSON, as the API shows them. */
  parts: string | null;
  begins: string | null;
  sameFileAs: ImportId | null;
  /** Key of the watched file it brings, where that is written anew each time. */
  watchedKey: string | null;
  pausedMs: number | null;
  /** JSON of {@link PaceSample}s. */
  pace: string;
  /** JSON of {@link Arriving}, while the file arrives. */
  upload: string | null;
}

interface Arriving {
  readonly bytes: number;
  readonly received: number;
  readonly head: string | null;
  readonly touchedMs: number;
}

/** A run that is paused is one that waits or runs. */
const shownState = ({ state, pausedMs }: ImportRow): ImportRun['state'] =>
  pausedMs !== null && (state === 'queued' || state === 'running') ? 'paused' : state;

/** @param issues the first of them */
export function shownRun(
  row: ImportRow,
  issues: ImportIssue[],
  issueCount: number,
  erasedAt: string | null,
): ImportRun {
  const counts = parseCounts(row.counts);
  const upload = row.upload === null ? null : (JSON.parse(row.upload) as Arriving);
  const state = shownState(row);
  return {
    id: row.id,
    state,
    fileName: row.fileName,
    fileBytes: upload?.bytes ?? row.fileBytes,
    fileSha256: row.fileSha256,
    detected: detectedIn(row),
    begins: row.begins === null ? null : JSON.parse(row.begins),
    createdAt: isoTime(row.createdMs),
    startedAt: isoTime(row.startedMs),
    finishedAt: isoTime(row.finishedMs),
    progress: upload === null ? progressOf(counts, state, JSON.parse(row.pace)) : arrivalOf(upload),
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
    upload:
      upload === null
        ? null
        : {
            received: upload.received,
            head: upload.head,
            source: row.askedSource,
            expiresAt: isoTime(upload.touchedMs + uploadIdleMs),
          },
    erasedAt,
  };
}

function detectedIn({ source, confidence, why, parts }: ImportRow): ImportRun['detected'] {
  if (source === null) return null;
  return { source, confidence: confidence ?? 0, why: why ?? '', parts: parts === null ? [] : JSON.parse(parts) };
}

function progressOf(counts: ImportCounts, state: ImportRun['state'], pace: readonly PaceSample[]): ImportProgress {
  const overall = counts.workedMs > 0 ? (counts.bytesRead / counts.workedMs) * 1000 : 0;
  const over = state !== 'running' && state !== 'paused' && state !== 'queued';
  return {
    bytesRead: counts.bytesRead,
    bytesTotal: counts.bytesTotal,
    conversations: foundIn(counts.conversations),
    messages: foundIn(counts.messages),
    bytesPerSecond: Math.round(over ? overall : state === 'running' ? (speedOf(pace) ?? 0) : 0),
    remainingSeconds: state === 'running' ? remainingSeconds(pace, counts.bytesTotal) : null,
  };
}

/** How fast a file arrives its sender knows. */
const arrivalOf = ({ received, bytes }: Arriving): ImportProgress => ({
  bytesRead: received,
  bytesTotal: bytes,
  conversations: 0,
  messages: 0,
  bytesPerSecond: 0,
  remainingSeconds: null,
});
