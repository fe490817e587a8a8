/**
 * A place backups go to: a folder, or a bucket that speaks S3. Names are like paths, `spaces/<id>/<time>.db`. Knows nothing of
 * what is in the files, and never hands out a file it could not read whole.
 */

/** A file as it is to arrive. */
export interface Stored {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface BackupStore {
  /** For the operator: a path or an `s3://` address. */
  readonly place: string;
  /**
   * Bring a file there, streamed. It has its name there when it is whole and not before.
   *
   * @throws BackupError `place_unreachable`, or `copy_altered` when something else arrived
   */
  upload(name: string, path: string, expected: Stored): Promise<void>;
  /** Small things, as one step. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Null where there is nothing of this name. */
  read(name: string): Promise<Uint8Array | null>;
  /**
   * Fetch a file, streamed.
   *
   * @throws BackupError `copy_missing`, `copy_altered` when it is not what is expected
   */
  download(name: string, path: string, expected: Stored): Promise<void>;
  /** Names that begin so, sorted. */
  list(prefix: string): Promise<string[]>;
  /** One that is not there is fine. */
  remove(name: string): Promise<void>;
  /** Once at start. A folder that was named is made; a bucket is asked with the first run. @throws BackupError `place_unreachable` */
  prepare(): Promise<void>;
  close(): void;
}

export type BackupProblem = 'place_unreachable' | 'copy_missing' | 'copy_altered' | 'nothing_there';

/** What went wrong with a place of backups; the message is for the operator and names no person. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code: BackupProblem;

  constructor(code: BackupProblem, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}

export interface S3Settings {
  /** Null: Amazon's own, by region. */
  readonly endpoint: string | null;
  readonly region: string;
}
