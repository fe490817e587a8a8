/** An uploaded file as the archive it is, known by its first bytes: a zip, or a tar, plain or packed with gzip. */
import type { ByteFile } from '../space/spool.ts';
import { type Archive, type ArchiveBudget, archiveLimits, budgetOf, openArchive } from './archive.ts';
import { isGzip } from './gunzip.ts';
import { isTar, openTar, plainTar } from './tar.ts';
import { headUnpacked, packedTar } from './unpacked-tar.ts';

/** Of a local entry, and of the directory of an empty archive (APPNOTE.TXT, sections 4.3.7 and 4.3.16). */
const zipSignatures = [0x504b0304, 0x504b0506];

/**
 * @param head how it begins: a kibibyte
 * @returns null where it is none
 * @throws AppError `import_archive_invalid`, `import_too_large`
 */
export async function openUploaded(
  file: ByteFile,
  name: string,
  head: Buffer,
): Promise<{ readonly archive: Archive; readonly budget: ArchiveBudget } | null> {
  const budget = budgetOf();
  if (head.length >= 4 && zipSignatures.includes(head.readUInt32BE(0)))
    return { archive: await openArchive(file, archiveLimits, budget), budget };
  const packed = isGzip(head);
  if (!isTar(packed ? await headUnpacked(file, name) : head)) return null;
  const tar = packed ? packedTar(file, name) : plainTar(file);
  return { archive: await openTar(tar, archiveLimits, budget), budget };
}
