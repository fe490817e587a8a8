/** What a space that arrives as a file is read as, whichever kind of file it is. Types alone. */
import type { ArchivedSpace, ArchiveFile, ArchiveRecord } from '@vivim/contract/archive';
import type { ImportIssue } from '@vivim/contract/imports';

export interface Arrived<F extends ArchiveFile> {
  readonly record: ArchiveRecord<F>;
  /** Bytes of the record as JSON, or about as many. */
  readonly bytes: number;
}

export type ArrivalNote = Pick<ImportIssue, 'code' | 'path' | 'detail'>;

export interface Arrival {
  /** How it was recognised. */
  readonly why: string;
  /**
   * Reads all of it and finds it whole, or throws; call it once, before records.
   * @throws AppError `import_archive_invalid` (what was changed is named), `import_schema_untrusted`
   */
  check(): Promise<{ readonly space: ArchivedSpace; readonly bytes: number; readonly notes: readonly ArrivalNote[] }>;
  /** The records of a file in their order, the first `skip` left out. */
  records<F extends ArchiveFile>(file: F, skip: number): AsyncGenerator<Arrived<F>, void>;
  close(): void;
}
