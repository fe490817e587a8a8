/** Looks into a file as it was uploaded, or as it lies in an archive: a database by its tables, plain text whatever it is written in. */
import type { CanonicalIssue } from './canonical.ts';
import { formatOf, sidecarOf } from './detect.ts';
import { openEnvelope } from './envelope.ts';
import { openLargeBackup } from './large-backup.ts';
import { look, type Seen } from './look.ts';
import { openTables } from './open-tables.ts';
import { fromWindows1252, isWindows1252 } from './transcode.ts';

export interface UploadedFile {
  readonly path: string;
  /** Bytes it holds unpacked. */
  readonly bytes: number;
  /** UTF-8, or what no mark says otherwise of. */
  open(): AsyncIterable<Buffer>;
}

/** @throws what the file throws while it is read, and AppError `import_unreadable` for a damaged database */
async function lookInto(file: UploadedFile, most: number): Promise<Seen> {
  const seen = await look(file.open(), most);
  if (seen.kind !== 'sqlite') return seen;
  const database = await openTables(file.path, file.bytes, file.open());
  database.close();
  return { ...seen, tables: database.tables };
}

/** Text, and JSON whose beginning holds what is no UTF-8 and all of which can be looked at: nobody can ask for the rest of it later. */
async function isOld(file: UploadedFile, { kind, head }: Seen): Promise<boolean> {
  if (kind === 'text') return !head.includes('\0') && (await isWindows1252(file.open()));
  return kind === 'json' && head.includes('\ufffd') && (await isWindows1252(file.open(), false));
}

/** JSON nobody knows: one object, as far as is seen. */
const isStrange = (seen: Seen): boolean =>
  seen.kind === 'json' &&
  !seen.rows &&
  seen.head.trimStart().startsWith('{') &&
  seen.broken === null &&
  formatOf(seen) === null &&
  sidecarOf(seen) === null;

/** A file as it is read: text and JSON in Windows-1252 are converted, and that is said. @throws as {@link lookInto} */
export async function lookAtFile(file: UploadedFile, most: number) {
  const seen = await lookInto(file, most);
  if (!(await isOld(file, seen))) {
    const inside = isStrange(seen) ? await (seen.tooLarge ? openLargeBackup(file) : openEnvelope(file)) : null;
    return inside ?? { open: file.open, seen, note: null };
  }
  const open = () => fromWindows1252(file.open());
  const detail = 'The text is not in UTF-8; it was read as Windows-1252 (Latin-1).';
  const note: CanonicalIssue = { severity: 'note', code: 'text_converted', path: file.path, detail };
  return { open, seen: await lookInto({ ...file, open }, most), note };
}
