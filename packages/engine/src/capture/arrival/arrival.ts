/**
 * A space that arrives as a file: a JSON archive, or a plain SQLite export given back. Recognised by shape, checked whole before
 * anything is written, then read record by record. Writes nothing.
 */
import { AppError } from '@vivim/contract/errors';
import type { ImportSource } from '@vivim/contract/imports';
import type { ByteFile } from '../../space/spool.ts';
import { openArchive } from '../archive.ts';
import type { Arrival } from './arrival-shape.ts';
import { databaseArrival } from './database-arrival.ts';
import { zipArrival } from './zip-arrival.ts';

/** Of a local entry of a zip (APPNOTE.TXT, section 4.3.7). */
const zipSignature = 0x504b0304;
const sqliteMagic = 'SQLite format 3\0';

/**
 * @param asked what the person says it is; `vivim` refuses everything else
 * @param ownerId whose space it arrives in
 * @returns null where the file is an export of another kind
 * @throws AppError `import_format_unknown`, `import_schema_untrusted`, `import_too_large`, `import_archive_invalid`
 */
export async function findArrival(
  file: ByteFile,
  fileName: string,
  asked: ImportSource | null,
  ownerId: string,
): Promise<Arrival | null> {
  if (asked !== null && asked !== 'vivim') return null;
  const head = await file.read(0, 16);
  const sure = asked === 'vivim';
  let found: Arrival | null = null;
  if (head.toString('latin1') === sqliteMagic) found = await databaseArrival(file, fileName, sure, ownerId);
  else if (head.length >= 4 && head.readUInt32BE(0) === zipSignature) found = await zipArrival(await openArchive(file));
  if (found === null && sure)
    throw new AppError('import_format_unknown', 'The file is no archive of a space and no SQLite export of one.');
  return found;
}
