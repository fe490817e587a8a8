/** One entry of an import, and how far the import has come with it. Reads nothing. */
import type { CutRecord } from './cut.ts';
import type { RecordDraft } from './drafts/draft-record.ts';
import type { RecordStream } from './plan-shape.ts';

/** Entries done: those of the streams before `stream`, and the first `element` of it. */
export interface Position {
  readonly stream: number;
  readonly element: number;
}

export interface ImportElement extends Omit<CutRecord, 'end'> {
  readonly stream: RecordStream;
  /** Where the import stands once it is in. */
  readonly after: Position;
  /** Bytes of all streams up to its end. */
  readonly bytesRead: number;
  /** What was made of it already. */
  readonly draft?: RecordDraft;
}

export const parsePosition = (json: string | null): Position =>
  json === null ? { stream: 0, element: 0 } : (JSON.parse(json) as Position);
