/**
 * An uploaded SQLite database, opened to be read: in memory, never as a file of the server, and only its plain tables.
 * The one place of capture that opens one.
 */
import { AppError } from '@vivim/contract/errors';
import { openUploadedDatabase, type UploadedDatabase } from '../sqlite/uploaded-database.ts';

/** A database is held in memory while it is read: nothing of an upload is written in the clear. */
export const databaseBytes = 128 * 1024 ** 2;

/** @throws AppError `import_too_large`, `import_unreadable` */
export async function openTables(name: string, size: number, chunks: AsyncIterable<Buffer>): Promise<UploadedDatabase> {
  return openUploadedDatabase(await heldInMemory(name, size, chunks));
}

/** The bytes of a database. @throws AppError `import_too_large` */
export async function heldInMemory(name: string, size: number, chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const tooLarge = () =>
    new AppError(
      'import_too_large',
      `${name} is a database of more than ${databaseBytes / 1024 ** 2} MiB, the limit of one.`,
    );
  if (size > databaseBytes) throw tooLarge();
  // One buffer, filled as it comes: pieces that are joined would be held twice.
  const held = Buffer.allocUnsafeSlow(size);
  let bytes = 0;
  for await (const chunk of chunks) {
    if (bytes + chunk.length > size) throw tooLarge();
    bytes += chunk.copy(held, bytes);
  }
  return held.subarray(0, bytes);
}
