/** A file that lies in an export beside its conversations, and what the export says of it in another place. Values only. */

export interface ExportFile {
  /** Its place in the archive, for the report. Never a path of the server. */
  readonly path: string;
  /** The id conversations point to it under, or null where it has none. */
  readonly externalId: string | null;
  readonly name: string;
  /** As the export says, or null. */
  readonly mime: string | null;
  readonly sha256: string | null;
  /** Where it was made, as the export says, or null. */
  readonly madeIn: MadeIn | null;
  /** Unpacked. */
  readonly bytes: number;
  /** @throws AppError where it is damaged, or larger than it says */
  open(): AsyncIterable<Buffer>;
}

/** The message a file was made in, where answers link to it by its name alone. Ids as the export has them, or null. */
export interface MadeIn {
  readonly conversation: string | null;
  readonly message: string | null;
}

/** What a list of files in an export says of one. */
export interface FileFact {
  readonly madeIn?: MadeIn;
  readonly name?: string | null;
  readonly mime?: string | null;
  readonly sha256?: string | null;
}

/** Bytes of one file at most. Said in docs/guide/importing.md. */
export const mostFileBytes = 256 * 1024 ** 2;

/** The last name of a path, for people. */
export const baseName = (path: string): string => path.split('/').at(-1) || path;
